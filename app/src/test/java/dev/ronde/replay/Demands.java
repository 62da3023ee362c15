package dev.ronde.replay;

import dev.ronde.replay.Ladder.Rung;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What reviews.md demands to be told at an instant: to whom, about which review. It fails where no mail tells it. */
final class Demands {
    private static final int MAILS_A_DAY = 8;
    private static final int DIGEST_FROM = 3;
    private static final Duration OUTAGE = Duration.ofHours(1);

    /**
     * Something a person must hear.
     *
     * @param rungs what a mail about it tells, the last one is what it is for
     * @param atOnce at any hour, and beside the digest of the day
     */
    private record Demand(String person, Slot slot, String what, List<String> rungs, boolean atOnce) {
        boolean told() {
            return slot.told.contains(person + " " + rungs.get(rungs.size() - 1));
        }

        void tell() {
            rungs.forEach(rung -> slot.told.add(person + " " + rung));
        }
    }

    private final ReplayWorld world;
    private final Model model;
    private final Map<String, Integer> mailsOfDay = new HashMap<>();
    private Instant lookedAt;
    private Instant downtimeEnd;
    /** How many were met. */
    int met;

    Demands(Life life) {
        this.world = life.world;
        this.model = life.model;
    }

    /** Holds the mails that have just arrived against what must be told now. */
    void areMetBy(Map<String, List<Set<String>>> mails, Instant now) {
        Instant before = lookedAt;
        if (before != null && before.plus(OUTAGE).isBefore(now)) {
            downtimeEnd = now;
        }
        lookedAt = now;
        Map<String, List<Demand>> ahead =
                owed(now, Office::endOfDay).stream().collect(Collectors.groupingBy(Demand::person));
        owed(now, (office, at) -> at).stream()
                .collect(Collectors.groupingBy(Demand::person))
                .forEach((person, all) -> {
                    List<Set<String>> theirs = mails.getOrDefault(person, List.of());
                    hears(person, all, theirs, now);
                    boolean afterOutage = downtimeEnd != null
                            && before.isBefore(model.offices.get(person).atWork(downtimeEnd));
                    if (afterOutage || world.digests.contains(person)) {
                        ahead.get(person).stream()
                                .filter(demand -> theirs.stream()
                                        .anyMatch(about ->
                                                about.contains(demand.slot().key())))
                                .forEach(Demand::tell);
                    }
                });
        world.lapseMails.forEach(person -> mailsOfDay.merge(day(person, now), 1, Integer::sum));
        mails.forEach((person, all) -> {
            if (model.offices.containsKey(person)) {
                mailsOfDay.merge(day(person, now), all.size(), Integer::sum);
            }
        });
    }

    private void hears(String person, List<Demand> owed, List<Set<String>> mails, Instant now) {
        boolean digest = world.digests.contains(person);
        boolean tomorrow = !digest && waitsForTheNextDigest(person, owed, now);
        for (Demand demand : owed) {
            String key = demand.slot().key();
            long told = mails.stream().filter(about -> about.contains(key)).count();
            long asked =
                    owed.stream().filter(other -> other.slot() == demand.slot()).count();
            if (told > 0 && (digest || told >= asked)) {
                demand.tell();
                met++;
            } else if (demand.atOnce() || !tomorrow || isOfDueDay(demand, now)) {
                throw new AssertionError("%s was not told at %s (%s, %s) of %s; %s%n%s%n%s"
                        .formatted(
                                person,
                                now,
                                demand.what(),
                                demand.rungs(),
                                demand.slot(),
                                demand.slot().told,
                                world.review(key),
                                world.arrivedFor(person)));
            }
        }
    }

    /** That it is due today is told today, whatever else this person had. */
    private boolean isOfDueDay(Demand demand, Instant now) {
        Office office = model.offices.get(demand.person());
        boolean due = demand.what().equals("owner")
                && demand.rungs().get(demand.rungs().size() - 1).startsWith("due");
        return (due || demand.what().equals("refused"))
                && office.day(office.dueNotice(demand.slot().due())).equals(office.day(now));
    }

    /** There is one digest a day, which this person has had already. */
    private boolean waitsForTheNextDigest(String person, List<Demand> owed, Instant now) {
        List<Demand> together = owed.stream().filter(demand -> !demand.atOnce()).toList();
        boolean must = together.size() >= DIGEST_FROM
                || together.stream().anyMatch(demand -> demand.what().equals("manager"))
                || mailsOfDay.getOrDefault(day(person, now), 0) + together.size() > MAILS_A_DAY;
        return must && world.hadDigest(person, model.offices.get(person));
    }

    private String day(String person, Instant now) {
        return person + model.offices.get(person).day(now);
    }

    private List<Demand> owed(Instant now, BiFunction<Office, Instant, Instant> upTo) {
        List<Demand> owed = new ArrayList<>();
        for (Slot slot : model.slots) {
            if (slot.missed) {
                closed(slot, now, upTo, owed);
            }
            if (slot.pending) {
                since(slot, Life.LEAD, "approval", now, owed);
            }
            if (slot.asks()) {
                decision(slot, "problem", now, upTo, owed);
            }
            if (slot.waits()) {
                waiting(slot, now, upTo, owed);
            }
        }
        owed.removeIf(Demand::told);
        return owed;
    }

    /** That a window closed is told at once, and with what else there is every Monday from a week later on while nobody says why. */
    private void closed(Slot slot, Instant now, BiFunction<Office, Instant, Instant> upTo, List<Demand> owed) {
        owed.add(new Demand(Life.LEAD, slot, "missed", List.of("missed"), true));
        Office office = model.offices.get(Life.LEAD);
        LocalDate monday = office.day(now).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Instant aWeekAgo = monday.minusDays(6).atStartOfDay(office.zone()).toInstant();
        if (!slot.explained
                && !slot.at("missed").isAfter(aWeekAgo)
                && office.open(now)
                && !office.morning(monday).isAfter(upTo.apply(office, now))) {
            owed.add(new Demand(Life.LEAD, slot, "recovery", List.of("recovery " + monday), false));
        }
    }

    private void waiting(Slot slot, Instant now, BiFunction<Office, Instant, Instant> upTo, List<Demand> owed) {
        owner(slot, now, upTo, owed);
        since(slot, slot.owner, "refused", now, owed);
        if (slot.asked != null) {
            since(slot, slot.asked, "asked", now, owed);
        }
        decision(slot, "not-mine", now, upTo, owed);
        if (!now.isBefore(slot.overdueAt())) {
            Model.Duty duty = model.duties.get(slot.asset);
            above(slot, duty.backup(), "backup", 3, now, upTo, owed);
            above(slot, duty.manager(), "manager", 7, now, upTo, owed);
            above(slot, Life.LEAD, "lead", 14, now, upTo, owed);
        }
    }

    private void owner(Slot slot, Instant now, BiFunction<Office, Instant, Instant> upTo, List<Demand> owed) {
        Office office = model.offices.get(slot.owner);
        if (office == null || !office.open(now)) {
            return;
        }
        // nobody hears that it is overdue while it still is due where the asset is
        List<Rung> rungs = Ladder.owner(slot, office, slot.since.get(slot.owner), upTo.apply(office, now)).stream()
                .filter(rung -> !now.isBefore(slot.overdueAt()) || !rung.name().startsWith("overdue"))
                .toList();
        if (rungs.isEmpty() || quiet(slot, office, rungs.get(rungs.size() - 1), upTo.apply(office, now))) {
            return;
        }
        List<String> names = new ArrayList<>(rungs.stream().map(Rung::name).toList());
        boolean accepted = slot.acceptedBy != null && slot.acceptedBy.equals(slot.owner);
        if (accepted && names.size() == 1) {
            return;
        }
        // given back to somebody, it is news again
        names.set(0, "assigned " + slot.since.get(slot.owner));
        owed.add(new Demand(slot.owner, slot, "owner", names, false));
    }

    /** Acknowledged until the working day before the due date, or silent until a day. */
    private static boolean quiet(Slot slot, Office office, Rung rung, Instant now) {
        Instant acknowledged = slot.acknowledged ? slot.at("acknowledged") : null;
        Instant lastCall = office.morning(office.plus(slot.due(), -1));
        return (acknowledged != null && (now.isBefore(lastCall) || !rung.at().isAfter(acknowledged)))
                || (slot.snoozedUntil != null && office.day(now).isBefore(slot.snoozedUntil));
    }

    /** What somebody set off at an instant is told from the next working hour on. */
    private void since(Slot slot, String person, String what, Instant now, List<Demand> owed) {
        Instant at = slot.at(what);
        Office office = model.offices.get(person);
        if (at != null
                && office != null
                && office.open(now)
                && !office.atWork(at).isAfter(now)) {
            owed.add(new Demand(person, slot, what, List.of(what + " " + at.getEpochSecond()), false));
        }
    }

    /** What the lead must decide is told every week while it stands. */
    private void decision(
            Slot slot, String what, Instant now, BiFunction<Office, Instant, Instant> upTo, List<Demand> owed) {
        Instant at = slot.at(what);
        Office office = model.offices.get(Life.LEAD);
        if (at == null || !office.open(now)) {
            return;
        }
        List<String> names = Ladder.weekly(what, at, office, upTo.apply(office, now)).stream()
                .map(Rung::name)
                .toList();
        if (!names.isEmpty()) {
            owed.add(new Demand(Life.LEAD, slot, what, names, false));
        }
    }

    private void above(
            Slot slot,
            String person,
            String what,
            int workdays,
            Instant now,
            BiFunction<Office, Instant, Instant> upTo,
            List<Demand> owed) {
        Office office = person == null || person.equals(slot.owner) ? null : model.offices.get(person);
        if (office == null || !office.open(now)) {
            return;
        }
        List<String> names = new ArrayList<>(
                Ladder.above(slot, office, workdays, what.equals("lead"), upTo.apply(office, now)).stream()
                        .map(Rung::name)
                        .toList());
        if (!names.isEmpty()) {
            // each level is told once, the lead every week; a due date that moved counts anew
            names.set(0, what + slot.towards());
            owed.add(new Demand(person, slot, what, names, false));
        }
    }
}
