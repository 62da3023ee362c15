package dev.ronde.mail;

import dev.ronde.account.Person;
import dev.ronde.mail.smtp.LetterFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says.
 *
 * @param personRef the reference of the person in evidence; absent for a bare address
 * @param html absent for a mail that is text only
 * @param threadRoot the id, with angle brackets, of the conversation it belongs to; absent: none
 * @param secrets words of the text, such as a code, that are kept and shown only as dots
 * @param listing whether it is about several reviews: an answer is to the list, not to one of them
 * @param kept what is kept with the mail once it leaves, as its model; empty: what is kept stays
 * @param file goes with the mail; absent: none
 */
public record MailContent(
        @Nullable String personRef,
        String toName,
        String toAddress,
        String subject,
        String text,
        @Nullable String html,
        @Nullable String threadRoot,
        Map<String, String> headers,
        Set<String> secrets,
        boolean listing,
        Map<String, Object> kept,
        @Nullable LetterFile file)
        implements Rendering {

    private static final String DOTS = "••••••••";
    private static final Pattern LINK = Pattern.compile("/([rdum])/[A-Za-z2-7]{40}\\b");

    public MailContent {
        headers = Map.copyOf(headers);
        secrets = Set.copyOf(secrets);
        kept = Map.copyOf(kept);
    }

    /** What a person gets, at the address on file. */
    public static MailContent to(Person person, MailWriter.Parts parts) {
        return to(person.actorRef(), person.name(), person.email(), parts);
    }

    public static MailContent toAddress(String address, MailWriter.Parts parts) {
        return to(null, address, address, parts);
    }

    private static MailContent to(@Nullable String personRef, String name, String address, MailWriter.Parts parts) {
        return new MailContent(
                personRef,
                name,
                address,
                parts.subject(),
                parts.text(),
                parts.html(),
                null,
                Map.of(),
                Set.of(),
                false,
                Map.of(),
                null);
    }

    public MailContent inThread(String root) {
        return with(root, headers, secrets, listing, kept);
    }

    public MailContent with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return with(threadRoot, more, secrets, listing, kept);
    }

    public MailContent important() {
        return with("Importance", "high");
    }

    /** The secret is only visible in the mail itself. */
    public MailContent hiding(String secret) {
        return with(threadRoot, headers, Set.of(secret), listing, kept);
    }

    public MailContent asList() {
        return with(threadRoot, headers, secrets, true, kept);
    }

    /** The model is kept when the mail leaves. */
    public MailContent keeping(Map<String, Object> model) {
        return with(threadRoot, headers, secrets, listing, model);
    }

    public MailContent attaching(LetterFile added) {
        return new MailContent(
                personRef, toName, toAddress, subject, text, html, threadRoot, headers, secrets, listing, kept, added);
    }

    private MailContent with(
            @Nullable String root,
            Map<String, String> newHeaders,
            Set<String> newSecrets,
            boolean list,
            Map<String, Object> model) {
        return new MailContent(
                personRef, toName, toAddress, subject, text, html, root, newHeaders, newSecrets, list, model, file);
    }

    /** The text part to keep and show: nothing in it opens or confirms anything. */
    String maskedText() {
        String masked = LINK.matcher(text).replaceAll("/$1/" + DOTS);
        for (String secret : secrets) {
            masked = masked.replace(secret, DOTS);
        }
        return masked;
    }
}
