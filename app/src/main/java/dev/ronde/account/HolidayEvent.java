package dev.ronde.account;

import biweekly.component.VEvent;
import biweekly.property.DateEnd;
import biweekly.property.DateStart;
import biweekly.property.ExceptionDates;
import biweekly.property.ICalProperty;
import biweekly.property.RecurrenceDates;
import biweekly.property.RecurrenceRule;
import biweekly.util.DateTimeComponents;
import biweekly.util.Duration;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.Recurrence;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One event of a file of holidays. What the library would pass over or guess is refused: a rule half understood is a holiday missing in
 * silence. A day is the day as written, whatever zone it names.
 */
record HolidayEvent(VEvent event) {
    private static final int LONGEST = 366;
    private static final int MOST = 1_500;
    private static final long DAY = 86_400_000;
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");
    private static final Map<Class<? extends ICalProperty>, String> ONCE =
            Map.of(DateStart.class, "DTSTART", DateEnd.class, "DTEND", RecurrenceRule.class, "RRULE");

    /** @throws Problem 422 that names the event, where it is not one of a day or of yearly days */
    static HolidayEvent of(VEvent event) {
        HolidayEvent read = new HolidayEvent(event);
        ONCE.forEach((property, name) -> {
            int found = event.getProperties(property).size();
            if (found > 1 || (found == 0 && name.equals("DTSTART"))) {
                throw read.unread(name);
            }
        });
        if (event.getRecurrenceId() != null || !event.getExceptionRules().isEmpty()) {
            throw read.notFollowed();
        }
        return read;
    }

    String name() {
        String summary = event.getSummary() == null ? "" : event.getSummary().getValue();
        return Cut.to(Names.clean(summary.replace('\n', ' ')), 200);
    }

    boolean cancelled() {
        return event.getStatus() != null && event.getStatus().isCancelled();
    }

    /** Whether it lasts whole days; office programs write them from midnight to midnight. */
    boolean wholeDays() {
        ICalDate start = event.getDateStart().getValue();
        DateEnd end = event.getDateEnd();
        if (!start.hasTime() || end == null) {
            return !start.hasTime()
                    || (midnight(start)
                            && event.getDuration() != null
                            && days(event.getDuration().getValue()));
        }
        // a day of some zone, written in UTC: which day it is, the file does not say
        if (start.getRawComponents().isUtc() && (end.getValue().getTime() - start.getTime()) % DAY == 0) {
            throw unread("DTEND");
        }
        return midnight(start) && midnight(end.getValue()) && length() > 0;
    }

    private static boolean midnight(ICalDate date) {
        DateTimeComponents written = date.getRawComponents();
        return !date.hasTime()
                || (!written.isUtc() && written.getHour() + written.getMinute() + written.getSecond() == 0);
    }

    /** The days in the closed range, in order. */
    List<LocalDate> days(LocalDate from, LocalDate to) {
        int length = Math.max(1, length());
        NavigableSet<LocalDate> starts = starts(from.minusDays(length), to);
        for (RecurrenceDates more : event.getRecurrenceDates()) {
            if (!more.getPeriods().isEmpty()) {
                throw unread("RDATE");
            }
            more.getDates().forEach(date -> starts.add(day(date, "RDATE")));
        }
        for (ExceptionDates less : event.getExceptionDates()) {
            less.getValues().forEach(date -> starts.remove(day(date, "EXDATE")));
        }
        return from.datesUntil(to.plusDays(1))
                .filter(day -> Optional.ofNullable(starts.floor(day))
                        .filter(first -> first.plusDays(length).isAfter(day))
                        .isPresent())
                .toList();
    }

    /** RFC 5545 leaves undefined what a rule means whose DTSTART is none of its days. */
    private NavigableSet<LocalDate> starts(LocalDate from, LocalDate to) {
        LocalDate start = day(event.getDateStart().getValue(), "DTSTART");
        RecurrenceRule rule = event.getRecurrenceRule();
        if (rule == null) {
            return new TreeSet<>(Set.of(start));
        }
        if (!followed(rule.getValue())) {
            throw notFollowed();
        }
        Date first = Date.from(start.atStartOfDay(ZoneOffset.UTC).toInstant());
        ICalDate until = rule.getValue().getUntil();
        LocalDate last = until == null ? to : day(until, "RRULE");
        DateIterator dates = new RecurrenceRule(new Recurrence.Builder(rule.getValue())
                        .until((ICalDate) null)
                        .build())
                .getDateIterator(new ICalDate(first, false), UTC);
        NavigableSet<LocalDate> starts = new TreeSet<>();
        for (int taken = 0; dates.hasNext(); taken++) {
            LocalDate day = LocalDate.ofInstant(dates.next().toInstant(), ZoneOffset.UTC);
            if (taken == MOST || (taken == 0 && !day.equals(start) && !start.isBefore(from))) {
                throw notFollowed();
            }
            if (day.isAfter(last) || day.isAfter(to)) {
                break;
            }
            if (!day.isBefore(from)) {
                starts.add(day);
            }
        }
        return starts;
    }

    private static boolean followed(Recurrence rule) {
        return rule.getFrequency() == Frequency.YEARLY
                && (rule.getInterval() == null || rule.getInterval() > 0)
                && rule.getCount() == null
                && (rule.getUntil() == null || !rule.getUntil().hasTime())
                && rule.getXRules().isEmpty()
                && Stream.of(rule.getByWeekNo(), rule.getByHour(), rule.getByMinute(), rule.getBySecond())
                        .allMatch(List::isEmpty)
                && within(rule.getByMonth(), 12)
                && rule.getByMonth().stream().allMatch(month -> month > 0)
                && within(rule.getByMonthDay(), 31)
                && within(rule.getByYearDay(), 366)
                && within(rule.getBySetPos(), 366)
                && rule.getByDay().size() <= LONGEST;
    }

    private static boolean within(Collection<Integer> numbers, int high) {
        return numbers.size() <= LONGEST
                && numbers.stream().allMatch(number -> number != 0 && Math.abs(number) <= high);
    }

    /** In days; 0 where it ends on the day on which it begins, as many programs write the only day as the end. */
    private int length() {
        ICalDate start = event.getDateStart().getValue();
        DateEnd end = event.getDateEnd();
        long days =
                end == null ? lasting() : ChronoUnit.DAYS.between(day(start, "DTSTART"), day(end.getValue(), "DTEND"));
        if (days < 0 || days > LONGEST || (end != null && end.getValue().hasTime() != start.hasTime())) {
            throw unread(end == null ? "DURATION" : "DTEND");
        }
        return (int) days;
    }

    private long lasting() {
        if (event.getDuration() == null) {
            return 1;
        }
        Duration duration = event.getDuration().getValue();
        if (!days(duration)) {
            throw unread("DURATION");
        }
        return duration.toMillis() / DAY;
    }

    private static boolean days(Duration duration) {
        long millis = duration.toMillis();
        return !duration.isPrior() && millis >= DAY && millis % DAY == 0;
    }

    private LocalDate day(ICalDate date, String property) {
        DateTimeComponents written = date.getRawComponents();
        try {
            if (midnight(date)) {
                return LocalDate.of(written.getYear(), written.getMonth(), written.getDate());
            }
        } catch (DateTimeException broken) {
            throw unread(property);
        }
        throw unread(property);
    }

    private Problem unread(String property) {
        return refused("event_not_read", "cannot be understood", property);
    }

    private Problem notFollowed() {
        return refused("rule_not_followed", "comes back by a rule that is not followed", "RRULE");
    }

    private Problem refused(String code, String why, String property) {
        String shown =
                name().isEmpty() && event.getUid() != null ? event.getUid().getValue() : name();
        String cut = Cut.to(shown, 100);
        return Problem.invalid(
                        "/calendar",
                        code,
                        "“" + cut + "” " + why + " (" + property
                                + "). Nothing was taken in; write its days out, or take it out of the file.")
                .values(cut, property);
    }
}
