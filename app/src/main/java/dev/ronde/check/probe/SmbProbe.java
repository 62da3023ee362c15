package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** SMB ([MS-SMB] §2.2.4.52, [MS-SMB2] §2.2.3): two negotiations, one that only speaks SMB 1, one that only speaks SMB 2 and 3. */
final class SmbProbe implements NetworkProbe.Conversation {
    private static final short[] DIALECTS = {0x0202, 0x0210, 0x0300, 0x0302};
    private static final int SMB1 = 0x424d53ff;
    private static final int SMB2 = 0x424d53fe;
    /** STATUS_NOT_SUPPORTED; any other error may be temporary. */
    private static final int NOT_SUPPORTED = 0xc00000bb;

    private static final Smb2 NOTHING = new Smb2("other", false, "none");

    private record Smb2(String reply, boolean signingRequired, String dialect) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<Smb2> two = session.plain("SMB2 NEGOTIATE", SmbProbe::negotiate2);
        Reply<String> one = two.outcome().isAnswer() && two.outcome() != WireOutcome.REFUSED
                ? session.plain("SMB1 NEGOTIATE", SmbProbe::negotiate1)
                : Reply.skipped();
        Smb2 answer = two.contentOr(NOTHING);
        Facts facts = Facts.of(two)
                .reply(answer.reply)
                .and("signingRequired", answer.signingRequired)
                .and("dialect", answer.dialect);
        return Map.of("smb2", facts.all(), "smb1", Facts.word(one));
    }

    private static Smb2 negotiate2(Line line) throws IOException {
        int body = 36 + 2 * DIALECTS.length;
        ByteBuffer packet = ByteBuffer.allocate(4 + 64 + body).order(ByteOrder.LITTLE_ENDIAN);
        packet.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) (64 + body));
        packet.putInt(SMB2).putShort((short) 64);
        packet.position(4 + 64);
        packet.putShort((short) 36).putShort((short) DIALECTS.length).putShort((short) 1);
        packet.position(4 + 64 + 36);
        for (short dialect : DIALECTS) {
            packet.putShort(dialect);
        }
        line.send(packet.array());
        if (!line.atLeast(4 + 64 + 6)) {
            return NOTHING;
        }
        ByteBuffer reply = line.littleEndian();
        if (reply.getInt(4) != SMB2 || reply.getShort(4 + 64) != 65) {
            return NOTHING;
        }
        boolean signing = (reply.getShort(4 + 64 + 2) & 2) != 0;
        return new Smb2("negotiated", signing, dialect(reply.getShort(4 + 64 + 4)));
    }

    private static String dialect(short dialect) {
        return switch (dialect) {
            case 0x0202 -> "2.0.2";
            case 0x0210 -> "2.1";
            case 0x0300 -> "3.0";
            case 0x0302 -> "3.0.2";
            default -> "other";
        };
    }

    private static String negotiate1(Line line) throws IOException {
        byte[] dialect = "\u0002NT LM 0.12\0".getBytes(StandardCharsets.US_ASCII);
        int size = 32 + 1 + 2 + dialect.length;
        ByteBuffer packet = ByteBuffer.allocate(4 + size).order(ByteOrder.LITTLE_ENDIAN);
        packet.put((byte) 0).put((byte) 0).put((byte) 0).put((byte) size);
        packet.putInt(SMB1).put((byte) 0x72).putInt(0).put((byte) 0x18).putShort((short) 0x4801);
        packet.position(4 + 32);
        packet.put((byte) 0).putShort((short) dialect.length).put(dialect);
        line.send(packet.array());
        if (!line.atLeast(4 + 32 + 3)) {
            return "other";
        }
        ByteBuffer reply = line.littleEndian();
        int protocol = reply.getInt(4);
        if (protocol == SMB2) {
            return "refused";
        }
        if (protocol != SMB1) {
            return "other";
        }
        if (reply.get(4 + 32) == 0) {
            return reply.getInt(4 + 5) == NOT_SUPPORTED ? "refused" : "other";
        }
        return reply.getShort(4 + 32 + 1) == (short) 0xffff ? "refused" : "accepted";
    }
}
