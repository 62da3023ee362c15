package dev.ronde.evidence.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** ZIPs in which programs see different things. */
final class ForgedZip {
    private static final int END = 22;

    private ForgedZip() {}

    static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** Something between the last entry and the directory, which says so itself. */
    static byte[] between(byte[] zip, byte[] more) {
        ByteBuffer end = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = end.getInt(zip.length - END + 16);
        byte[] forged =
                joined(joined(Arrays.copyOf(zip, directory), more), Arrays.copyOfRange(zip, directory, zip.length));
        ByteBuffer.wrap(forged)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(forged.length - END + 16, directory + more.length);
        return forged;
    }

    /** A second entry of a path. */
    static byte[] twice(byte[] zip, String path, String under) throws IOException {
        return renamed(more(zip, under), under, path, 2);
    }

    /** One entry more, at the end. */
    static byte[] more(byte[] zip, String path) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            String top = "";
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                top = entry.getName().substring(0, entry.getName().indexOf('/') + 1);
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(in.readAllBytes());
            }
            out.putNextEntry(new ZipEntry(top + path));
            out.write("<p>All is well.</p>".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    /** A field that only some programs know, in the directory or where the first entry begins. */
    static byte[] extra(byte[] zip, boolean inDirectory) {
        byte[] field = {(byte) 0x75, 0x70, 1, 0, 1};
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(zip.length - END + 16);
        int head = inDirectory ? directory : 0;
        int fields = inDirectory ? 46 : 30;
        int at = head + fields + bytes.getShort(head + fields - (inDirectory ? 18 : 4));
        byte[] forged = joined(joined(Arrays.copyOf(zip, at), field), Arrays.copyOfRange(zip, at, zip.length));
        ByteBuffer written = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
        written.putShort(head + fields - (inDirectory ? 16 : 2), (short) field.length);
        int end = forged.length - END;
        if (inDirectory) {
            written.putInt(end + 12, written.getInt(end + 12) + field.length);
        } else {
            written.putInt(end + 16, directory + field.length);
            for (int entry = directory + field.length; entry < end; ) {
                int offset = written.getInt(entry + 42);
                written.putInt(entry + 42, offset == 0 ? 0 : offset + field.length);
                entry += 46 + written.getShort(entry + 28);
            }
        }
        return forged;
    }

    /** Another name where the entry begins than in the directory. */
    static byte[] localName(byte[] zip, String path, String other) {
        return renamed(zip, path, other, 1);
    }

    private static byte[] renamed(byte[] zip, String from, String to, int times) {
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        for (int i = 0, at = -1; i < times; i++) {
            at = text.indexOf("/" + from, at + 1);
            text = text.substring(0, at + 1) + to + text.substring(at + 1 + from.length());
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
