package dev.ronde.check.probe;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * ZooKeeper: a session without credentials, one {@code exists} on a node that is not there, and the end of the session. Never
 * {@code ls}; a server that demands SASL refuses the {@code exists}, in one of the codes that speak of credentials.
 */
final class ZookeeperProbe {
    private static final int EXISTS = 3;
    private static final int CLOSE_SESSION = -11;
    private static final int NO_NODE = -101;
    /** NOAUTH, AUTHFAILED, SESSIONCLOSEDREQUIRESASLAUTH of KeeperException.Code. */
    private static final Set<Integer> OF_CREDENTIALS = Set.of(-102, -115, -124);

    private static final int TIMEOUT_MILLIS = 4_000;

    private ZookeeperProbe() {}

    static String ask(Line line) throws IOException {
        line.send(connect());
        if (!line.atLeast(4)) {
            return "other";
        }
        int length = line.bigEndian().getInt(0);
        if (length < 36 || length > 64 || !line.atLeast(4 + length)) {
            return "other";
        }
        boolean accepted = line.bigEndian().getInt(8) > 0 && line.bigEndian().getLong(12) != 0;
        if (!accepted) {
            return "refused";
        }
        line.wipe();
        String word = exists(line);
        line.send(ByteBuffer.allocate(12)
                .putInt(8)
                .putInt(2)
                .putInt(CLOSE_SESSION)
                .array());
        return word;
    }

    private static String exists(Line line) throws IOException {
        byte[] path = "/ronde-probe-does-not-exist".getBytes(StandardCharsets.US_ASCII);
        int size = 4 + 4 + 4 + path.length + 1;
        line.send(ByteBuffer.allocate(4 + size)
                .putInt(size)
                .putInt(1)
                .putInt(EXISTS)
                .putInt(path.length)
                .put(path)
                .put((byte) 0)
                .array());
        try {
            if (!line.atLeast(20)) {
                return "session";
            }
        } catch (EOFException e) {
            return "session";
        }
        int error = line.bigEndian().getInt(16);
        if (error == 0 || error == NO_NODE) {
            return "open";
        }
        return OF_CREDENTIALS.contains(error) ? "auth-required" : "session";
    }

    private static byte[] connect() {
        return ByteBuffer.allocate(49)
                .putInt(45)
                .putInt(0)
                .putLong(0)
                .putInt(TIMEOUT_MILLIS)
                .putLong(0)
                .putInt(16)
                .put(new byte[16])
                .put((byte) 1)
                .array();
    }
}
