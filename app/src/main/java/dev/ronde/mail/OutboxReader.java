package dev.ronde.mail;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Shows what is in the outbox. What waits is rendered as it would be sent now; what was sent is shown as it was. Links
 * open something only where no mail server is configured, because then this page is the only way to them.
 */
public record OutboxReader(Database database, MailKinds kinds, People people, boolean linksOpen, InstantSource clock) {
    /** The newest mails first.
     *
     * @param state the word of their state, which need be none that a mail has; null for all
     * @param links whether this reader may see working links where there are any
     * @param words name what a mail would have been about that nothing can be shown of */
    PageOf<MailView> list(
            @Nullable String state,
            @Nullable UUID personId,
            int limit,
            Optional<Cursor> after,
            boolean links,
            ReaderWords words) {
        Instant beforeAt = after.map(cursor -> cursor.instant(0)).orElse(null);
        UUID beforeId = after.map(cursor -> cursor.uuid(1)).orElse(null);
        return database.inTransaction(tx -> {
            OutboxDao dao = tx.attach(OutboxDao.class);
            List<OutboxMail> rows = dao.list(state, personId, beforeAt, beforeId, limit + 1);
            long count = dao.countListed(state, personId);
            return PageOf.of(rows, limit, count, mail -> Cursor.of(mail.createdAt(), mail.id()))
                    .map(mail -> view(tx, mail, links, words));
        });
    }

    /** One mail.
     *
     * @throws Problem 404 where there is none, or where it is not of the person who may see only their own */
    MailView get(UUID id, @Nullable UUID onlyOf, boolean links, ReaderWords words) {
        return database.inTransaction(tx -> tx.attach(OutboxDao.class)
                .find(id)
                .filter(mail -> onlyOf == null || onlyOf.equals(mail.personId()))
                .map(mail -> view(tx, mail, links, words))
                .orElseThrow(() -> Problem.notFound("mail", id)));
    }

    List<Attempt> attempts(UUID id) {
        return database.read(handle -> handle.attach(OutboxDao.class).listAttempts(id));
    }

    Optional<UUID> person(String email) {
        return database.read(handle -> people.findByEmail(handle, email)).map(Person::id);
    }

    private MailView view(Handle tx, OutboxMail mail, boolean links, ReaderWords words) {
        Optional<Person> person = Optional.ofNullable(mail.personId()).flatMap(id -> people.find(tx, id));
        String to = mail.toAddress() != null
                ? mail.toAddress()
                : person.map(Person::email).orElse("");
        String subject = mail.subject() == null ? "" : mail.subject();
        String text = mail.bodyText() == null ? "" : mail.bodyText();
        String reason = mail.reason();
        if (mail.bodyText() == null && !mail.state().settled()) {
            try {
                Rendering now = kinds.get(mail.kind()).render(tx, mail, clock.instant());
                if (now instanceof MailContent content) {
                    subject = CleanText.line(content.subject());
                    text = links && linksOpen ? content.text() : content.maskedText();
                } else if (now instanceof Rendering.Gone gone) {
                    reason = gone.reason();
                }
            } catch (IllegalArgumentException | IllegalStateException e) {
                reason = MailReason.UNREADABLE.with(String.valueOf(e.getMessage()));
            }
        }
        return new MailView(
                mail.id(),
                mail.state().word(),
                mail.kind(),
                mail.about(),
                to,
                person.map(Person::name).orElse(""),
                subject.isBlank() ? topic(mail, words) : subject,
                text,
                MailReason.sentence(reason, words),
                mail.createdAt(),
                mail.notBefore(),
                mail.sentAt(),
                mail.attempts(),
                mail.phase(),
                mail.smtpCode(),
                mail.enhancedCode(),
                mail.answer(),
                mail.messageId(),
                mail.version());
    }

    private static String topic(OutboxMail mail, ReaderWords words) {
        String key = "mail.kind." + mail.kind();
        return words.messages().has(key) ? words.text("mail.topic", words.text(key), mail.about()) : mail.about();
    }
}
