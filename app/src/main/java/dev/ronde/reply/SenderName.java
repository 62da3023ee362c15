package dev.ronde.reply;

import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.resource.Messages;
import java.util.Locale;

/** Who wrote a mail, as people are told: by its real address, never by the name beside it, and as unverified unless our mail server vouches. */
public final class SenderName {
    private SenderName() {}

    /** The words.
     *
     * @param address empty where the mail has none */
    public static String of(Messages messages, Locale language, String address, boolean verified) {
        if (address.isEmpty()) {
            return messages.text(language, "reply.sender.unknown");
        }
        String clean = CleanText.line(address);
        return verified ? clean : messages.text(language, "reply.sender.unverified", clean);
    }
}
