package dev.ronde.reminder;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.review.Review;
import dev.ronde.review.builder.LadderAhead;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The default ladder: assigned at opening, 7 and 1 working days before (not where the notice of the due day comes on that day too),
 * the due day, Mondays and Thursdays while overdue;
 * the backup owner at +3 working days, the manager at +7, the compliance lead at +14 and every week after that. Working
 * days and 09:00 are those of the person who is told.
 */
public final class Ladder {
    private static final int SOON = -7;
    private static final int LAST = -1;
    private static final int BACKUP = 3;
    private static final int MANAGER = 7;
    private static final int LEAD = 14;

    private Ladder() {}

    /** The days on which people are told of a review that nobody answers, see {@link LadderAhead#of}. */
    public static List<LadderAhead.Told> ahead(LocalDate opensOn, LocalDate dueOn, ZoneId zone) {
        NoticeTimes times = NoticeTimes.of(zone);
        Step assigned = Step.of(Topic.ASSIGNED, morning(LocalTimes.startOf(opensOn, zone), times));
        Instant end = times.morningOf(escalationDay(Topic.LEAD, dueOn, times));
        return Stream.concat(
                        ofOwner(assigned, dueOn, zone, times, end).stream(),
                        Stream.of(Topic.BACKUP, Topic.MANAGER, Topic.LEAD)
                                .flatMap(topic -> ofEscalation(topic, dueOn, times, end).stream()))
                .sorted(Comparator.comparing(Step::at))
                .map(step -> new LadderAhead.Told(
                        step.topic() == Topic.ASSIGNED ? "opened" : step.topic().word(),
                        LocalTimes.dayOf(step.at(), zone)))
                .toList();
    }

    /** Every step for the owner up to {@code now}, lowest first.
     *
     * @param assigned that the owner was, or may be, told that the review is theirs
     * @param siteZone the zone in which the due date ends */
    static List<Step> ofOwner(Step assigned, LocalDate dueOn, ZoneId siteZone, NoticeTimes times, Instant now) {
        List<Step> steps = new ArrayList<>();
        steps.add(assigned);
        List<Step> later = new ArrayList<>();
        later.add(Step.of(Topic.SOON, workingDays(times, dueOn, SOON)));
        Step due = Step.of(Topic.DUE, dueNotice(times, dueOn, siteZone));
        Step last = Step.of(Topic.LAST, lastCall(times, dueOn));
        // before a day off the notice of the due day comes on the working day of the last call: one of them is told
        if (!LocalTimes.dayOf(last.at(), times.zone()).equals(LocalTimes.dayOf(due.at(), times.zone()))) {
            later.add(last);
        }
        later.add(due);
        later.addAll(overdue(times, dueOn, siteZone, now));
        later.stream()
                .filter(step -> step.at().isAfter(assigned.at()) && !step.at().isAfter(now))
                .sorted(Comparator.comparing(Step::at))
                .forEach(steps::add);
        return steps.stream().filter(step -> !step.at().isAfter(now)).toList();
    }

    /** The escalation step that holds now, and the ones before it; empty while it is too early. */
    static List<Step> ofEscalation(Topic topic, LocalDate dueOn, NoticeTimes times, Instant now) {
        int offset = switch (topic) {
            case BACKUP -> BACKUP;
            case MANAGER -> MANAGER;
            default -> LEAD;
        };
        LocalDate first = times.workingDays().plus(dueOn, offset);
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of(topic, times.morningOf(first)));
        if (topic == Topic.LEAD) {
            LocalDate today = LocalTimes.dayOf(now, times.zone());
            for (LocalDate week = first.plusWeeks(1); !week.isAfter(today); week = week.plusWeeks(1)) {
                steps.add(Step.on(topic, week, times.morningOf(week)));
            }
        }
        return steps.stream().filter(step -> !step.at().isAfter(now)).toList();
    }

    /** Steps for something that waits for a decision: at once, then every week up to {@code now}. */
    static List<Step> weekly(Topic topic, Instant since, NoticeTimes times, Instant now) {
        Step first = Step.since(topic, since, morning(since, times));
        List<Step> steps = new ArrayList<>(List.of(first));
        LocalDate today = LocalTimes.dayOf(now, times.zone());
        LocalDate begun = LocalTimes.dayOf(first.at(), times.zone());
        for (LocalDate week = begun.plusWeeks(1); !week.isAfter(today); week = week.plusWeeks(1)) {
            Instant at = times.morningOf(week);
            steps.add(Step.since(topic, at, at));
        }
        return steps.stream().filter(step -> !step.at().isAfter(now)).toList();
    }

    /**
     * What a lead hears of a review that nobody owns: that it opened, and that every week again; from the due day on what its owner would
     * hear. An extension begins it anew; from the day on which the ladder itself comes to the lead, that alone is told.
     */
    static List<Step> unowned(Review review, Instant openedAt, NoticeTimes times, Instant now) {
        LocalDate dueOn = review.dates().dueOn();
        ZoneId siteZone = review.dates().zone();
        Instant dueAt = dueNotice(times, dueOn, siteZone);
        Instant leadAt = times.morningOf(escalationDay(Topic.LEAD, dueOn, times));
        List<Step> weekly = weekly(Topic.NO_OWNER, openedAt, times, now);
        if (weekly.isEmpty() || !now.isBefore(leadAt)) {
            return List.of();
        }
        Instant extendedAt = review.handling().extendedAt();
        Step first = weekly.get(0);
        List<Step> steps = new ArrayList<>();
        weekly.stream()
                .filter(step -> step.equals(first) || step.at().isBefore(dueAt))
                .forEach(steps::add);
        ofOwner(first, dueOn, siteZone, times, now).stream()
                .filter(step -> step.topic() == Topic.DUE || step.topic() == Topic.OVERDUE)
                .map(step -> Step.since(Topic.NO_OWNER, step.at(), step.at()))
                .forEach(steps::add);
        return steps.stream()
                .filter(step ->
                        step.equals(first) || extendedAt == null || step.at().isAfter(extendedAt))
                .toList();
    }

    /** Drops due-date steps up to {@code movedAt}; later ones count towards the new date. */
    static List<Step> since(Instant movedAt, LocalDate dueOn, List<Step> steps) {
        return steps.stream()
                .filter(step -> step.topic() == Topic.ASSIGNED || step.at().isAfter(movedAt))
                .map(step -> step.topic() == Topic.ASSIGNED ? step : step.towards(dueOn))
                .toList();
    }

    /** When a person who takes no step hears of it next; used in the sentence about escalation. */
    static LocalDate escalationDay(Topic topic, LocalDate dueOn, NoticeTimes times) {
        int offset = topic == Topic.BACKUP ? BACKUP : topic == Topic.MANAGER ? MANAGER : LEAD;
        return times.workingDays().plus(dueOn, offset);
    }

    /** An acknowledgement holds reminders until 09:00 of the working day before the due date. */
    static Instant lastCall(NoticeTimes times, LocalDate dueOn) {
        return workingDays(times, dueOn, LAST);
    }

    /** What came up at {@code since} joins the mail of the day on a working day from 09:00 on. */
    static Instant morning(Instant since, NoticeTimes times) {
        boolean afterMorning = !LocalTime.ofInstant(since, times.zone()).isBefore(NoticeTimes.MORNING);
        return times.open(since) && afterMorning ? since : times.nextMorning(since);
    }

    private static Instant workingDays(NoticeTimes times, LocalDate dueOn, int offset) {
        return times.morningOf(times.workingDays().plus(dueOn, offset));
    }

    /** Never later than the end of the due day at the asset's site, however far away the person works. */
    static Instant dueNotice(NoticeTimes times, LocalDate dueOn, ZoneId siteZone) {
        Instant notice = times.morningOf(times.workingDays().atOrBefore(dueOn));
        return notice.isBefore(LocalTimes.endOf(dueOn, siteZone))
                ? notice
                : times.morningOf(times.workingDays().atOrBefore(dueOn.minusDays(1)));
    }

    private static List<Step> overdue(NoticeTimes times, LocalDate dueOn, ZoneId siteZone, Instant now) {
        Instant overdueFrom = LocalTimes.endOf(dueOn, siteZone);
        List<Step> steps = new ArrayList<>();
        LocalDate today = LocalTimes.dayOf(now, times.zone());
        for (LocalDate date = dueOn.plusDays(1); !date.isAfter(today); date = date.plusDays(1)) {
            if (date.getDayOfWeek() == DayOfWeek.MONDAY || date.getDayOfWeek() == DayOfWeek.THURSDAY) {
                Instant at = times.morningOf(date);
                if (!at.isBefore(overdueFrom)) {
                    steps.add(Step.on(Topic.OVERDUE, date, at));
                }
            }
        }
        return steps;
    }
}
