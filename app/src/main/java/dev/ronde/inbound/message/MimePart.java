package dev.ronde.inbound.message;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One part of a message, decoded. */
final class MimePart {
    private final Headers headers;
    private final FieldValue contentType;
    private final byte[] content;
    private final List<MimePart> parts;

    /** @param contentType the field as it stands; {@link #type()} is what it comes to
     * @param content decoded; empty where there are parts
     * @param parts of a multipart, or the one message of a {@code message/rfc822} */
    MimePart(Headers headers, FieldValue contentType, byte[] content, List<MimePart> parts) {
        this.headers = headers;
        this.contentType = contentType;
        this.content = content;
        this.parts = List.copyOf(parts);
    }

    Headers headers() {
        return headers;
    }

    FieldValue contentType() {
        return contentType;
    }

    List<MimePart> parts() {
        return parts;
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

    /** At most {@code limit} bytes of it. */
    byte[] content(int limit) {
        return Arrays.copyOf(content, Math.min(limit, content.length));
    }

    String text(int limit) {
        return Charsets.decode(
                content,
                0,
                Math.min(limit, content.length),
                contentType.parameter("charset").orElse(null));
    }

    String contentId() {
        return headers.first("content-id").orElse("").replaceAll("[<>\\s]", "").toLowerCase(Locale.ROOT);
    }
}
