package dev.ronde.mail;

import dev.ronde.account.Person;
import dev.ronde.mail.smtp.Letter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says.
 *
 * @param personRef the reference of the person in evidence; absent for a bare address
 * @param html absent for a mail that is text only
 * @param threadRoot the id, with angle brackets, of the conversation it belongs to; absent: none
 * @param headers further headers beside those every mail has
 * @param secrets words of the text, such as a code, that are kept and shown only as dots
 * @param enclosed a file that goes with it
 * @param listing whether it is about several reviews: an answer is to the list, not to one of them
 * @param kept what is kept with the mail once it leaves, as its model; empty: what is kept stays
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
        Letter.@Nullable Enclosure enclosed,
        boolean listing,
        Map<String, Object> kept)
        implements Rendering {

    public MailContent {
        headers = Map.copyOf(headers);
        secrets = Set.copyOf(secrets);
        kept = Map.copyOf(kept);
    }

    /** What a person gets, at the address on file. */
    public static MailContent to(Person person, MailWriter.Parts parts) {
        return of(person.actorRef(), person.name(), person.email(), parts);
    }

    /** What a bare address gets. */
    public static MailContent toAddress(String address, MailWriter.Parts parts) {
        return of(null, address, address, parts);
    }

    private static MailContent of(@Nullable String personRef, String name, String address, MailWriter.Parts parts) {
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
                null,
                false,
                Map.of());
    }

    /** The same in the conversation that starts with this id. */
    public MailContent inThread(String root) {
        return new MailContent(
                personRef, toName, toAddress, subject, text, html, root, headers, secrets, enclosed, listing, kept);
    }

    /** The same with one more header. */
    public MailContent with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new MailContent(
                personRef, toName, toAddress, subject, text, html, threadRoot, more, secrets, enclosed, listing, kept);
    }

    /** The same, marked in mail programs as one that should not wait. */
    public MailContent important() {
        return with("Importance", "high");
    }

    /** The same with a word that only the mail itself shows. */
    public MailContent hiding(String secret) {
        return new MailContent(
                personRef,
                toName,
                toAddress,
                subject,
                text,
                html,
                threadRoot,
                headers,
                Set.of(secret),
                enclosed,
                listing,
                kept);
    }

    /** The same with a file. */
    public MailContent enclosing(Letter.Enclosure file) {
        return new MailContent(
                personRef, toName, toAddress, subject, text, html, threadRoot, headers, secrets, file, listing, kept);
    }

    /** The same as a list, which is answered as such. */
    public MailContent asList() {
        return new MailContent(
                personRef, toName, toAddress, subject, text, html, threadRoot, headers, secrets, enclosed, true, kept);
    }

    /** The same, with which this is kept when it leaves. */
    public MailContent keeping(Map<String, Object> model) {
        return new MailContent(
                personRef,
                toName,
                toAddress,
                subject,
                text,
                html,
                threadRoot,
                headers,
                secrets,
                enclosed,
                listing,
                model);
    }

    /** The text part as it may be kept and shown: nothing in it opens or confirms anything. */
    String maskedText() {
        String masked = HandleMask.mask(text);
        for (String secret : secrets) {
            masked = masked.replace(secret, HandleMask.DOTS);
        }
        return masked;
    }
}
