package dev.ronde.check.probe;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A question of the DNS and the head of its answer (RFC 1035 §4.1). */
final class DnsMessage {
    static final int A = 1;
    static final int NS = 2;
    static final int CNAME = 5;
    static final int SOA = 6;
    static final int MX = 15;
    static final int TXT = 16;
    static final int DS = 43;
    static final int RRSIG = 46;
    static final int AXFR = 252;
    static final int CAA = 257;

    static final int INTERNET = 1;

    static final int ID = 0x524f;

    private static final int RECURSION_DESIRED = 0x0100;
    private static final int AUTHENTIC_DATA = 0x0020;
    private static final int CHECKING_DISABLED = 0x0010;

    /** No name, OPT, up to 4,096 bytes, version 0 with DO, no options (RFC 6891 §6.1.2, RFC 3225 §3). */
    private static final byte[] WITH_SIGNATURES = {0, 0, 41, 0x10, 0, 0, 0, (byte) 0x80, 0, 0, 0};

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

    static byte[] question(String name, int type, boolean recursive) {
        return question(ID, name, type, recursive ? RECURSION_DESIRED : 0, 0);
    }

    /** Returns the question to a resolver, with signatures (DO) and whether it found them right (AD); {@code unchecked} sets CD. */
    static byte[] signedQuestion(int id, String name, int type, boolean unchecked) {
        int flags = RECURSION_DESIRED | AUTHENTIC_DATA | (unchecked ? CHECKING_DISABLED : 0);
        byte[] question = question(id, name, type, flags, 1);
        return ByteBuffer.allocate(question.length + WITH_SIGNATURES.length)
                .put(question)
                .put(WITH_SIGNATURES)
                .array();
    }

    private static byte[] question(int id, String name, int type, int flags, int additional) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(12)
                .putShort((short) id)
                .putShort((short) flags)
                .putShort((short) 1)
                .putInt(0)
                .putShort((short) additional)
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
                .putShort((short) INTERNET)
                .array());
        return out.toByteArray();
    }

    static @Nullable Head head(byte[] bytes, int from, int length) {
        return head(bytes, from, length, ID);
    }

    static @Nullable Head head(byte[] bytes, int from, int length, int id) {
        if (length < 12) {
            return null;
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, from, length).slice();
        int flags = head.getShort(2);
        if ((head.getShort(0) & 0xffff) != id || (flags & 0x8000) == 0) {
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
