package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Replies that begin with a code of three digits, of one line or several, as FTP (RFC 959 §4.2) and SMTP (RFC 5321 §4.2.1) send them. */
final class CodedReply {
    private CodedReply() {}

    /** Returns the code of the greeting, or -1 if none comes. */
    static int greeting(Line line) throws IOException {
        return ask(line, "");
    }

    /** Returns the code of the whole reply, or -1 if none comes. */
    static int ask(Line line, String command) throws IOException {
        line.wipe();
        line.send(command.getBytes(StandardCharsets.US_ASCII));
        int start = 0;
        while (true) {
            int end = line.lineFrom(start);
            if (end < 0) {
                return -1;
            }
            String text = new String(line.buffer(), start, Math.min(4, end - start), StandardCharsets.ISO_8859_1);
            if (text.matches("[1-5][0-9]{2}[ \r\n]?")) {
                return Integer.parseInt(text.substring(0, 3));
            }
            // between the first line and the last one FTP lets a server write what it likes
            if (start == 0 && !text.matches("[1-5][0-9]{2}-")) {
                return -1;
            }
            start = end;
        }
    }

    static String text(Line line) {
        return new String(line.buffer(), 0, line.length(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }
}
