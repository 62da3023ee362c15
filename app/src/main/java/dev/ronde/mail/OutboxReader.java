package dev.ronde.mail;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Shows what is in the outbox. What waits is rendered as it would be sent now; what was sent is shown as it was. Links
 * open something only where no mail server is configured, because then this page is the only way to them.
 */
public record OutboxReader(Database database, MailKinds kinds, People people, boolean linksOpen, InstantSource clock) {
    /** The newest mails first, of what waits only what its row says.
     *
     * @param state the word of their state, which need be none that a mail has; null for all
     * @param words name what a mail would have been about that nothing can be shown of */
    PageOf<MailView> list(
            @Nullable String state, @Nullable UUID personId, int limit, Optional<Cursor> after, ReaderWords words) {
        Instant beforeAt = after.map(cursor -> cursor.instant(0)).orElse(null);
        UUID beforeId = after.map(cursor -> cursor.uuid(1)).orElse(null);
        return database.read(handle -> {
            OutboxDao dao = handle.attach(OutboxDao.class);
            List<OutboxMail> rows = dao.list(state, personId, beforeAt, beforeId, limit + 1);
            long count = dao.countListed(state, personId);
            Map<UUID, Person> known = new HashMap<>();
            Batches.of(rows.stream()
                            .flatMap(mail -> Stream.ofNullable(mail.personId()))
                            .distinct()
                            .toList())
                    .forEach(some -> known.putAll(people.byIds(handle, some)));
            return PageOf.of(rows, limit, count, mail -> Cursor.of(mail.createdAt(), mail.id()))
                    .map(mail -> view(mail, Optional.ofNullable(mail.personId()).map(known::get), stored(mail), words));
        });
    }

    /** The mails with what waits as it would be sent now.
     *
     * @param links whether this reader may see working links where there are any */
    List<MailView> rendered(List<MailView> mails, boolean links, ReaderWords words) {
        return database.inTransaction(tx -> mails.stream()
                .map(mail -> tx.attach(OutboxDao.class)
                        .find(mail.id())
                        .map(stored -> rendered(tx, stored, links, words))
                        .orElse(mail))
                .toList());
    }

    /** One mail.
     *
     * @throws Problem 404 where there is none, or where it is not of the person who may see only their own */
    MailView get(UUID id, @Nullable UUID onlyOf, boolean links, ReaderWords words) {
        return database.inTransaction(tx -> tx.attach(OutboxDao.class)
                .find(id)
                .filter(mail -> onlyOf == null || onlyOf.equals(mail.personId()))
                .map(mail -> rendered(tx, mail, links, words))
                .orElseThrow(() -> Problem.notFound("mail", id)));
    }

    List<Attempt> attempts(UUID id) {
        return database.read(handle -> handle.attach(OutboxDao.class).listAttempts(id));
    }

    Optional<UUID> person(String email) {
        return database.read(handle -> people.findByEmail(handle, email)).map(Person::id);
    }

    private record Written(
            String subject, String text, @Nullable String reason) {}

    private static Written stored(OutboxMail mail) {
        return new Written(
                Objects.requireNonNullElse(mail.subject(), ""),
                Objects.requireNonNullElse(mail.bodyText(), ""),
                mail.reason());
    }

    private Written written(Handle tx, OutboxMail mail, boolean links) {
        Written stored = stored(mail);
        if (mail.bodyText() != null || mail.state().settled()) {
            return stored;
        }
        try {
            Rendering now = kinds.get(mail.kind()).render(tx, mail, clock.instant());
            if (now instanceof MailContent content) {
                String text = links && linksOpen ? content.text() : content.maskedText();
                return new Written(CleanText.line(content.subject()), text, mail.reason());
            }
            return now instanceof Rendering.Gone gone
                    ? new Written(stored.subject(), stored.text(), gone.reason())
                    : stored;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return new Written(
                    stored.subject(), stored.text(), MailReason.UNREADABLE.with(String.valueOf(e.getMessage())));
        }
    }

    private MailView rendered(Handle tx, OutboxMail mail, boolean links, ReaderWords words) {
        Optional<Person> person = Optional.ofNullable(mail.personId()).flatMap(id -> people.find(tx, id));
        return view(mail, person, written(tx, mail, links), words);
    }

    private static MailView view(OutboxMail mail, Optional<Person> person, Written written, ReaderWords words) {
        String to = mail.toAddress() != null
                ? mail.toAddress()
                : person.map(Person::email).orElse("");
        return new MailView(
                mail.id(),
                mail.state().word(),
                mail.kind(),
                mail.about(),
                to,
                person.map(Person::name).orElse(""),
                written.subject().isBlank() ? topic(mail, words) : written.subject(),
                written.text(),
                MailReason.sentence(written.reason(), words),
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
