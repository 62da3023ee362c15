package dev.ronde.check.probe;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mount service of NFS 3: the list of what it exports (RFC 1813 §5.2.5) over ONC RPC (RFC 5531), without credentials. Of the list two
 * counts are kept; nothing is mounted.
 */
final class NfsProbe implements NetworkProbe.Conversation {
    static final String TYPE = "nfs.exports";

    private static final int XID = 0x524f4e44;
    private static final int MOUNT = 100_005;
    private static final int VERSION = 3;
    private static final int EXPORT = 5;
    private static final int LAST_FRAGMENT = 0x8000_0000;
    private static final int LONGEST_PATH = 1_024;
    private static final int LONGEST_GROUP = 255;

    private record Exports(String reply, long total, long open) {}

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<Exports> reply = session.plain("MOUNT EXPORT", NfsProbe::ask);
        boolean answered = reply.outcome() == WireOutcome.RESPONSE;
        Exports exports = reply.contentOr(new Exports(answered ? "other" : "none", 0, 0));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("outcome", reply.outcome().code());
        facts.put("reply", exports.reply());
        facts.put("bytesRead", (long) reply.bytesRead());
        facts.put("total", exports.total());
        facts.put("open", exports.open());
        return Map.of("exports", facts);
    }

    private static @Nullable Exports ask(Line line) throws IOException {
        line.send(ByteBuffer.allocate(44)
                .putInt(LAST_FRAGMENT | 40)
                .putInt(XID)
                .putInt(0)
                .putInt(2)
                .putInt(MOUNT)
                .putInt(VERSION)
                .putInt(EXPORT)
                .array());
        byte[] record = {};
        try {
            record = record(line);
            return read(ByteBuffer.wrap(record));
        } catch (ProtocolException | BufferUnderflowException | IllegalArgumentException e) {
            return null;
        } finally {
            Arrays.fill(record, (byte) 0);
        }
    }

    /** A record may come in fragments (RFC 5531 §11). */
    private static byte[] record(Line line) throws IOException {
        byte[] record = {};
        int at = 0;
        boolean last = false;
        while (!last) {
            // the first fragment begins with our own number, so that nothing else is waited for
            if (!line.atLeast(at + 4)
                    || (at == 0 && (!line.atLeast(8) || line.bigEndian().getInt(4) != XID))) {
                Arrays.fill(record, (byte) 0);
                throw new ProtocolException("no answer of RPC");
            }
            int mark = line.bigEndian().getInt(at);
            int length = mark & ~LAST_FRAGMENT;
            at += 4;
            last = mark < 0;
            if (length > line.buffer().length - at || !line.atLeast(at + length)) {
                Arrays.fill(record, (byte) 0);
                throw new ProtocolException("an answer that is cut or too long");
            }
            byte[] longer = Arrays.copyOf(record, record.length + length);
            System.arraycopy(line.buffer(), at, longer, record.length, length);
            Arrays.fill(record, (byte) 0);
            record = longer;
            at += length;
        }
        return record;
    }

    private static Exports read(ByteBuffer record) throws ProtocolException {
        if (record.getInt() != XID || record.getInt() != 1) {
            return new Exports("other", 0, 0);
        }
        if (record.getInt() != 0) {
            return new Exports("denied", 0, 0);
        }
        record.getInt();
        skip(record, 400);
        if (record.getInt() != 0) {
            return new Exports("unavailable", 0, 0);
        }
        long total = 0;
        long open = 0;
        while (follows(record)) {
            skip(record, LONGEST_PATH);
            total++;
            open += toEverybody(record) ? 1 : 0;
        }
        return new Exports("listed", total, open);
    }

    /** Reads the groups of an export to the end; an export without groups is open to everybody. */
    private static boolean toEverybody(ByteBuffer record) throws ProtocolException {
        boolean named = false;
        boolean everybody = false;
        while (follows(record)) {
            named = true;
            int from = record.position() + 4;
            int length = skip(record, LONGEST_GROUP);
            everybody |= NfsGroup.isEverybody(record.slice(from, length));
        }
        return everybody || !named;
    }

    private static boolean follows(ByteBuffer record) throws ProtocolException {
        int more = record.getInt();
        if (more != 0 && more != 1) {
            throw new ProtocolException("neither an end nor another entry");
        }
        return more == 1;
    }

    /** Skips bytes with their length in front, padded to four (RFC 4506 §4.10); returns the length. */
    private static int skip(ByteBuffer record, int longest) throws ProtocolException {
        int length = record.getInt();
        if (length < 0 || length > longest) {
            throw new ProtocolException("a text that is too long");
        }
        record.position(record.position() + (length + 3) / 4 * 4);
        return length;
    }
}
