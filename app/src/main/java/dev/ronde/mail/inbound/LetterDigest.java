package dev.ronde.mail.inbound;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A digest of what the writer of a message sent: the body and the fields that a signature of their domain would cover. What servers write
 * on top on the way ({@code Received}, {@code Delivered-To}, {@code X-…}), folding and line ends do not count, so that the same letter
 * has one digest on whichever way it came.
 */
final class LetterDigest {
    private static final List<String> WRITERS = List.of(
            "from",
            "to",
            "cc",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "auto-submitted",
            "content-type",
            "content-transfer-encoding");

    private LetterDigest() {}

    /** Hex SHA-256. */
    static String of(byte[] raw) {
        Headers headers = Headers.read(raw, 0, raw.length);
        ByteArrayOutputStream letter = new ByteArrayOutputStream(raw.length);
        for (String name : WRITERS) {
            for (String text : headers.all(name)) {
                letter.writeBytes((name + ":" + text.replaceAll("\\s+", " ") + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        letter.write('\n');
        int end = raw.length;
        while (end > headers.bodyAt() && raw[end - 1] <= ' ' && raw[end - 1] >= 0) {
            end--;
        }
        for (int at = headers.bodyAt(); at < end; at++) {
            if (raw[at] != '\r') {
                letter.write(raw[at]);
            }
        }
        return ReceivedFiles.sha256(letter.toByteArray());
    }
}
