package dev.ronde.mail;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says.
 *
 * @param personRef the reference of the person in evidence; absent for a bare address
 * @param html absent for a mail that is text only
 * @param threadRoot the id, with angle brackets, of the conversation it belongs to; absent: none
 * @param headers further headers beside those every mail has
 */
public record MailContent(
        @Nullable String personRef,
        String toName,
        String toAddress,
        String subject,
        String text,
        @Nullable String html,
        @Nullable String threadRoot,
        Map<String, String> headers)
        implements Rendering {

    public MailContent {
        headers = Map.copyOf(headers);
    }
}
