package dev.ronde.platform.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names in an archive, read from its central directory (APPNOTE 4.3.12) without unpacking anything.
 *
 * @param encrypted whether an entry hides its content
 */
record ZipIndex(List<String> names, boolean encrypted) {

    private static final int END = 0x06054b50;
    private static final int ENTRY = 0x02014b50;
    private static final int END_LENGTH = 22;
    private static final int ENTRY_LENGTH = 46;
    private static final int LONGEST_COMMENT = 65_535;
    private static final int MOST = 5_000;

    /** The directory; empty where there is none that can be read to its end. */
    static Optional<ZipIndex> read(byte[] bytes) {
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = findEnd(zip);
        if (end < 0) {
            return Optional.empty();
        }
        int count = Short.toUnsignedInt(zip.getShort(end + 10));
        long at = Integer.toUnsignedLong(zip.getInt(end + 16));
        List<String> names = new ArrayList<>();
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
            names.add(new String(bytes, entry + ENTRY_LENGTH, name, StandardCharsets.UTF_8));
            at += (long) ENTRY_LENGTH + name + rest;
        }
        return Optional.of(new ZipIndex(List.copyOf(names), encrypted));
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
