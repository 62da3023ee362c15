package dev.ronde.check.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One open connection inside an exchange, with a read buffer that is wiped when the exchange ends. What a server sends is only
 * ever in this buffer; probes take numbers and words of closed lists from it.
 */
final class Line implements AutoCloseable {
    private final Budget budget;
    private final byte[] buffer;
    private final BudgetSocket wire;
    private Socket socket;
    private InputStream in;
    private int length;
    private int bytesRead;
    private int status = -1;
    private boolean certificateAsked;
    private int sip = Integer.MAX_VALUE;

    Line(BudgetSocket wire, Budget budget) throws IOException {
        this.wire = wire;
        this.socket = wire;
        this.in = wire.getInputStream();
        this.budget = budget;
        this.buffer = new byte[budget.bytesForExchange()];
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads at least one byte; false at the end of the stream or of the byte budget. */
    boolean more() throws IOException {
        return more(Math.min(sip, buffer.length - length));
    }

    /** Waits at most half of the time that is left for all exchanges. */
    void leaveTime() {
        budget.halve();
    }

    /** Limits every read from now on, so that the rest stays with the server. */
    void sip(int bytes) {
        sip = bytes;
    }

    private boolean more(int atMost) throws IOException {
        int room = Math.min(atMost, buffer.length - length);
        if (room == 0) {
            return false;
        }
        int count = in.read(buffer, length, room);
        if (count < 0) {
            return false;
        }
        length += count;
        bytesRead += count;
        budget.read(count);
        return true;
    }

    /** Reads not one byte more; false if the stream or the byte budget ends before. */
    boolean atLeast(int count) throws IOException {
        while (length < count) {
            if (!more(count - length)) {
                if (length == 0) {
                    throw new EOFException();
                }
                return false;
            }
        }
        return true;
    }

    /** Valid only inside the exchange. */
    byte[] buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    /** Valid only inside the exchange. */
    ByteBuffer bigEndian() {
        return ByteBuffer.wrap(buffer, 0, length).slice();
    }

    /** Valid only inside the exchange. */
    ByteBuffer littleEndian() {
        return bigEndian().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** ISO-8859-1; not a copy, so that it is wiped with the bytes. */
    CharSequence text(int from, int to) {
        return new Text(buffer, from, to);
    }

    private static final class Text implements CharSequence {
        private final byte[] bytes;
        private final int from;
        private final int to;

        Text(byte[] bytes, int from, int to) {
            this.bytes = bytes;
            this.from = from;
            this.to = to;
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            return (char) (bytes[from + index] & 0xff);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Text(bytes, from + start, from + end);
        }

        @Override
        public String toString() {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    boolean contains(byte[] wanted, int from, int to) {
        for (int i = from; i + wanted.length <= Math.min(to, length); i++) {
            if (Arrays.equals(buffer, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the index after the line feed, or -1 if none comes. */
    int lineFrom(int start) throws IOException {
        int at = start;
        while (true) {
            while (at < length) {
                if (buffer[at++] == '\n') {
                    return at;
                }
            }
            if (!more()) {
                if (length == 0) {
                    throw new EOFException();
                }
                return -1;
            }
        }
    }

    boolean startsWith(String text) {
        return startsWith(text, 0);
    }

    boolean startsWith(String text, int from) {
        if (length - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (buffer[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A TLS server answers plain bytes with an alert record (RFC 8446 §5.1). */
    boolean startsWithTlsAlert() {
        return length >= 2 && buffer[0] == 0x15 && buffer[1] == 0x03;
    }

    /** Goes on over TLS on the same connection; forgets what was read before. */
    void secure(Socket tls) throws IOException {
        wipe();
        socket = tls;
        in = tls.getInputStream();
    }

    void wipe() {
        Arrays.fill(buffer, 0, length, (byte) 0);
        length = 0;
    }

    /** Includes bytes that were forgotten. */
    int bytesRead() {
        return bytesRead;
    }

    void status(int protocolStatus) {
        status = protocolStatus;
    }

    int status() {
        return status;
    }

    void certificateAsked() {
        certificateAsked = true;
    }

    boolean wantsCertificate() {
        return certificateAsked;
    }

    BudgetSocket wire() {
        return wire;
    }

    @Override
    public void close() throws IOException {
        wipe();
        socket.close();
    }
}
