package dev.ronde.replay;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The rungs of reviews.md §6 that have come by an instant, lowest first. */
final class Ladder {
    record Rung(String name, Instant at) {}

    private Ladder() {}

    static List<Rung> owner(Slot slot, Office office, Instant since, Instant now) {
        LocalDate due = slot.due();
        List<Rung> later = new ArrayList<>();
        later.add(new Rung("-7" + slot.towards(), office.morning(office.plus(due, -7))));
        if (office.works(due)) {
            later.add(new Rung("-1" + slot.towards(), office.morning(office.plus(due, -1))));
        }
        later.add(new Rung("due" + slot.towards(), office.dueNotice(due)));
        for (LocalDate day = due.plusDays(1); !day.isAfter(office.day(now)); day = day.plusDays(1)) {
            boolean told = day.getDayOfWeek() == DayOfWeek.MONDAY || day.getDayOfWeek() == DayOfWeek.THURSDAY;
            if (told && !office.morning(day).isBefore(slot.overdueAt())) {
                later.add(new Rung("overdue " + day, office.morning(day)));
            }
        }
        List<Rung> rungs = new ArrayList<>();
        rungs.add(new Rung("assigned", since));
        later.stream()
                .filter(rung -> rung.at().isAfter(since) && slot.counts(rung.at()))
                .sorted(Comparator.comparing(Rung::at))
                .forEach(rungs::add);
        rungs.removeIf(rung -> rung.at().isAfter(now));
        return rungs;
    }

    /** What waits for a decision since an instant: told from the next morning, or hour after it, on, and every week again. */
    static List<Rung> weekly(String what, Instant since, Office office, Instant now) {
        List<Rung> rungs = new ArrayList<>();
        Instant first = office.fromMorning(since);
        rungs.add(new Rung(what + " " + since.getEpochSecond(), first));
        for (LocalDate day = office.day(first).plusWeeks(1); !day.isAfter(office.day(now)); day = day.plusWeeks(1)) {
            rungs.add(new Rung(what + " " + day, office.morning(day)));
        }
        rungs.removeIf(rung -> rung.at().isAfter(now));
        return rungs;
    }

    /** One level up, so many working days after the due date; the lead again every week. */
    static List<Rung> above(Slot slot, Office office, int workdays, boolean weekly, Instant now) {
        LocalDate first = office.plus(slot.due(), workdays);
        List<Rung> rungs = new ArrayList<>();
        for (LocalDate day = first; !day.isAfter(office.day(now)); day = day.plusWeeks(1)) {
            rungs.add(new Rung("+" + workdays + " " + day, office.morning(day)));
            if (!weekly) {
                break;
            }
        }
        rungs.removeIf(rung -> rung.at().isAfter(now) || !slot.counts(rung.at()));
        return rungs;
    }
}
