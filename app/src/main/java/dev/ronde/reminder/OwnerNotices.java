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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What is told of a waiting review to whoever has it: the steps of the ladder, a refusal, a request to take over, a new link; and to who steps in while they are away. */
record OwnerNotices(World world, ReviewFacts facts, Instant now) {

    List<Notice> all() {
        List<Notice> all = new ArrayList<>(owner());
        facts.prompts().forEach(prompt -> prompted(prompt).ifPresent(all::add));
        asked().ifPresent(all::add);
        away().ifPresent(all::add);
        all.addAll(relinks());
        return all;
    }

    private List<Notice> owner() {
        Person owner = people().reached(review().ownerId()).orElse(null);
        if (owner == null) {
            return List.of();
        }
        NoticeTimes times = people().times(owner);
        Since since = since(owner, times);
        return come(since.assigned(), times).stream()
                .filter(step -> !paused(review(), step, times, now))
                .filter(step -> !since.accepted() || step.topic() != Topic.ASSIGNED)
                .map(step -> facts.notice(step, owner))
                .toList();
    }

    /** Leaves out the overdue steps while the review is not overdue. */
    private List<Step> come(Step assigned, NoticeTimes times) {
        ReviewDates dates = review().dates();
        return counted(review(), Ladder.ofOwner(assigned, dates.dueOn(), dates.zone(), times, now)).stream()
                .filter(step -> review().overdueAt(now) || step.topic() != Topic.OVERDUE)
                .toList();
    }

    /** From an extension on, the steps of the earlier due date no longer count. */
    static List<Step> counted(Review review, List<Step> steps) {
        Instant extendedAt = review.handling().extendedAt();
        return extendedAt == null
                ? steps
                : Ladder.since(extendedAt, review.dates().dueOn(), steps);
    }

    /** How the review became the owner's. */
    private record Since(Step assigned, boolean accepted) {}

    private Since since(Person owner, NoticeTimes times) {
        Optional<ReviewEvent> last = Optional.ofNullable(facts.given());
        Instant since = last.map(ReviewEvent::happenedAt)
                .orElseGet(() -> Objects.requireNonNullElse(review().opening().openedAt(), now));
        Instant at = Ladder.morning(since, times);
        // who had it before, gave it away and has it again is told again
        boolean again = rows().stream()
                .anyMatch(row -> row.topic() == Topic.ASSIGNED
                        && row.personId().equals(owner.id())
                        && row.createdAt().isBefore(since));
        Step assigned = again ? Step.since(Topic.ASSIGNED, since, at) : Step.of(Topic.ASSIGNED, at);
        boolean accepted = last.filter(event -> event.eventType().equals("delegation-accepted"))
                .isPresent();
        return new Since(assigned, accepted);
    }

    /** An acknowledgement holds until the working day before the due date, a snooze until its day. */
    static boolean paused(Review review, Step step, NoticeTimes times, Instant now) {
        Instant acknowledgedAt = review.handling().acknowledgedAt();
        boolean acknowledged = acknowledgedAt != null
                && (now.isBefore(Ladder.lastCall(times, review.dates().dueOn()))
                        || !step.at().isAfter(acknowledgedAt));
        LocalDate until = review.handling().snoozedUntil();
        boolean snoozed = until != null && now.isBefore(LocalTimes.startOf(until, times.zone()));
        return acknowledged || snoozed;
    }

    /** The owner hears that the attestation was not accepted, until then nothing else says that it waits again; or a lead asks again. */
    private Optional<Notice> prompted(NoticeDao.Prompt prompt) {
        Instant at = prompt.happenedAt();
        boolean theirs = prompt.refusal()
                || facts.given() == null
                || !facts.given().happenedAt().isAfter(at);
        Topic topic = prompt.refusal() ? Topic.REFUSED : Topic.REMINDED;
        return people().reached(review().ownerId())
                .filter(owner -> theirs)
                .map(owner -> sinceMorning(topic, at, owner));
    }

    private Optional<Notice> asked() {
        Instant at = review().handling().delegatedAt();
        return at == null
                ? Optional.empty()
                : people().reached(review().handling().delegatedTo())
                        .map(person -> sinceMorning(Topic.ASKED, at, person));
    }

    private Notice sinceMorning(Topic topic, Instant setOffAt, Person person) {
        Instant at = Ladder.morning(setOffAt, people().times(person));
        return facts.notice(Step.since(topic, setOffAt, at), person);
    }

    /** While the owner is away, the backup owner also hears the next reminder, once for each absence. */
    private Optional<Notice> away() {
        Absence absence = facts.away();
        Person owner = people().active(review().ownerId()).orElse(null);
        if (absence == null || owner == null) {
            return Optional.empty();
        }
        NoticeTimes theirs = people().times(owner);
        Person backup = people().reached(world.backup(review().assetId()))
                .filter(person -> !person.id().equals(owner.id()))
                .orElse(null);
        if (backup == null || !absence.covers(LocalTimes.dayOf(now, theirs.zone()))) {
            return Optional.empty();
        }
        return come(since(owner, theirs).assigned(), theirs).stream()
                .filter(step -> step.topic().repeats() && step.at().isAfter(absence.notedAt()))
                .filter(step -> !paused(review(), step, theirs, step.at().isAfter(now) ? step.at() : now))
                .findFirst()
                .map(next -> Ladder.morning(next.at(), people().times(backup)))
                .map(at -> Step.since(Topic.AWAY, absence.notedAt(), at))
                .map(step -> facts.notice(step, backup));
    }

    private List<Notice> relinks() {
        List<Notice> relinks = new ArrayList<>();
        for (NoticeRow row : rows()) {
            if (row.topic() == Topic.RELINK && !row.occasion().again()) {
                people().reached(row.personId())
                        .map(person -> facts.notice(new Step(Topic.RELINK, row.occasion(), row.plannedAt()), person))
                        .ifPresent(relinks::add);
            }
        }
        return relinks;
    }

    private Review review() {
        return facts.review();
    }

    private List<NoticeRow> rows() {
        return world.rows(review().id());
    }

    private Directory people() {
        return world.people();
    }
}
