package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.mail.CalendarMode;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.ReplyAddresses;
import dev.ronde.mail.smtp.Letter;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.review.Review;
import dev.ronde.review.calendar.DueEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Invitations to due dates (RFC 5546): an assignment puts the date into its owner's calendar; whatever ends the duty takes it out again,
 * and what brings it back or moves it says so. A receipt tells it along; where none goes to the invited, a mail of its own does.
 */
public final class Invitations implements Tick {
    private static final Duration LOOKED_BACK = Duration.ofDays(400);
    private static final Duration RECEIPT_FIRST = Duration.ofMinutes(1);
    private static final int AT_ONCE = 500;

    private final Database database;
    private final Outbox outbox;
    private final MailAddresses addresses;
    private final ReplyAddresses replies;
    private final MailWriter writer;
    private final CalendarMode mode;

    Invitations(
            Database database,
            Outbox outbox,
            MailAddresses addresses,
            ReplyAddresses replies,
            MailWriter writer,
            CalendarMode mode) {
        this.database = database;
        this.outbox = outbox;
        this.addresses = addresses;
        this.replies = replies;
        this.writer = writer;
        this.mode = mode;
    }

    @Override
    public String name() {
        return "invitations";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public int run(Instant now) {
        if (mode != CalendarMode.INVITE) {
            return 0;
        }
        return database.inTransaction(tx -> {
            int queued = 0;
            for (InvitationDao.Stale stale :
                    tx.attach(InvitationDao.class).listStale(now.minus(LOOKED_BACK), AT_ONCE)) {
                String key = "invitation:" + stale.reviewId() + ":" + stale.personId() + ":" + stale.version();
                NewMail mail = NewMail.toPerson(
                        key,
                        InvitationMail.NAME,
                        MailClass.NOTICE,
                        stale.reviewId(),
                        "REV-" + stale.reviewNumber(),
                        stale.personId(),
                        Map.of("expected", stale.expected()),
                        now.plus(RECEIPT_FIRST));
                queued += outbox.enqueue(tx, mail).isPresent() ? 1 : 0;
            }
            return queued;
        });
    }

    /** What goes with an assignment: nothing, a file, or an invitation. */
    Optional<Letter.Enclosure> first(Handle tx, Review review, Person owner, Map<String, Object> model, Instant now) {
        return switch (mode) {
            case NONE -> Optional.empty();
            case ATTACH ->
                Optional.of(Letter.Enclosure.file(
                        review.ref() + ".ics",
                        DueEvent.TYPE,
                        DueEvent.of(review, addresses.base(), summary(owner, model), now)));
            case INVITE -> Optional.of(invitation(tx, review, owner, summary(owner, model), DueEvent.REQUEST, now));
        };
    }

    /** What the person's calendar has to be told now; empty where it shows what is so, or never showed it. */
    public Optional<Letter.Enclosure> later(
            Handle tx, Review review, Person person, Map<String, Object> model, Instant now) {
        return mode == CalendarMode.INVITE
                ? stale(tx, review, person.id(), now)
                        .map(method -> invitation(tx, review, person, summary(person, model), method, now))
                : Optional.empty();
    }

    /** The event has one title in every mail. */
    private String summary(Person person, Map<String, Object> model) {
        return writer.subject(ReviewMail.ASSIGNMENT, person.language(), model);
    }

    /** The method of the message that is due. */
    private static Optional<String> stale(Handle handle, Review review, UUID personId, Instant now) {
        boolean expected = expected(review, personId, now);
        return handle.attach(InvitationDao.class)
                .find(review.id(), personId)
                .filter(told -> told.takenOff() == expected
                        || (expected && !told.dueOn().equals(review.dates().dueOn())))
                .map(told -> expected ? DueEvent.REQUEST : DueEvent.CANCEL);
    }

    static boolean expected(Review review, UUID personId, Instant now) {
        return review.stateAt(now).waiting() && personId.equals(review.ownerId());
    }

    /** Notes that a mail left that told it again, to somebody who had been invited.
     *
     * @param expected whether it put the date into the calendar; otherwise it took it out */
    public void toldAgain(Handle tx, Review review, UUID personId, boolean expected, Instant at) {
        tx.attach(InvitationDao.class)
                .update(new InvitationDao.Told(
                        review.id(), personId, review.dates().dueOn(), !expected, at));
    }

    /** Notes that an assignment left, with its invitation. */
    void told(Handle tx, Review review, UUID personId, Instant at) {
        if (mode != CalendarMode.INVITE) {
            return;
        }
        InvitationDao dao = tx.attach(InvitationDao.class);
        InvitationDao.Told told =
                new InvitationDao.Told(review.id(), personId, review.dates().dueOn(), false, at);
        if (dao.update(told) == 0) {
            dao.insert(told);
        }
    }

    private Letter.Enclosure invitation(
            Handle tx, Review review, Person person, String summary, String method, Instant now) {
        String organizer = replies.of(tx, review.id(), person.id(), now);
        return Letter.Enclosure.invitation(
                method,
                DueEvent.invitation(
                        review,
                        addresses.base(),
                        summary,
                        new DueEvent.Parties(method, organizer, person.name(), person.email()),
                        now));
    }
}
