package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.mail.health.Health;
import dev.ronde.mail.health.HealthState;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What is told to others than the owner: who steps in, one level up, and the leads who must decide. */
final class EscalationItems {
    private final Look look;

    EscalationItems(Look look) {
        this.look = look;
    }

    void of(Review review, List<Notice> notices, List<Draft> items) {
        unreached(review, notices, items);
        unasked(review, notices, items);
        decisions(review, notices, items);
        if (!look.now().isBefore(review.dates().overdueAt())) {
            escalations(review, notices, items);
        }
    }

    /** A bounce goes to the backup owner at once, else to the leads; the leads also hear once mailing stops. */
    private void unreached(Review review, List<Notice> notices, List<Draft> items) {
        Health trouble = look.calendars().trouble(review.ownerId()).orElse(null);
        if (trouble == null) {
            return;
        }
        Instant since = Optional.ofNullable(trouble.firstHardAt())
                .or(() -> Optional.ofNullable(trouble.lastSoftAt()))
                .orElse(look.now());
        Optional<Person> backup = look.calendars()
                .reached(look.asset(review).backupId())
                .filter(person -> !person.id().equals(review.ownerId()));
        boolean unreachable = trouble.state() == HealthState.UNREACHABLE;
        List<Person> told = backup.map(List::of).orElse(unreachable ? List.of() : look.leads());
        Topic topic = backup.isPresent() ? Topic.UNREACHED : Topic.UNREACHED_LEAD;
        told.forEach(person -> comesBack(review, notices, person, topic, since, items));
        if (unreachable) {
            look.leads().stream()
                    .filter(lead -> !lead.id().equals(review.ownerId()))
                    .forEach(lead -> comesBack(review, notices, lead, Topic.UNREACHABLE, since, items));
        }
    }

    static boolean unasked(Notice notice, @Nullable Instant delegatedAt) {
        return delegatedAt != null
                && Rung.itself(notice.rung())
                        .equals(Rung.since(Topic.UNASKED, delegatedAt, delegatedAt)
                                .key());
    }

    /** Mail to the person asked to take over was not sent or bounced, so the duty stays where it was. */
    private void unasked(Review review, List<Notice> notices, List<Draft> items) {
        Instant at = review.handling().delegatedAt();
        Optional<Person> asked = look.calendars().active(review.handling().delegatedTo());
        if (at == null || asked.isEmpty()) {
            return;
        }
        UUID backup = look.asset(review).backupId();
        String key = Rung.since(Topic.ASKED, at, at).key();
        List<Notice> requests = notices.stream()
                .filter(notice -> Rung.itself(notice.rung()).equals(key))
                .toList();
        look.calendars().readers(asked.get().id(), backup, requests).stream()
                .filter(person -> !person.id().equals(asked.get().id()))
                .forEach(person -> comesBack(review, notices, person, Topic.UNASKED, at, items));
    }

    private void comesBack(
            Review review, List<Notice> notices, Person person, Topic topic, Instant since, List<Draft> items) {
        NoticeTimes times = look.calendars().times(person);
        Rung rung = Rung.since(topic, since, Ladder.morning(since, times));
        look.ready(person, rung, notices)
                .map(due -> new Draft(review, person.id(), due, List.of(), true, look.setOff(review, rung)))
                .ifPresent(items::add);
    }

    /** Leads hear at once what they must decide, and again every week while it is undecided. */
    private void decisions(Review review, List<Notice> notices, List<Draft> items) {
        problem(review, notices, items);
        decision(review, notices, Topic.NOT_MINE, review.handling().notMineAt(), items);
        decision(review, notices, Topic.TIME_ASKED, review.handling().timeAskedAt(), items);
        Instant openedAt = review.opening().openedAt();
        if (openedAt != null && look.calendars().active(review.ownerId()).isEmpty()) {
            noOwner(review, notices, openedAt, items);
        }
    }

    /** Also covers a problem on a missed review. */
    void problem(Review review, List<Notice> notices, List<Draft> items) {
        decision(review, notices, Topic.PROBLEM, review.handling().problemAt(), items);
    }

    private void decision(Review review, List<Notice> notices, Topic topic, @Nullable Instant at, List<Draft> items) {
        if (at == null) {
            return;
        }
        for (Person lead : look.leads()) {
            NoticeTimes times = look.calendars().times(lead);
            List<Rung> rungs = Ladder.weekly(topic, at, times, look.now());
            decision(review, notices, lead, rungs, at, items);
        }
    }

    private void noOwner(Review review, List<Notice> notices, Instant openedAt, List<Draft> items) {
        Instant setOffAt = look.setOff(review);
        for (Person lead : look.leads()) {
            NoticeTimes times = look.calendars().times(lead);
            List<Rung> rungs = Ladder.unowned(review, openedAt, times, look.now());
            decision(review, notices, lead, rungs, setOffAt, items);
        }
    }

    /** @param setOffAt when a person set off the first of the rungs */
    private void decision(
            Review review, List<Notice> notices, Person asked, List<Rung> rungs, Instant setOffAt, List<Draft> items) {
        if (look.calendars().times(asked).open(look.now())) {
            Telling.of(rungs, look.told(notices, asked), look.now())
                    .map(telling -> new Draft(
                            review,
                            asked.id(),
                            telling.rung(),
                            telling.lower(),
                            true,
                            telling.rung().equals(rungs.get(0)) ? setOffAt : look.setOff(review, telling.rung())))
                    .ifPresent(items::add);
        }
    }

    /** The permitted people whom mail reaches, else the reachable administrators who had no part in the review. */
    static List<Person> secondPeople(Handle handle, Reviews reviews, Calendars calendars, Review review) {
        List<Person> able = reviews.secondPeople(handle, review);
        List<Person> reached = able.stream().filter(calendars::tries).toList();
        return reached.isEmpty()
                ? calendars.admins().stream()
                        .filter(admin -> !reviews.hadPart(handle, review, admin.actorRef()))
                        .toList()
                : reached;
    }

    /** Asks those who may be the second person of a review, and again every week while it waits. */
    void approvals(Review review, List<Notice> notices, List<Draft> items) {
        Instant at = review.attestation().recordedAt();
        if (at == null) {
            return;
        }
        for (Person asked : secondPeople(look.handle(), look.reviews(), look.calendars(), review)) {
            NoticeTimes times = look.calendars().times(asked);
            List<Rung> rungs = Ladder.weekly(Topic.APPROVAL, at, times, look.now());
            decision(review, notices, asked, rungs, at, items);
        }
    }

    /** Tells each person their highest rung that has come; what mail cannot bring goes to the leads the same day. */
    private void escalations(Review review, List<Notice> notices, List<Draft> items) {
        Asset asset = look.asset(review);
        Map<UUID, List<Rung>> rungs = new LinkedHashMap<>();
        escalation(review, notices, Topic.BACKUP, asset.backupId(), rungs);
        escalation(review, notices, Topic.MANAGER, asset.managerId(), rungs);
        leads(review).forEach(lead -> climbs(lead, rungs(review, Topic.LEAD, lead).stream(), rungs));
        rungs.forEach((id, climbing) ->
                look.calendars().find(id).ifPresent(person -> escalation(review, notices, person, climbing, items)));
    }

    private List<Person> leads(Review review) {
        return look.leads().stream()
                .filter(lead -> !lead.id().equals(review.ownerId()))
                .toList();
    }

    /** The leads do not hear what the person was told while mail still arrived. */
    private void escalation(
            Review review, List<Notice> notices, Topic topic, @Nullable UUID personId, Map<UUID, List<Rung>> rungs) {
        look.calendars()
                .active(personId)
                .filter(person -> !person.id().equals(review.ownerId()))
                .ifPresent(person -> {
                    if (look.calendars().tries(person)) {
                        climbs(person, rungs(review, topic, person).stream(), rungs);
                    } else {
                        leads(review)
                                .forEach(lead -> climbs(
                                        lead,
                                        rungs(review, topic, lead).stream()
                                                .filter(rung -> !Told.heard(notices, person.id(), rung))
                                                .map(rung -> new Rung(rung.key(), Topic.LEAD, rung.at())),
                                        rungs));
                    }
                });
    }

    private static void climbs(Person person, Stream<Rung> higher, Map<UUID, List<Rung>> rungs) {
        List<Rung> theirs = rungs.computeIfAbsent(person.id(), id -> new ArrayList<>());
        higher.forEach(theirs::add);
    }

    private List<Rung> rungs(Review review, Topic topic, Person person) {
        NoticeTimes times = look.calendars().times(person);
        return OwnerItems.counted(
                review, Ladder.ofEscalation(topic, review.dates().dueOn(), times, look.now()));
    }

    /** @param rungs lowest first */
    private void escalation(Review review, List<Notice> notices, Person person, List<Rung> rungs, List<Draft> items) {
        if (look.calendars().times(person).open(look.now())) {
            Telling.of(rungs, look.told(notices, person), look.now())
                    .map(telling -> new Draft(
                            review,
                            person.id(),
                            telling.rung(),
                            telling.lower(),
                            true,
                            look.setOff(review, telling.rung())))
                    .ifPresent(items::add);
        }
    }
}
