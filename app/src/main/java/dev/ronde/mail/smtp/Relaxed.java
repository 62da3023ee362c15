package dev.ronde.mail.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The canonical form {@code relaxed} of header fields and bodies (RFC 6376 3.4.2 and 3.4.4). */
final class Relaxed {
    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private Relaxed() {}

    /** A field as {@code name:value}, unfolded, white space collapsed, without the line end. */
    static String field(String raw) {
        int colon = raw.indexOf(':');
        String name = raw.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String text = raw.substring(colon + 1)
                .replace("\r\n", "")
                .replaceAll("[ \t]+", " ")
                .replaceAll("^ | $", "");
        return name + ":" + text;
    }

    /** A body whose lines end in CRLF: white space at the end of lines dropped, elsewhere collapsed, no empty lines at the end. */
    static byte[] body(byte[] crlf) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(crlf.length);
        int emptyLines = 0;
        int from = 0;
        while (from < crlf.length) {
            int end = from;
            while (end < crlf.length && crlf[end] != '\n') {
                end++;
            }
            byte[] line = line(crlf, from, end > from && crlf[end - 1] == '\r' ? end - 1 : end);
            if (line.length == 0) {
                emptyLines++;
            } else {
                for (; emptyLines > 0; emptyLines--) {
                    out.writeBytes(CRLF);
                }
                out.writeBytes(line);
                out.writeBytes(CRLF);
            }
            from = end + 1;
        }
        return out.toByteArray();
    }

    private static byte[] line(byte[] bytes, int from, int to) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(to - from);
        boolean space = false;
        for (int at = from; at < to; at++) {
            if (bytes[at] == ' ' || bytes[at] == '\t') {
                space = true;
            } else {
                if (space) {
                    line.write(' ');
                    space = false;
                }
                line.write(bytes[at]);
            }
        }
        return line.toByteArray();
    }
}
