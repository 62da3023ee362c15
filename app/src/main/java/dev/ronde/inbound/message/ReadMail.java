package dev.ronde.inbound.message;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message as it was understood.
 *
 * @param messageId with angle brackets; made from its hash where it has none
 * @param shownFrom the address in {@code From}, to show; all of them where it is not one
 * @param hints what may name the mail it answers, the surest first
 * @param written what the person wrote; empty for everything a program wrote
 */
public record ReadMail(
        String messageId,
        Optional<String> sender,
        String shownFrom,
        String subject,
        Sorting sorted,
        AuthResults auth,
        List<HandleHint> hints,
        boolean toUs,
        BodyText written,
        List<ReceivedFile> files,
        @Nullable DeliveryReport report) {

    public ReadMail {
        hints = List.copyOf(hints);
        files = List.copyOf(files);
    }

    public MailSort sort() {
        return sorted.sort();
    }
}
