package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.mail.health.Absence;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.ReviewEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What is told to whoever has a review: the rungs of the ladder, a refusal, a request to take over, a new link; and who steps in while they are away. */
final class OwnerItems {

    private final Look look;

    OwnerItems(Look look) {
        this.look = look;
    }

    /**
     * What must be told about one review to whoever has it.
     *
     * @param prompts a refusal of a second person, and that a lead asked again
     */
    void of(Review review, List<Notice> notices, List<NoticeDao.Prompt> prompts, List<Draft> items) {
        owner(review, notices).ifPresent(items::add);
        prompts.forEach(prompt -> prompted(review, notices, prompt).ifPresent(items::add));
        asked(review, notices).ifPresent(items::add);
        away(review, notices, items);
        relinks(review, notices, items);
    }

    private Optional<Draft> owner(Review review, List<Notice> notices) {
        Optional<Person> owner = look.calendars().reached(review.ownerId());
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        Person person = owner.get();
        NoticeTimes times = look.calendars().times(person);
        Instant now = look.now();
        Told told = look.told(notices, person);
        Since since = since(review, notices, person.id(), times);
        if (!times.open(now)) {
            return Optional.empty();
        }
        List<Rung> rungs = told.due(come(review, since.assigned(), times, now));
        Optional<Telling> telling = Telling.of(rungs, told, now);
        if (telling.isEmpty() || silent(review, person, telling.get().rung(), times, since)) {
            return Optional.empty();
        }
        Rung top = telling.get().rung();
        boolean first = !since.accepted()
                && notices.stream()
                        .noneMatch(notice -> notice.personId().equals(person.id())
                                && notice.topic().whom() != Topic.Whom.BACKUP);
        Instant setOffAt = top.topic() == Topic.ASSIGNED ? since.setOffAt() : Instant.MIN;
        return Optional.of(new Draft(review, person.id(), top, telling.get().lower(), first, setOffAt));
    }

    /** True if paused, if the owner took it themselves, or if their receipt for reopening it already says it. */
    private boolean silent(Review review, Person owner, Rung top, NoticeTimes times, Since since) {
        return paused(review, top, times, look.now())
                || (since.accepted() && top.topic() == Topic.ASSIGNED)
                || (top.topic().repeats() && whileAttested(review, owner, top));
    }

    private boolean whileAttested(Review review, Person owner, Rung rung) {
        return look.reopenings().getOrDefault(review.id(), List.of()).stream()
                .anyMatch(again -> again.actorRef().equals(owner.actorRef())
                        && !rung.at().isBefore(again.attestedAt())
                        && !rung.at().isAfter(again.reopenedAt()));
    }

    /** Leaves out the overdue rung while the review is not overdue. */
    private static List<Rung> come(Review review, Rung assigned, NoticeTimes times, Instant now) {
        ReviewDates dates = review.dates();
        return counted(review, Ladder.ofOwner(assigned, dates.dueOn(), dates.zone(), times, now)).stream()
                .filter(rung -> review.overdueAt(now) || rung.topic() != Topic.OVERDUE)
                .toList();
    }

    /** From an extension on, the rungs of the earlier due date no longer count. */
    static List<Rung> counted(Review review, List<Rung> rungs) {
        Instant extendedAt = review.handling().extendedAt();
        return extendedAt == null
                ? rungs
                : Ladder.since(extendedAt, review.dates().dueOn(), rungs);
    }

    /**
     * How the review became the owner's.
     *
     * @param assigned from when they may be told
     * @param setOffAt when a person set that off
     * @param accepted whether they said themselves that they take it
     */
    private record Since(Rung assigned, Instant setOffAt, boolean accepted) {}

    private Since since(Review review, List<Notice> notices, UUID personId, NoticeTimes times) {
        Instant openedAt = Objects.requireNonNullElse(review.opening().openedAt(), look.now());
        Optional<ReviewEvent> last = Optional.ofNullable(look.given().get(review.id()));
        Instant since = last.map(ReviewEvent::happenedAt).orElse(openedAt);
        boolean byPerson =
                last.filter(event -> !event.channel().equals("system")).isPresent();
        Instant at = Ladder.morning(since, times);
        // who had it before, gave it away and has it again is told again
        boolean again = notices.stream()
                .anyMatch(notice -> notice.topic() == Topic.ASSIGNED
                        && notice.personId().equals(personId)
                        && notice.createdAt().isBefore(since));
        Rung assigned = again ? Rung.since(Topic.ASSIGNED, since, at) : Rung.of(Topic.ASSIGNED, at);
        boolean accepted = last.filter(event -> event.eventType().equals("delegation-accepted"))
                .isPresent();
        return new Since(assigned, byPerson ? since : Instant.MIN, accepted);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** An acknowledgement holds until the working day before the due date, a snooze until its day. */
    static boolean paused(Review review, Rung rung, NoticeTimes times, Instant now) {
        Instant acknowledgedAt = review.handling().acknowledgedAt();
        boolean acknowledged = acknowledgedAt != null
                && (now.isBefore(Ladder.lastCall(times, review.dates().dueOn()))
                        || !rung.at().isAfter(acknowledgedAt));
        LocalDate until = review.handling().snoozedUntil();
        boolean snoozed = until != null && now.isBefore(LocalTimes.startOf(until, times.zone()));
        return acknowledged || snoozed;
    }

    /** The owner hears that the attestation was not accepted, until then nothing else says that it waits again; or a lead asks again. */
    private Optional<Draft> prompted(Review review, List<Notice> notices, NoticeDao.Prompt prompt) {
        Optional<Person> owner = look.calendars().reached(review.ownerId());
        ReviewEvent given = look.given().get(review.id());
        boolean theirs =
                prompt.refusal() || given == null || !given.happenedAt().isAfter(prompt.happenedAt());
        if (owner.isEmpty() || !theirs) {
            return Optional.empty();
        }
        NoticeTimes times = look.calendars().times(owner.get());
        Instant at = prompt.happenedAt();
        Topic topic = prompt.refusal() ? Topic.REFUSED : Topic.REMINDED;
        Rung rung = Rung.since(topic, at, Ladder.morning(at, times));
        return look.ready(owner.get(), rung, notices)
                .map(due -> new Draft(review, owner.get().id(), due, List.of(), false, at));
    }

    private Optional<Draft> asked(Review review, List<Notice> notices) {
        Instant delegatedAt = review.handling().delegatedAt();
        Optional<Person> person = look.calendars().reached(review.handling().delegatedTo());
        if (delegatedAt == null || person.isEmpty()) {
            return Optional.empty();
        }
        NoticeTimes times = look.calendars().times(person.get());
        Rung rung = Rung.since(Topic.ASKED, delegatedAt, Ladder.morning(delegatedAt, times));
        return look.ready(person.get(), rung, notices)
                .map(due -> new Draft(review, person.get().id(), due, List.of(), true, delegatedAt));
    }

    /** While the owner is away, the backup owner also hears the next reminder, once for each absence. */
    private void away(Review review, List<Notice> notices, List<Draft> items) {
        Absence absence = look.away().get(review.ownerId());
        Optional<Person> owner = look.calendars().active(review.ownerId());
        if (absence == null || owner.isEmpty()) {
            return;
        }
        NoticeTimes theirs = look.calendars().times(owner.get());
        Optional<Person> backup = look.calendars()
                .reached(look.asset(review).backupId())
                .filter(person -> !person.id().equals(review.ownerId()));
        if (backup.isEmpty() || !absence.covers(LocalTimes.dayOf(look.now(), theirs.zone()))) {
            return;
        }
        Since since = since(review, notices, owner.get().id(), theirs);
        List<Rung> rungs = come(review, since.assigned(), theirs, look.now());
        Optional<Rung> next = rungs.stream()
                .filter(rung -> rung.topic().repeats() && rung.at().isAfter(absence.notedAt()))
                .filter(rung -> !paused(review, rung, theirs, latest(look.now(), rung.at())))
                .findFirst();
        if (next.isPresent()) {
            NoticeTimes times = look.calendars().times(backup.get());
            Rung rung = Rung.since(
                    Topic.AWAY, absence.notedAt(), Ladder.morning(next.get().at(), times));
            look.ready(backup.get(), rung, notices)
                    .map(due -> new Draft(review, backup.get().id(), due, List.of(), true, look.setOff(review, rung)))
                    .ifPresent(items::add);
        }
    }

    private void relinks(Review review, List<Notice> notices, List<Draft> items) {
        for (Notice notice : notices) {
            if (notice.topic() == Topic.RELINK && (notice.open() || notice.cameBack())) {
                Rung rung = new Rung(notice.rung(), Topic.RELINK, notice.plannedAt());
                look.calendars()
                        .reached(notice.personId())
                        .flatMap(person -> look.ready(person, rung, notices))
                        .map(due -> new Draft(review, notice.personId(), due, List.of(), false, Instant.MIN))
                        .ifPresent(items::add);
            }
        }
    }
}
