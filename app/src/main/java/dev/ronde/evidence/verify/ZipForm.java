package dev.ronde.evidence.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * A ZIP as Ronde writes it: one entry behind the other from the first byte on, then one directory that names each of them once, then its end
 * and nothing more. Programs disagree on what is in any other, so that what is verified would not be what is unpacked.
 */
final class ZipForm {
    private static final int ENTRY = 0x04034b50;
    private static final int DIRECTORY = 0x02014b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int END_SIZE = 22;
    private static final int END_64_SIZE = 76;
    private static final int COMMENT = 0xffff;
    private static final long LARGE = 0xffffffffL;
    private static final String OTHER_FIELD = " has an extra field, and Ronde writes none but for large files";

    private final FileChannel file;
    private final Set<String> names = new HashSet<>();
    private long position;

    private ZipForm(FileChannel file) {
        this.file = file;
    }

    /** @throws Unreadable unless the file has this form */
    static void require(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            new ZipForm(file).read();
        } catch (IndexOutOfBoundsException e) {
            throw Unreadable.layout("the ZIP breaks off within its directory");
        }
    }

    private void read() throws IOException {
        long size = file.size();
        ByteBuffer tail = at(Math.max(0, size - END_SIZE - COMMENT), (int) Math.min(size, END_SIZE + COMMENT));
        int end = tail.limit() - END_SIZE;
        if (end < 0 || tail.getInt(end) != END || tail.getShort(end + 20) != 0) {
            for (int i = end; i >= 0; i--) {
                require(tail.getInt(i) != END, "something stands behind its directory");
            }
            throw new Unreadable("it is neither a folder nor a ZIP");
        }
        long count = Short.toUnsignedLong(tail.getShort(end + 10));
        long length = Integer.toUnsignedLong(tail.getInt(end + 12));
        long start = Integer.toUnsignedLong(tail.getInt(end + 16));
        long behind = size - END_SIZE;
        if (count == COMMENT || length == LARGE || start == LARGE) {
            ByteBuffer large = at(behind - END_64_SIZE, END_64_SIZE);
            behind -= END_64_SIZE;
            require(
                    large.getInt(0) == END_64 && large.getInt(56) == LOCATOR_64 && large.getLong(64) == behind,
                    "its end is not where its directory ends");
            count = large.getLong(32);
            length = large.getLong(40);
            start = large.getLong(48);
        }
        require(start + length == behind && length <= Integer.MAX_VALUE, "its directory does not reach to its end");
        ByteBuffer directory = at(start, (int) length);
        while (directory.hasRemaining()) {
            entry(directory);
        }
        require(names.size() == count, "its directory names " + names.size() + " entries and counts " + count);
        require(position == start, "something stands between its entries and its directory");
    }

    /** Checks the next directory entry, which must lie where the one before it ends. */
    private void entry(ByteBuffer directory) throws IOException {
        ByteBuffer head = directory.slice().order(ByteOrder.LITTLE_ENDIAN);
        require(head.getInt(0) == DIRECTORY, "its directory is broken");
        int nameLength = Short.toUnsignedInt(head.getShort(28));
        int extraLength = Short.toUnsignedInt(head.getShort(30));
        String name = text(head, 46, nameLength);
        require(names.add(name), name + " is there twice");
        require(!name.endsWith("/"), name + " is a folder, and Ronde lists files alone");
        require(head.getShort(32) == 0, name + " has a comment");
        long[] sizes = {number(head, 24), number(head, 20), number(head, 42)};
        boolean large = sizes[0] == LARGE || sizes[1] == LARGE;
        int extra = large(head, 46 + nameLength, extraLength, name, sizes);
        require(extra == extraLength, name + OTHER_FIELD);
        ByteBuffer local = at(sizes[2], 30);
        int localName = Short.toUnsignedInt(local.getShort(26));
        int localExtra = Short.toUnsignedInt(local.getShort(28));
        boolean same = sizes[2] == position
                && local.getInt(0) == ENTRY
                && local.getInt(6) == head.getInt(8)
                && text(at(position + 30, localName), 0, localName).equals(name);
        require(same, "at byte " + position + " it has something else than its directory says of " + name);
        long[] localSizes = {number(local, 22), number(local, 18)};
        int found = large(at(position + 30 + localName, localExtra), 0, localExtra, name, localSizes);
        require(found == localExtra, name + OTHER_FIELD);
        boolean streamed = (head.getShort(8) & 8) != 0;
        require(
                local.getInt(14) == (streamed ? 0 : head.getInt(16))
                        && localSizes[0] == (streamed ? 0 : sizes[0])
                        && localSizes[1] == (streamed ? 0 : sizes[1]),
                "at byte " + position + " it has another length or checksum than its directory says of " + name);
        position += 30L + localName + localExtra + sizes[1];
        if (streamed) {
            ByteBuffer descriptor = at(position, large ? 24 : 16);
            require(
                    descriptor.getInt(0) == DESCRIPTOR && descriptor.getInt(4) == head.getInt(16),
                    name + " does not end where its directory says");
            position += descriptor.limit();
        }
        directory.position(directory.position() + 46 + nameLength + extraLength);
    }

    /** Replaces sizes that are stored elsewhere with the long numbers; returns the length of their field. */
    private static int large(ByteBuffer bytes, int at, int length, String name, long[] sizes) {
        int field = 0;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == LARGE) {
                field = Math.max(field, 4);
                require(length >= field + 8 && bytes.getShort(at) == 1, name + OTHER_FIELD);
                sizes[i] = bytes.getLong(at + field);
                field += 8;
            }
        }
        require(field == 0 || Short.toUnsignedInt(bytes.getShort(at + 2)) == field - 4, name + OTHER_FIELD);
        return field;
    }

    private static long number(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        byte[] text = new byte[length];
        bytes.get(at, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private ByteBuffer at(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        long next = from;
        while (bytes.hasRemaining()) {
            int read = from < 0 ? -1 : file.read(bytes, next);
            require(read >= 0, "it breaks off");
            next += read;
        }
        return bytes.flip();
    }

    private static void require(boolean fits, String otherwise) {
        if (!fits) {
            throw Unreadable.layout("the ZIP is not one that Ronde wrote: " + otherwise);
        }
    }
}
