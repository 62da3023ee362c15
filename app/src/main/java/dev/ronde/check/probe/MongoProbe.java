package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * MongoDB (OP_MSG, wire protocol of 3.6 and later): {@code listDatabases} with names only and a filter that no database meets, so that
 * an open server answers with an empty list.
 */
final class MongoProbe {
    private static final int OP_MSG = 2013;
    private static final int UNAUTHORIZED = 13;
    private static final int AUTHENTICATION_FAILED = 18;
    private static final int HEADER = 21;
    private static final int LARGEST = 4_096;

    private MongoProbe() {}

    static String ask(Line line) throws IOException {
        line.send(question());
        if (!line.atLeast(16)) {
            return "other";
        }
        ByteBuffer head = line.littleEndian();
        int length = head.getInt(0);
        if (head.getInt(12) != OP_MSG || length < HEADER + 5 || length > LARGEST || !line.atLeast(length)) {
            return "other";
        }
        return verdict(line.littleEndian(), length);
    }

    private static String verdict(ByteBuffer reply, int length) {
        Bson fields = new Bson(reply, HEADER + 4, length);
        boolean ok = false;
        long code = 0;
        while (fields.next()) {
            if (fields.isNamed("ok")) {
                ok = fields.number() == 1;
            } else if (fields.isNamed("code")) {
                code = fields.number();
            }
        }
        if (ok) {
            return "listed";
        }
        return code == UNAUTHORIZED || code == AUTHENTICATION_FAILED ? "unauthorized" : "other";
    }

    private static byte[] question() {
        ByteBuffer document = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        document.position(4);
        put(document, 0x10, "listDatabases").putInt(1);
        put(document, 0x08, "nameOnly").put((byte) 1);
        byte[] nobody = ("ronde-probe-" + Long.toHexString(System.nanoTime())).getBytes(StandardCharsets.US_ASCII);
        put(document, 0x03, "filter").putInt(4 + 1 + 5 + 4 + nobody.length + 1 + 1);
        put(document, 0x02, "name").putInt(nobody.length + 1).put(nobody).put((byte) 0);
        document.put((byte) 0);
        put(document, 0x02, "$db").putInt(6).put("admin\0".getBytes(StandardCharsets.US_ASCII));
        document.put((byte) 0);
        document.putInt(0, document.position());
        ByteBuffer message = ByteBuffer.allocate(HEADER + document.position()).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(message.capacity())
                .putInt(1)
                .putInt(0)
                .putInt(OP_MSG)
                .putInt(0)
                .put((byte) 0);
        return message.put(document.flip()).array();
    }

    private static ByteBuffer put(ByteBuffer document, int type, String name) {
        return document.put((byte) type)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0);
    }
}
