package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailState;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.review.Review;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A mail about one review: assignment, reminder, escalation, request to take over, decision for the lead, refusal. */
final class ReviewMail implements MailKind {
    /** The names this class serves. */
    static final List<String> NAMES =
            List.of("assignment", "reminder", "escalation", "delegation", "decision", "refusal");

    private final String name;
    private final Duties duties;
    private final People people;
    private final ReviewModels models;
    private final MailWriter writer;
    private final MailAddresses addresses;

    ReviewMail(
            String name,
            Duties duties,
            People people,
            ReviewModels models,
            MailWriter writer,
            MailAddresses addresses) {
        this.name = name;
        this.duties = duties;
        this.people = people;
        this.models = models;
        this.writer = writer;
        this.addresses = addresses;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        List<Notice> notices = tx.attach(NoticeDao.class).listByMail(mail.id());
        if (notices.isEmpty()) {
            return Rendering.superseded(MailReason.TOLD_ELSEWHERE);
        }
        Notice notice = notices.get(0);
        Review review = duties.reviews().find(tx, notice.subjectId()).orElseThrow();
        Calendars calendars = new Calendars(tx, people, now);
        Optional<Rendering.Gone> gone = duties.gone(tx, calendars, notice, review, person, now);
        if (gone.isPresent()) {
            return gone.get();
        }
        Map<String, Object> model = models.of(
                tx, models.read(tx, calendars, List.of(review), person.language()), review, person, notice, now);
        MailWriter.Parts parts = writer.write(name, person.language(), model);
        MailContent content = MailContent.to(person, parts)
                .inThread(addresses.threadRoot(review.id(), person.id()))
                .keeping(Map.of(ReviewModels.SHOWN, ReviewModels.shown(review, model)));
        return review.overdueAt(now) ? content.important() : content;
    }

    @Override
    public void settled(Handle tx, OutboxMail mail, MailState state, Instant at) {
        tx.attach(NoticeDao.class).settle(mail.id(), state.word(), mail.reason(), at);
    }

    @Override
    public boolean collapse(Handle tx, OutboxMail mail, Instant now) {
        return tx.attach(NoticeDao.class).planAgain(mail.id()) > 0;
    }
}
