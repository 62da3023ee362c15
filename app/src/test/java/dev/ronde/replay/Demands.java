package dev.ronde.replay;

import dev.ronde.replay.Ladder.Rung;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What reviews.md demands to be told at an instant: to whom, about which review. It fails where no mail tells it. */
final class Demands {
    private enum When {
        /** At any hour. */
        AT_ONCE,
        /** In the mail of the day or, where it has left, beside it. */
        TODAY,
        /** In the mail of this day, or of the next working day. */
        NEXT_MAIL
    }

    /**
     * Something a person must hear.
     *
     * @param rungs what a mail about it tells, the last one is what it is for
     * @param when whether it may wait for the mail of the next day
     */
    private record Demand(String person, Slot slot, String what, List<String> rungs, When when) {
        boolean told() {
            return slot.told.contains(person + " " + rungs.get(rungs.size() - 1));
        }

        void tell() {
            rungs.forEach(rung -> slot.told.add(person + " " + rung));
        }
    }

    private final ReplayWorld world;
    private final Model model;
    /** How many were met. */
    int met;

    Demands(Life life) {
        this.world = life.world;
        this.model = life.model;
    }

    /** Holds the mails that have just arrived against what must be told now. */
    void areMetBy(Map<String, List<Set<String>>> mails, Instant now) {
        owed(now).stream()
                .collect(Collectors.groupingBy(Demand::person))
                .forEach((person, all) -> hears(person, all, mails.getOrDefault(person, List.of()), now));
    }

    private void hears(String person, List<Demand> owed, List<Set<String>> mails, Instant now) {
        boolean mailOfTheDayLeft = world.hadMailOfTheDay(person, model.offices.get(person));
        for (Demand demand : owed) {
            String key = demand.slot().key();
            boolean mayWait = demand.when() == When.NEXT_MAIL && mailOfTheDayLeft;
            if (mayWait) {
                continue;
            }
            if (mails.stream().noneMatch(about -> about.contains(key))) {
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
            demand.tell();
            met++;
        }
    }

    private List<Demand> owed(Instant now) {
        List<Demand> owed = new ArrayList<>();
        for (Slot slot : model.slots) {
            if (slot.missed) {
                closed(slot, now, owed);
            }
            if (slot.pending) {
                since(slot, Life.LEAD, "approval", now, owed);
            }
            if (slot.asks()) {
                decision(slot, "problem", now, owed);
            }
            if (slot.waits()) {
                waiting(slot, now, owed);
            }
        }
        owed.removeIf(Demand::told);
        return owed;
    }

    /** That a window closed is told at once, and with what else there is every Monday from a week later on while nobody says why. */
    private void closed(Slot slot, Instant now, List<Demand> owed) {
        owed.add(new Demand(Life.LEAD, slot, "missed", List.of("missed"), When.AT_ONCE));
        Office office = model.offices.get(Life.LEAD);
        LocalDate monday = office.day(now).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Instant aWeekAgo = monday.minusDays(6).atStartOfDay(office.zone()).toInstant();
        if (!slot.explained
                && !slot.at("missed").isAfter(aWeekAgo)
                && office.afterMorning(now)
                && !office.morning(monday).isAfter(now)) {
            owed.add(new Demand(Life.LEAD, slot, "recovery", List.of("recovery " + monday), When.NEXT_MAIL));
        }
    }

    private void waiting(Slot slot, Instant now, List<Demand> owed) {
        owner(slot, now, owed);
        since(slot, slot.owner, "refused", now, owed);
        if (slot.asked != null) {
            since(slot, slot.asked, "asked", now, owed);
        }
        decision(slot, "not-mine", now, owed);
        if (!now.isBefore(slot.overdueAt())) {
            Model.Duty duty = model.duties.get(slot.asset);
            above(slot, duty.backup(), "backup", 3, now, owed);
            above(slot, duty.manager(), "manager", 7, now, owed);
            above(slot, Life.LEAD, "lead", 14, now, owed);
        }
    }

    private void owner(Slot slot, Instant now, List<Demand> owed) {
        Office office = model.offices.get(slot.owner);
        if (office == null || !office.afterMorning(now)) {
            return;
        }
        // nobody hears that it is overdue while it still is due where the asset is
        List<Rung> rungs = Ladder.owner(slot, office, slot.since.get(slot.owner), now).stream()
                .filter(rung -> !now.isBefore(slot.overdueAt()) || !rung.name().startsWith("overdue"))
                .toList();
        if (rungs.isEmpty() || quiet(slot, office, rungs.get(rungs.size() - 1), now)) {
            return;
        }
        List<String> names = new ArrayList<>(rungs.stream().map(Rung::name).toList());
        boolean accepted = slot.acceptedBy != null && slot.acceptedBy.equals(slot.owner);
        if (accepted && names.size() == 1) {
            return;
        }
        // given back to somebody, it is news again
        names.set(0, "assigned " + slot.since.get(slot.owner));
        owed.add(new Demand(slot.owner, slot, "owner", names, When.NEXT_MAIL));
    }

    /** Acknowledged until the working day before the due date, or silent until a day. */
    private static boolean quiet(Slot slot, Office office, Rung rung, Instant now) {
        Instant acknowledged = slot.acknowledged ? slot.at("acknowledged") : null;
        Instant lastCall = office.morning(office.plus(slot.due(), -1));
        return (acknowledged != null && (now.isBefore(lastCall) || !rung.at().isAfter(acknowledged)))
                || (slot.snoozedUntil != null && office.day(now).isBefore(slot.snoozedUntil));
    }

    /** What somebody set off at an instant is told from the next morning, or hour after it, on. */
    private void since(Slot slot, String person, String what, Instant now, List<Demand> owed) {
        Instant at = slot.at(what);
        Office office = model.offices.get(person);
        if (at != null
                && office != null
                && office.afterMorning(now)
                && !office.fromMorning(at).isAfter(now)) {
            owed.add(new Demand(
                    person,
                    slot,
                    what,
                    List.of(what + " " + at.getEpochSecond()),
                    what.equals("approval") ? When.TODAY : When.NEXT_MAIL));
        }
    }

    /** What the lead must decide is told every week while it stands. */
    private void decision(Slot slot, String what, Instant now, List<Demand> owed) {
        Instant at = slot.at(what);
        Office office = model.offices.get(Life.LEAD);
        if (at == null || !office.afterMorning(now)) {
            return;
        }
        List<String> names =
                Ladder.weekly(what, at, office, now).stream().map(Rung::name).toList();
        if (!names.isEmpty()) {
            owed.add(new Demand(Life.LEAD, slot, what, names, When.TODAY));
        }
    }

    private void above(Slot slot, String person, String what, int workdays, Instant now, List<Demand> owed) {
        Office office = person == null || person.equals(slot.owner) ? null : model.offices.get(person);
        if (office == null || !office.afterMorning(now)) {
            return;
        }
        List<String> names = new ArrayList<>(Ladder.above(slot, office, workdays, what.equals("lead"), now).stream()
                .map(Rung::name)
                .toList());
        if (!names.isEmpty()) {
            // each level is told once, the lead every week; a due date that moved counts anew
            names.set(0, what + slot.towards());
            owed.add(new Demand(person, slot, what, names, When.TODAY));
        }
    }
}
