package dev.ronde.mail.inbound;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One part of a message: a place in its bytes.
 *
 * @param contentType the field as it stands; {@link #type()} is what it comes to
 * @param from the first byte of the body
 * @param to after its last byte
 * @param parts of a multipart, or the one message of a {@code message/rfc822}
 */
record MimePart(Headers headers, FieldValue contentType, int from, int to, List<MimePart> parts) {
    MimePart {
        parts = List.copyOf(parts);
    }

    String type() {
        String main = contentType.main();
        return main.matches("[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}") ? main : "text/plain";
    }

    boolean multipart() {
        return type().startsWith("multipart/");
    }

    FieldValue disposition() {
        return FieldValue.read(headers.first("content-disposition").orElse(""));
    }

    Optional<String> fileName() {
        return disposition().parameter("filename").or(() -> contentType.parameter("name"));
    }

    boolean attached() {
        return disposition().main().equals("attachment")
                || fileName().isPresent()
                || !(type().startsWith("text/") || multipart());
    }

    /** The decoded body, at most {@code limit} bytes. */
    byte[] content(byte[] raw, int limit) {
        String encoding = headers.first("content-transfer-encoding").orElse("");
        // base64 and quoted-printable grow at most threefold
        int end = (int) Math.min(to, from + 3L * limit + 4);
        byte[] bytes = TransferDecoding.decode(raw, from, end, encoding);
        return bytes.length <= limit ? bytes : java.util.Arrays.copyOf(bytes, limit);
    }

    String text(byte[] raw, int limit) {
        byte[] bytes = content(raw, limit);
        return Charsets.decode(
                bytes, 0, bytes.length, contentType.parameter("charset").orElse(null));
    }

    String contentId() {
        return headers.first("content-id").orElse("").replaceAll("[<>\\s]", "").toLowerCase(Locale.ROOT);
    }
}
