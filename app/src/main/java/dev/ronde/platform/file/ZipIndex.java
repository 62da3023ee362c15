package dev.ronde.platform.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * What is in an archive, read from its central directory (APPNOTE 4.3.12) without unpacking anything.
 *
 * @param encrypted whether an entry hides its content
 */
record ZipIndex(List<Entry> entries, boolean encrypted) {

    private static final int END = 0x06054b50;
    private static final int ENTRY = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int END_LENGTH = 22;
    private static final int ENTRY_LENGTH = 46;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int MOST = 5_000;

    /**
     * A file in the archive.
     *
     * @param unpacked how many bytes it says it has
     * @param at where its own header begins
     */
    record Entry(String name, int method, long packed, long unpacked, long at) {}

    /** Empty if the directory cannot be read to its end. */
    static Optional<ZipIndex> read(byte[] bytes) {
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = findEnd(zip);
        if (end < 0) {
            return Optional.empty();
        }
        int count = Short.toUnsignedInt(zip.getShort(end + 10));
        long at = Integer.toUnsignedLong(zip.getInt(end + 16));
        List<Entry> entries = new ArrayList<>();
        boolean encrypted = false;
        if (count > MOST) {
            return Optional.empty();
        }
        for (int index = 0; index < count; index++) {
            if (at + ENTRY_LENGTH > bytes.length || zip.getInt((int) at) != ENTRY) {
                return Optional.empty();
            }
            int entry = (int) at;
            encrypted |= (zip.getShort(entry + 8) & 1) != 0;
            int name = Short.toUnsignedInt(zip.getShort(entry + 28));
            int rest = Short.toUnsignedInt(zip.getShort(entry + 30)) + Short.toUnsignedInt(zip.getShort(entry + 32));
            if (entry + ENTRY_LENGTH + name > bytes.length) {
                return Optional.empty();
            }
            entries.add(new Entry(
                    new String(bytes, entry + ENTRY_LENGTH, name, StandardCharsets.UTF_8),
                    Short.toUnsignedInt(zip.getShort(entry + 10)),
                    Integer.toUnsignedLong(zip.getInt(entry + 20)),
                    Integer.toUnsignedLong(zip.getInt(entry + 24)),
                    Integer.toUnsignedLong(zip.getInt(entry + 42))));
            at += (long) ENTRY_LENGTH + name + rest;
        }
        return Optional.of(new ZipIndex(List.copyOf(entries), encrypted));
    }

    /** Empty if the entry cannot be read to its end or is larger than {@code most} bytes. */
    static Optional<byte[]> content(byte[] bytes, Entry entry, int most) {
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (entry.at() + LOCAL_LENGTH > bytes.length || zip.getInt((int) entry.at()) != LOCAL) {
            return Optional.empty();
        }
        int header = (int) entry.at();
        long from = entry.at()
                + LOCAL_LENGTH
                + Short.toUnsignedInt(zip.getShort(header + 26))
                + Short.toUnsignedInt(zip.getShort(header + 28));
        if (from + entry.packed() > bytes.length) {
            return Optional.empty();
        }
        InputStream packed = new ByteArrayInputStream(bytes, (int) from, (int) entry.packed());
        return switch (entry.method()) {
            case STORED -> unpacked(packed, most);
            case DEFLATED -> {
                Inflater inflater = new Inflater(true);
                try {
                    yield unpacked(new InflaterInputStream(packed, inflater), most);
                } finally {
                    inflater.end();
                }
            }
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> unpacked(InputStream packed, int most) {
        try (packed) {
            byte[] content = packed.readNBytes(most + 1);
            return content.length > most ? Optional.empty() : Optional.of(content);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    private static int findEnd(ByteBuffer zip) {
        int last = zip.capacity() - END_LENGTH;
        for (int at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
            if (zip.getInt(at) == END) {
                return at;
            }
        }
        return -1;
    }
}
