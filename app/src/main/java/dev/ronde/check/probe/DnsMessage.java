package dev.ronde.check.probe;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A question of the DNS and the head of its answer (RFC 1035 §4.1); no record is ever read. */
final class DnsMessage {
    static final int A = 1;
    static final int SOA = 6;
    static final int AXFR = 252;

    private static final int ID = 0x524f;

    private DnsMessage() {}

    /**
     * Head of an answer.
     *
     * @param authoritative whether the server speaks for the zone of the question (AA)
     * @param truncated whether the answer was cut (TC)
     * @param recursion whether the server offers recursion (RA)
     * @param code response code, 0 no error, 5 refused
     * @param answers number of records in the answer section
     */
    record Head(boolean authoritative, boolean truncated, boolean recursion, int code, int answers) {}

    /** Returns the question; {@code recursive} sets RD. */
    static byte[] question(String name, int type, boolean recursive) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(12)
                .putShort((short) ID)
                .putShort((short) (recursive ? 0x0100 : 0))
                .putShort((short) 1)
                .array());
        for (String label : IDN.toASCII(name).split("\\.", -1)) {
            if (!label.isEmpty()) {
                byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
                out.write(bytes.length);
                out.writeBytes(bytes);
            }
        }
        out.writeBytes(ByteBuffer.allocate(5)
                .put((byte) 0)
                .putShort((short) type)
                .putShort((short) 1)
                .array());
        return out.toByteArray();
    }

    /** Returns the head of an answer to our question, or null where this is none. */
    static @org.jspecify.annotations.Nullable Head head(byte[] bytes, int from, int length) {
        if (length < 12) {
            return null;
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, from, length).slice();
        int flags = head.getShort(2);
        if (head.getShort(0) != ID || (flags & 0x8000) == 0) {
            return null;
        }
        return new Head(
                (flags & 0x0400) != 0,
                (flags & 0x0200) != 0,
                (flags & 0x0080) != 0,
                flags & 0x000f,
                head.getShort(6) & 0xffff);
    }
}
