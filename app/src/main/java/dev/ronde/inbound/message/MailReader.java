package dev.ronde.inbound.message;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.mail.smtp.CleanText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one message from its first byte to what it means; the same bytes always give the same answer.
 *
 * @param authserv the name our mail server writes in Authentication-Results; absent: nothing there is believed
 */
public record MailReader(Sorting.Ours ours, @Nullable String authserv) {
    /** The fields that a signature of the writer's domain would cover. */
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

    /** Reads it. A message that cannot be read, and one of which only the headers were kept, come back as such. */
    public ReadMail read(byte[] raw, boolean headersOnly) {
        Headers headers = Headers.read(raw, 0, raw.length);
        if (headersOnly || raw.length > MailLimits.RAW) {
            return outside(raw, headers, new Sorting(MailSort.OVERSIZE, "over " + MailLimits.RAW + " bytes"));
        }
        if (headers.fields().isEmpty()) {
            return outside(raw, headers, new Sorting(MailSort.BROKEN, "no header field"));
        }
        try {
            return inside(raw, MimeReader.read(raw));
        } catch (UnreadableMail e) {
            return outside(raw, headers, new Sorting(MailSort.BROKEN, String.valueOf(e.getMessage())));
        }
    }

    private ReadMail inside(byte[] raw, MimePart message) {
        Headers headers = message.headers();
        Optional<String> sender = sender(headers);
        Sorting sorted = Sorting.of(message, sender.orElse(Sender.shown(headers)), ours);
        boolean human = sorted.sort() == MailSort.HUMAN;
        boolean spoken = human || sorted.sort() == MailSort.ABSENCE;
        return new ReadMail(
                messageId(raw, headers),
                sender,
                Sender.shown(headers),
                CleanText.line(headers.text("subject")),
                sorted,
                AuthResults.of(headers, authserv),
                HandleHints.of(message),
                Addressing.toUs(headers, ours),
                spoken ? PartText.of(message).text() : BodyText.NOTHING,
                human ? ReceivedFiles.of(message) : List.of(),
                sorted.sort() == MailSort.BOUNCE ? DeliveryReport.read(message) : null);
    }

    private Optional<String> sender(Headers headers) {
        return Sender.passedOn(headers, ours) ? Optional.empty() : Sender.strict(headers);
    }

    private ReadMail outside(byte[] raw, Headers headers, Sorting sorted) {
        MimePart bare = new MimePart(headers, FieldValue.read("text/plain"), new byte[0], List.of());
        return new ReadMail(
                messageId(raw, headers),
                sender(headers),
                Sender.shown(headers),
                CleanText.line(headers.text("subject")),
                sorted,
                AuthResults.of(headers, authserv),
                HandleHints.of(bare),
                Addressing.toUs(headers, ours),
                BodyText.NOTHING,
                List.of(),
                null);
    }

    /** The id of a message with these bytes, as it is stored before anything else is looked at. */
    public static String messageId(byte[] raw) {
        return messageId(raw, Headers.read(raw, 0, Math.min(raw.length, MailLimits.HEADERS)));
    }

    private static String messageId(byte[] raw, Headers headers) {
        String given = headers.first("message-id").orElse("").replaceAll("\\s", "");
        return given.matches("<[^<>]{1,250}>") ? given : "<" + letterSha256(raw) + "@missing.local>";
    }

    /** Hex SHA-256 of what its writer sent. What servers write on top on the way ({@code Received}, {@code X-…}), folding and line ends
     * do not count, so that a letter has one digest on whichever way it came. */
    public static String letterSha256(byte[] raw) {
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
        return Hash.sha256(letter.toByteArray()).hex();
    }
}
