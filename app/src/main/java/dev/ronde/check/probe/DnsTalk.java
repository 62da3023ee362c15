package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Header;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Questions to a resolver over one connection, the next one when the answer is there (RFC 7766 §6.2.1); they ask for the signatures too. */
final class DnsTalk {
    private static final int LENGTH = 2;

    /** Names may lead through every two bytes of the first 16 KiB: of more bytes than those, reading takes seconds (decision 133). */
    private static final int LARGEST = 16_384;

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

    /** The resolver answered before and has fallen silent, or says too much; ask nothing more. */
    static final class SilentException extends UndecidedException {
        private static final long serialVersionUID = 1L;

        SilentException() {
            super("failed");
        }
    }

    /**
     * Asks for the records of a name, as far as the resolver finds them right.
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
            DnsAnswer answer = exchange(DnsMessage.record(name, type), unchecked);
            heard = true;
            return answer;
        } catch (TextParseException e) {
            throw new UndecidedException("failed");
        } catch (SocketTimeoutException | SocketException | EOFException e) {
            if (!heard || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            throw new SilentException();
        }
    }

    private DnsAnswer exchange(Record question, boolean unchecked) throws IOException {
        line.wipe();
        int mine = id;
        id = (id + 1) & 0xffff;
        line.send(DnsMessage.framed(DnsMessage.signedQuestion(mine, question, unchecked)));
        // the head first: whatever else speaks here is not waited for as long as its first two bytes say
        if (!line.atLeast(LENGTH + Header.LENGTH)
                || DnsMessage.head(line.buffer(), LENGTH, Header.LENGTH, mine) == null) {
            throw new ProtocolException("no answer of the DNS");
        }
        int end = LENGTH + (line.bigEndian().getShort(0) & 0xffff);
        if (end > LENGTH + LARGEST) {
            throw new SilentException();
        }
        if (!line.atLeast(end)) {
            throw new ProtocolException("an answer that is cut or too long");
        }
        return DnsAnswer.read(Arrays.copyOfRange(line.buffer(), LENGTH, end), question);
    }

    /** Throws unless the server resolves for us and did not fail. */
    static DnsAnswer told(DnsAnswer answer) throws UndecidedException {
        if (!answer.recursion()) {
            throw new UndecidedException("no-recursion");
        }
        if (!answer.told()) {
            throw new UndecidedException("failed");
        }
        return answer;
    }

    List<String> texts(String name) throws IOException {
        return told(ask(name, Type.TXT)).texts(Type.TXT);
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
