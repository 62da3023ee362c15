package dev.ronde.inbound.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;

/** The parts of a message (RFC 2046), by the pull parser of mime4j: ten levels and a hundred parts at most, counted as they begin. */
final class MimeReader {
    /** What a message may have is bounded before and while it is read; a long line or a long field is no reason to refuse one. */
    private static final MimeConfig ANY = MimeConfig.custom()
            .setMaxLineLen(-1)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .build();

    private final MimeTokenStream stream = new MimeTokenStream(ANY);
    private int parts;

    private MimeReader() {}

    /** The message as a tree.
     *
     * @throws UnreadableMail beyond the limits, or where it is broken */
    static MimePart read(byte[] raw) throws UnreadableMail {
        MimeReader reader = new MimeReader();
        try {
            reader.stream.parse(new ByteArrayInputStream(raw));
            return reader.part(0, "text/plain");
        } catch (IOException | MimeException e) {
            throw new UnreadableMail(String.valueOf(e.getMessage()));
        }
    }

    /** Reads from the start of an entity to its end.
     *
     * @param type where the part names none */
    private MimePart part(int depth, String type) throws UnreadableMail, IOException, MimeException {
        if (++parts > MailLimits.PARTS) {
            throw new UnreadableMail("more than " + MailLimits.PARTS + " parts");
        }
        if (depth > MailLimits.DEPTH) {
            throw new UnreadableMail("parts more than " + MailLimits.DEPTH + " deep");
        }
        Headers.Collected fields = new Headers.Collected();
        byte[] content = new byte[0];
        List<MimePart> inner = new ArrayList<>();
        EntityState state = stream.next();
        while (state != EntityState.T_END_BODYPART
                && state != EntityState.T_END_MESSAGE
                && state != EntityState.T_END_OF_STREAM) {
            switch (state) {
                case T_FIELD -> fields.add(stream.getField().getRaw().toByteArray());
                case T_BODY -> content = stream.getDecodedInputStream().readNBytes(MailLimits.PART);
                case T_START_BODYPART, T_START_MESSAGE -> inner.add(part(depth + 1, ofParts(fields.headers())));
                default -> {}
            }
            state = stream.next();
        }
        Headers headers = fields.headers();
        FieldValue contentType = FieldValue.read(headers.first("content-type").orElse(type));
        return new MimePart(headers, contentType, content, inner);
    }

    private static String ofParts(Headers headers) {
        boolean digest = headers.first("content-type")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("multipart/digest");
        return digest ? "message/rfc822" : "text/plain";
    }
}
