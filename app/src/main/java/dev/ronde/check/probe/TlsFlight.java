package dev.ronde.check.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The handshake messages a server sends in the clear after a ClientHello, put together from its records (RFC 5246 §6.2.1 and §7.4).
 * Reads no further than the message that is asked for.
 */
final class TlsFlight {
    static final int SERVER_HELLO = 2;
    static final int CERTIFICATE = 11;

    private static final int HANDSHAKE = 22;
    private static final int ALERT = 21;
    private static final int WARNING = 1;
    private static final int UNRECOGNIZED_NAME = 112;
    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;

    private final Line line;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private int at;
    private int leftInRecord;
    private OptionalInt alert = OptionalInt.empty();

    /** What was read before must have been wiped. */
    TlsFlight(Line line) {
        this.line = line;
    }

    byte @Nullable [] next(int type) throws IOException {
        message.reset();
        if (!has(MESSAGE_HEADER)) {
            return null;
        }
        byte[] header = message.toByteArray();
        if (header[0] != type) {
            return null;
        }
        message.reset();
        return has(three(header, 1)) ? message.toByteArray() : null;
    }

    /** The alert that came instead of a message (RFC 8446 §6). */
    OptionalInt alert() {
        return alert;
    }

    /** Reads a Certificate up to TLS 1.2 (RFC 5246 §7.4.2); returns DER, the leaf first. */
    static List<byte[]> chain(byte[] body) {
        List<byte[]> chain = new ArrayList<>();
        int start = 3;
        while (start + 3 <= body.length) {
            int length = three(body, start);
            if (length == 0 || start + 3 + length > body.length) {
                return List.of();
            }
            byte[] certificate = new byte[length];
            System.arraycopy(body, start + 3, certificate, 0, length);
            chain.add(certificate);
            start += 3 + length;
        }
        return chain;
    }

    private boolean has(int count) throws IOException {
        while (message.size() < count) {
            if (leftInRecord == 0 && !record()) {
                return false;
            }
            int wanted = Math.min(leftInRecord, count - message.size());
            boolean all = line.atLeast(at + wanted);
            int got = Math.min(wanted, line.length() - at);
            message.write(line.buffer(), at, got);
            at += got;
            leftInRecord -= got;
            if (!all) {
                return false;
            }
        }
        return true;
    }

    /** Skips a warning that the name is unknown (RFC 6066 §3). */
    private boolean record() throws IOException {
        while (line.atLeast(at + RECORD_HEADER) && line.buffer()[at + 1] == 3) {
            byte[] bytes = line.buffer();
            int type = bytes[at];
            int length = ((bytes[at + 3] & 0xff) << 8) | (bytes[at + 4] & 0xff);
            at += RECORD_HEADER;
            if (type == HANDSHAKE && length > 0) {
                leftInRecord = length;
                return true;
            }
            if (type != ALERT || length != 2 || !line.atLeast(at + 2)) {
                return false;
            }
            if (bytes[at] != WARNING || bytes[at + 1] != UNRECOGNIZED_NAME) {
                alert = OptionalInt.of(bytes[at + 1] & 0xff);
                return false;
            }
            at += 2;
        }
        return false;
    }

    private static int three(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
    }
}
