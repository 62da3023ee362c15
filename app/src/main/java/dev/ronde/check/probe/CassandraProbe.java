package dev.ronde.check.probe;

import java.io.IOException;

/** Cassandra (native protocol v4, §4.1.1): STARTUP without credentials; READY means that none are wanted. */
final class CassandraProbe {
    /** Version 4, no flags, stream 0, opcode STARTUP, 22 bytes: the map {CQL_VERSION: 3.0.0}. */
    private static final byte[] STARTUP = {
        4, 0, 0, 0, 1, 0, 0, 0, 22, 0, 1, 0, 11, 'C', 'Q', 'L', '_', 'V', 'E', 'R', 'S', 'I', 'O', 'N', 0, 5, '3', '.',
        '0', '.', '0'
    };

    private CassandraProbe() {}

    static String ask(Line line) throws IOException {
        line.send(STARTUP);
        boolean whole = line.atLeast(9);
        byte[] frame = line.buffer();
        if (!whole || (frame[0] & 0xf0) != 0x80 || frame[2] != 0 || frame[3] != 0) {
            return "other";
        }
        return switch (frame[4]) {
            case 2 -> "ready";
            case 3 -> "authenticate";
            default -> "other";
        };
    }
}
