package dev.ronde.check.probe;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mount service of NFS 3: the list of what it exports (RFC 1813 §5.2.5) over ONC RPC (RFC 5531), without credentials. Of the list two
 * counts are kept; nothing is mounted.
 */
final class NfsProbe implements NetworkProbe.Conversation {
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
        Exports exports = reply.contentOr(new Exports("other", 0, 0));
        return Facts.of(reply)
                .reply(exports.reply)
                .and("total", exports.total)
                .and("open", exports.open)
                .in("exports");
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
        try {
            return read(line, record(line));
        } catch (ProtocolException | BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }

    /** A record may come in fragments (RFC 5531 §11), which are joined where they stand. */
    private static ByteBuffer record(Line line) throws IOException {
        int at = 0;
        int end = 0;
        boolean last = false;
        while (!last) {
            // the first fragment begins with our own number, so that nothing else is waited for
            if (!line.atLeast(at + 4)
                    || (at == 0 && (!line.atLeast(8) || line.bigEndian().getInt(4) != XID))) {
                throw new ProtocolException("no answer of RPC");
            }
            int mark = line.bigEndian().getInt(at);
            int length = mark & ~LAST_FRAGMENT;
            at += 4;
            last = mark < 0;
            if (length > line.buffer().length - at || !line.atLeast(at + length)) {
                throw new ProtocolException("an answer that is cut or too long");
            }
            System.arraycopy(line.buffer(), at, line.buffer(), end, length);
            at += length;
            end += length;
        }
        return ByteBuffer.wrap(line.buffer(), 0, end);
    }

    private static Exports read(Line line, ByteBuffer record) throws ProtocolException {
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
            open += toEverybody(line, record) ? 1 : 0;
        }
        return new Exports("listed", total, open);
    }

    /** Reads the groups of an export to the end; an export without groups is open to everybody. */
    private static boolean toEverybody(Line line, ByteBuffer record) throws ProtocolException {
        boolean named = false;
        boolean everybody = false;
        while (follows(record)) {
            named = true;
            int from = record.position() + 4;
            int length = skip(record, LONGEST_GROUP);
            everybody |= NfsGroup.isEverybody(line.text(from, from + length));
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
