package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;

/** Questions to a resolver over one connection, the next one when the answer is there (RFC 7766 §6.2.1); they ask for the signatures too. */
final class DnsTalk {
    private static final int LENGTH = 2;
    private static final int HEAD = 12;

    private final Line line;
    private int id = DnsMessage.ID;
    private boolean heard;

    DnsTalk(Line line) {
        this.line = line;
    }

    /** The resolver does not answer the question; the message is the word of the fact schema. */
    static class UndecidedException extends IOException {
        private static final long serialVersionUID = 1L;

        UndecidedException(String word) {
            super(word);
        }
    }

    /** The resolver answered before and has fallen silent; ask nothing more. */
    static final class SilentException extends UndecidedException {
        private static final long serialVersionUID = 1L;

        SilentException() {
            super("failed");
        }
    }

    /**
     * Asks for the records of a name in its normal form, as far as the resolver finds them right.
     *
     * @throws ProtocolException where what comes is no answer to it
     * @throws SilentException where nothing more comes from one that answered before
     */
    DnsAnswer ask(String name, int type) throws IOException {
        return ask(name, type, false);
    }

    /** {@code unchecked} sets CD, which also gets what the resolver would keep back for wrong signatures. */
    DnsAnswer ask(String name, int type, boolean unchecked) throws IOException {
        try {
            DnsAnswer answer = exchange(name, type, unchecked);
            heard = true;
            return answer;
        } catch (SocketTimeoutException | SocketException | EOFException e) {
            if (!heard || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new SilentException();
        }
    }

    private DnsAnswer exchange(String name, int type, boolean unchecked) throws IOException {
        line.wipe();
        int mine = id;
        id = (id + 1) & 0xffff;
        byte[] question = DnsMessage.signedQuestion(mine, name, type, unchecked);
        line.send(ByteBuffer.allocate(LENGTH + question.length)
                .putShort((short) question.length)
                .put(question)
                .array());
        // the head first: whatever else speaks here is not waited for as long as its first two bytes say
        if (!line.atLeast(LENGTH + HEAD) || DnsMessage.head(line.buffer(), LENGTH, HEAD, mine) == null) {
            throw new ProtocolException("no answer of the DNS");
        }
        int said = line.bigEndian().getShort(0) & 0xffff;
        if (!line.atLeast(LENGTH + said)) {
            throw new ProtocolException("an answer that is cut or too long");
        }
        return DnsAnswer.read(line.buffer(), LENGTH, said, mine, name, type);
    }

    /** Throws unless the server resolves for us and did not fail. */
    static DnsAnswer told(DnsAnswer answer) throws UndecidedException {
        if (!answer.head().recursion()) {
            throw new UndecidedException("no-recursion");
        }
        if (!answer.told()) {
            throw new UndecidedException("failed");
        }
        return answer;
    }

    List<String> texts(String name) throws IOException {
        return told(ask(name, DnsMessage.TXT)).texts(DnsMessage.TXT);
    }

    /** Empty if it is not a name, since assets, tags and records may hold anything. */
    static String name(String text) {
        try {
            HostName name = HostName.parse(text.strip());
            return name.address().isEmpty() ? name.text() : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
