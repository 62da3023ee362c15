package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.Asset;
import dev.ronde.asset.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.mail.health.Absence;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.Health;
import dev.ronde.mail.health.HealthState;
import dev.ronde.platform.db.Batches;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.Reviews;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What must be told about reviews now: for each open review and person the highest rung whose time has come and that was
 * not told. It follows from the present facts alone.
 */
final class ReviewItems implements Reminders.Source {
    /** The rung of a lead who is asked for the second signature. */
    static final String APPROVAL = "approval";

    /** How the rung begins that tells that mail to the owner comes back. */
    static final String UNREACHED = "unreached";

    /** What follows it in the rung that tells the leads that it came back again. */
    static final String AGAIN = "-again";

    /** How the rung begins that tells that the owner said they are away. */
    static final String AWAY = "away";

    private final Reviews reviews;
    private final Assets assets;
    private final People people;
    private final AddressHealth health;

    ReviewItems(Reviews reviews, Assets assets, People people, AddressHealth health) {
        this.reviews = reviews;
        this.assets = assets;
        this.people = people;
        this.health = health;
    }

    @Override
    public List<Item> at(Handle handle, Instant now) {
        Look look = look(handle, now);
        List<Review> waiting = reviews.waiting(handle);
        List<Review> pending = reviews.awaitingApproval(handle);
        Map<UUID, List<Notice>> told =
                told(handle, Stream.concat(waiting.stream(), pending.stream()).toList());
        List<Item> items = waiting(look, told, waiting);
        for (Review review : pending) {
            approvals(look, review, told.getOrDefault(review.id(), List.of()), items);
        }
        return items;
    }

    /** What must be told at that instant about those of the waiting reviews that match. */
    List<Item> about(Handle handle, Instant at, Predicate<Review> which) {
        List<Review> waiting = reviews.waiting(handle).stream().filter(which).toList();
        return waiting(look(handle, at), told(handle, waiting), waiting);
    }

    private Look look(Handle handle, Instant now) {
        LocalDate earliest = LocalTimes.dayOf(now, ZoneOffset.UTC).minusDays(1);
        Map<UUID, Absence> away = health.absent(handle, earliest, now).stream()
                .collect(Collectors.toMap(Absence::personId, absence -> absence));
        return new Look(
                handle, now, new Calendars(handle, people), people.leads(handle), health.troubled(handle), away);
    }

    private static Map<UUID, List<Notice>> told(Handle handle, List<Review> about) {
        NoticeDao dao = handle.attach(NoticeDao.class);
        List<UUID> ids = about.stream().map(Review::id).distinct().toList();
        return Batches.of(ids).stream()
                .flatMap(some -> dao.listOfAll(some).stream())
                .collect(Collectors.groupingBy(Notice::subjectId));
    }

    private List<Item> waiting(Look look, Map<UUID, List<Notice>> told, List<Review> waiting) {
        List<Item> items = new ArrayList<>();
        List<UUID> late = waiting.stream()
                .filter(review -> !look.now().isBefore(review.dates().overdueAt()))
                .map(Review::assetId)
                .distinct()
                .toList();
        Batches.of(late).forEach(some -> look.assets().putAll(assets.byIds(look.handle(), some)));
        look.calendars().read(people(look, waiting));
        Batches.of(waiting.stream().map(Review::id).toList())
                .forEach(some -> look.given().putAll(reviews.given(look.handle(), some)));
        Map<UUID, Instant> refused = look.handle().attach(NoticeDao.class).listRefusals().stream()
                .collect(Collectors.toMap(NoticeDao.Refusal::reviewId, NoticeDao.Refusal::happenedAt));
        for (Review review : waiting) {
            List<Notice> notices = told.getOrDefault(review.id(), List.of());
            owner(look, review, notices).ifPresent(items::add);
            refused(look, review, notices, refused.get(review.id())).ifPresent(items::add);
            asked(look, review, notices).ifPresent(items::add);
            unreached(look, review, notices, items);
            away(look, review, notices, items);
            decisions(look, review, notices, items);
            relinks(look, review, notices, items);
            if (!look.now().isBefore(review.dates().overdueAt())) {
                escalations(look, review, notices, items);
            }
        }
        return items;
    }

    /** Who is asked about at least: the owners, and those to whom what is late goes next. */
    private static List<UUID> people(Look look, List<Review> waiting) {
        Stream<@Nullable UUID> owners = waiting.stream().map(Review::ownerId);
        Stream<@Nullable UUID> next =
                look.assets().values().stream().flatMap(asset -> Stream.of(asset.backupId(), asset.managerId()));
        return Stream.concat(owners, next).filter(Objects::nonNull).distinct().toList();
    }

    /** One look at the world. */
    private record Look(
            Handle handle,
            Instant now,
            Calendars calendars,
            List<Person> leads,
            Map<UUID, Health> troubled,
            Map<UUID, Absence> away,
            Map<UUID, Asset> assets,
            Map<UUID, ReviewEvent> given,
            Map<String, List<String>> controls) {
        Look(
                Handle handle,
                Instant now,
                Calendars calendars,
                List<Person> leads,
                Map<UUID, Health> troubled,
                Map<UUID, Absence> away) {
            this(handle, now, calendars, leads, troubled, away, new HashMap<>(), new HashMap<>(), new HashMap<>());
        }

        /** Whether mail to this person is tried now. */
        boolean tries(Person person) {
            Health known = troubled.get(person.id());
            return known == null || known.mayTry(now);
        }
    }

    private Optional<Item> owner(Look look, Review review, List<Notice> notices) {
        Optional<Person> owner = look.calendars().active(review.ownerId()).filter(look::tries);
        if (owner.isEmpty()) {
            return Optional.empty();
        }
        Person person = owner.get();
        NoticeTimes times = look.calendars().times(person);
        Instant now = look.now();
        Set<String> keys = Notice.toldTo(notices, person.id());
        Since since = since(look, review, notices, person.id(), times);
        List<Rung> rungs = ofOwner(review, since.assigned(), times, now);
        if (rungs.isEmpty() || paused(review, rungs.get(rungs.size() - 1), times, now)) {
            return Optional.empty();
        }
        Rung top = rungs.get(rungs.size() - 1);
        if (keys.contains(top.key()) || !times.open(now) || (top.step() == Step.ASSIGNED && since.accepted())) {
            return Optional.empty();
        }
        List<Rung> lower = rungs.subList(0, rungs.size() - 1).stream()
                .filter(rung -> !keys.contains(rung.key()))
                .toList();
        boolean first = !since.accepted()
                && notices.stream()
                        .noneMatch(notice -> notice.personId().equals(person.id()) && notice.step() != Step.BACKUP);
        Instant setOffAt = top.step() == Step.ASSIGNED ? since.setOffAt() : Instant.MIN;
        List<Rung> later = laterToday(review, since.assigned(), times, now);
        return Optional.of(
                item(look, review, person.id(), top, lower, first, setOffAt).bringing(later));
    }

    private static List<Rung> ofOwner(Review review, Rung assigned, NoticeTimes times, Instant now) {
        ReviewDates dates = review.dates();
        return counted(review, Ladder.ofOwner(assigned, dates.dueOn(), dates.zone(), times, now));
    }

    /** The rungs as they count for this review: from an extension on, those of the date before are no longer asked for. */
    private static List<Rung> counted(Review review, List<Rung> rungs) {
        Instant extendedAt = review.handling().extendedAt();
        return extendedAt == null
                ? rungs
                : Ladder.since(extendedAt, review.dates().dueOn(), rungs);
    }

    /** The notice of a due day that had to be pulled to the afternoon of this one. */
    private static List<Rung> laterToday(Review review, Rung assigned, NoticeTimes times, Instant now) {
        LocalDate tomorrow = LocalTimes.dayOf(now, times.zone()).plusDays(1);
        Instant endOfDay = LocalTimes.startOf(tomorrow, times.zone());
        return ofOwner(review, assigned, times, endOfDay).stream()
                .filter(rung -> rung.step() == Step.DUE
                        && rung.at().isAfter(now)
                        && rung.at().isBefore(endOfDay))
                .toList();
    }

    /**
     * How the review became the owner's.
     *
     * @param assigned from when they may be told
     * @param setOffAt when a person set that off
     * @param accepted whether they said themselves that they take it
     */
    private record Since(Rung assigned, Instant setOffAt, boolean accepted) {}

    private Since since(Look look, Review review, List<Notice> notices, UUID personId, NoticeTimes times) {
        Instant openedAt = Objects.requireNonNullElse(review.opening().openedAt(), look.now());
        Optional<ReviewEvent> last = Optional.ofNullable(look.given().get(review.id()));
        Instant since = last.map(ReviewEvent::happenedAt).orElse(openedAt);
        boolean byPerson =
                last.filter(event -> !event.channel().equals("system")).isPresent();
        Instant at = Ladder.assignedAt(since, byPerson, times);
        // who had it before, gave it away and has it again is told again
        boolean again = notices.stream()
                .anyMatch(notice -> notice.step() == Step.ASSIGNED
                        && notice.personId().equals(personId)
                        && notice.createdAt().isBefore(since));
        Rung assigned = again ? Rung.since(Step.ASSIGNED, Step.ASSIGNED.word(), since, at) : Rung.of(Step.ASSIGNED, at);
        boolean accepted = last.filter(event -> event.eventType().equals("delegation-accepted"))
                .isPresent();
        return new Since(assigned, byPerson ? since : Instant.MIN, accepted);
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

    /** The owner hears that the attestation was not accepted; until then nothing else says that it waits again. */
    private Optional<Item> refused(Look look, Review review, List<Notice> notices, @Nullable Instant at) {
        Optional<Person> owner = look.calendars().active(review.ownerId()).filter(look::tries);
        if (at == null || owner.isEmpty()) {
            return Optional.empty();
        }
        NoticeTimes times = look.calendars().times(owner.get());
        Rung rung = Rung.since(Step.REFUSED, "refused", at, times.next(at));
        return ready(look, times, rung, Notice.toldTo(notices, owner.get().id()))
                ? Optional.of(item(look, review, owner.get().id(), rung, List.of(), false, at))
                : Optional.empty();
    }

    private Optional<Item> asked(Look look, Review review, List<Notice> notices) {
        Instant delegatedAt = review.handling().delegatedAt();
        Optional<Person> person = look.calendars().active(review.handling().delegatedTo());
        if (delegatedAt == null || person.isEmpty()) {
            return Optional.empty();
        }
        NoticeTimes times = look.calendars().times(person.get());
        Rung rung = Rung.since(Step.ASKED, "asked", delegatedAt, times.next(delegatedAt));
        return ready(look, times, rung, Notice.toldTo(notices, person.get().id()))
                ? Optional.of(item(look, review, person.get().id(), rung, List.of(), true, delegatedAt))
                : Optional.empty();
    }

    /** The owner said that they are away: what they are reminded of next, the backup owner hears too, once for each absence. */
    private void away(Look look, Review review, List<Notice> notices, List<Item> items) {
        Absence absence = look.away().get(review.ownerId());
        Optional<Person> owner = look.calendars().active(review.ownerId());
        if (absence == null || owner.isEmpty()) {
            return;
        }
        NoticeTimes theirs = look.calendars().times(owner.get());
        Optional<Person> backup = look.calendars()
                .active(asset(look, review).backupId())
                .filter(person -> !person.id().equals(review.ownerId()));
        if (backup.isEmpty() || !absence.covers(LocalTimes.dayOf(look.now(), theirs.zone()))) {
            return;
        }
        Since since = since(look, review, notices, owner.get().id(), theirs);
        List<Rung> rungs = ofOwner(review, since.assigned(), theirs, look.now());
        Optional<Rung> next = rungs.stream()
                .filter(rung -> rung.step().repeats() && rung.at().isAfter(absence.notedAt()))
                .filter(rung -> !paused(review, rung, theirs, look.now()))
                .findFirst();
        if (next.isPresent()) {
            NoticeTimes times = look.calendars().times(backup.get());
            Rung rung = Rung.since(
                    Step.BACKUP, AWAY, absence.notedAt(), times.next(next.get().at()));
            if (ready(look, times, rung, Notice.toldTo(notices, backup.get().id()))) {
                items.add(item(look, review, backup.get().id(), rung, List.of(), true, Instant.MIN));
            }
        }
    }

    /** Mail to the owner comes back: the backup owner is told at once, or the leads where there is none; the leads, too, once nothing is sent
     * there any more. */
    private void unreached(Look look, Review review, List<Notice> notices, List<Item> items) {
        Health trouble = look.troubled().get(review.ownerId());
        if (trouble == null) {
            return;
        }
        Instant since = Optional.ofNullable(trouble.firstHardAt())
                .or(() -> Optional.ofNullable(trouble.lastSoftAt()))
                .orElse(look.now());
        Optional<Person> backup = look.calendars()
                .active(asset(look, review).backupId())
                .filter(person -> !person.id().equals(review.ownerId()));
        boolean unreachable = trouble.state() == HealthState.UNREACHABLE;
        List<Person> told = backup.map(List::of).orElse(unreachable ? List.of() : look.leads());
        Step step = backup.isPresent() ? Step.BACKUP : Step.LEAD;
        told.forEach(person -> comesBack(look, review, notices, person, step, UNREACHED, since, items));
        if (unreachable) {
            look.leads().stream()
                    .filter(lead -> !lead.id().equals(review.ownerId()))
                    .forEach(
                            lead -> comesBack(look, review, notices, lead, Step.LEAD, UNREACHED + AGAIN, since, items));
        }
    }

    private void comesBack(
            Look look,
            Review review,
            List<Notice> notices,
            Person person,
            Step step,
            String what,
            Instant since,
            List<Item> items) {
        NoticeTimes times = look.calendars().times(person);
        Rung rung = Rung.since(step, what, since, times.next(since));
        if (ready(look, times, rung, Notice.toldTo(notices, person.id()))) {
            items.add(item(look, review, person.id(), rung, List.of(), true, Instant.MIN));
        }
    }

    private void decisions(Look look, Review review, List<Notice> notices, List<Item> items) {
        Instant openedAt = review.opening().openedAt();
        decision(look, review, notices, "problem", review.handling().problemAt(), items);
        decision(look, review, notices, "not-mine", review.handling().notMineAt(), items);
        if (openedAt != null && look.calendars().active(review.ownerId()).isEmpty()) {
            decision(look, review, notices, "no-owner", openedAt, items);
        }
    }

    private void decision(
            Look look, Review review, List<Notice> notices, String what, @Nullable Instant at, List<Item> items) {
        if (at == null) {
            return;
        }
        for (Person lead : look.leads()) {
            NoticeTimes times = look.calendars().times(lead);
            Rung rung = Rung.since(Step.DECISION, what, at, times.next(at));
            if (ready(look, times, rung, Notice.toldTo(notices, lead.id()))) {
                items.add(item(look, review, lead.id(), rung, List.of(), true, at));
            }
        }
    }

    /** Every lead who had no part in a review that waits for a second person is asked to be that person. */
    private void approvals(Look look, Review review, List<Notice> notices, List<Item> items) {
        Instant at = review.attestation().recordedAt();
        for (Person lead : look.leads()) {
            if (at != null && !reviews.hadPart(look.handle(), review, lead.actorRef())) {
                NoticeTimes times = look.calendars().times(lead);
                Rung rung = Rung.since(Step.DECISION, APPROVAL, at, times.next(at));
                if (ready(look, times, rung, Notice.toldTo(notices, lead.id()))) {
                    items.add(item(look, review, lead.id(), rung, List.of(), true, at));
                }
            }
        }
    }

    /** New links for those whose old ones died with their key. */
    private void relinks(Look look, Review review, List<Notice> notices, List<Item> items) {
        for (Notice notice : notices) {
            if (notice.step() == Step.RELINK && notice.open()) {
                look.calendars()
                        .active(notice.personId())
                        .filter(person -> look.calendars().times(person).open(look.now()))
                        .map(person -> new Rung(notice.rung(), Step.RELINK, notice.plannedAt()))
                        .map(rung -> item(look, review, notice.personId(), rung, List.of(), false, Instant.MIN))
                        .ifPresent(items::add);
            }
        }
    }

    private void escalations(Look look, Review review, List<Notice> notices, List<Item> items) {
        Asset asset = asset(look, review);
        if (!Objects.equals(asset.backupId(), review.ownerId())) {
            escalation(look, review, notices, Step.BACKUP, asset.backupId(), items);
        }
        if (!Objects.equals(asset.managerId(), review.ownerId())) {
            escalation(look, review, notices, Step.MANAGER, asset.managerId(), items);
        }
        look.leads().stream()
                .filter(lead -> !lead.id().equals(review.ownerId()))
                .forEach(lead -> escalation(look, review, notices, Step.LEAD, lead.id(), items));
    }

    private void escalation(
            Look look, Review review, List<Notice> notices, Step step, @Nullable UUID personId, List<Item> items) {
        look.calendars().active(personId).ifPresent(person -> {
            NoticeTimes times = look.calendars().times(person);
            List<Rung> rungs =
                    counted(review, Ladder.ofEscalation(step, review.dates().dueOn(), times, look.now()));
            Set<String> keys = Notice.toldTo(notices, person.id());
            if (!rungs.isEmpty() && ready(look, times, rungs.get(rungs.size() - 1), keys)) {
                List<Rung> lower = rungs.subList(0, rungs.size() - 1).stream()
                        .filter(rung -> !keys.contains(rung.key()))
                        .toList();
                items.add(item(look, review, person.id(), rungs.get(rungs.size() - 1), lower, true, Instant.MIN));
            }
        });
    }

    private static boolean ready(Look look, NoticeTimes times, Rung rung, Set<String> keys) {
        return !rung.at().isAfter(look.now()) && times.open(look.now()) && !keys.contains(rung.key());
    }

    private Item item(
            Look look, Review review, UUID personId, Rung rung, List<Rung> lower, boolean first, Instant setOffAt) {
        return new Item(
                personId,
                Notice.REVIEW,
                review.id(),
                review.ref(),
                review.version(),
                asset(look, review).ref(),
                controls(look, review),
                rung,
                lower,
                List.of(),
                first,
                setOffAt,
                false);
    }

    private List<String> controls(Look look, Review review) {
        String version = review.planId() + "/" + review.planVersion();
        return look.controls().computeIfAbsent(version, key -> reviews.controls(look.handle(), review));
    }

    private Asset asset(Look look, Review review) {
        return look.assets().computeIfAbsent(review.assetId(), id -> assets.byId(look.handle(), id));
    }
}
