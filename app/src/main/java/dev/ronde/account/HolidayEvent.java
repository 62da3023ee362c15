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
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One event of a file of holidays: on which days it is, or why that cannot be said. */
final class HolidayEvent {
    private static final int LONGEST = 366;
    private static final int MOST = 1_500;
    private static final long DAY = 86_400_000;
    private static final TimeZone UTC = TimeZone.getTimeZone("UTC");
    private static final Set<Frequency> FOLLOWED =
            EnumSet.of(Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY, Frequency.YEARLY);

    private final VEvent event;
    private final ZoneId zone;
    private final Time start;
    private final int length;

    /**
     * A day of the zone whose holidays are read. Without Z, a time is the day as written, whatever zone it names.
     *
     * @param utc whether it was written in UTC, so that its time of day moves with the seasons of the zone
     */
    private record Time(LocalDate day, boolean timed, boolean midnight, boolean utc) {}

    /**
     * Reads an event.
     *
     * @throws Problem 422 that names the event, where it cannot be understood
     */
    HolidayEvent(VEvent event, ZoneId zone) {
        this.event = event;
        this.zone = zone;
        requireOnce(DateStart.class, "DTSTART");
        requireOnce(DateEnd.class, "DTEND");
        requireOnce(RecurrenceRule.class, "RRULE");
        this.start = Optional.ofNullable(event.getDateStart())
                .map(from -> time(from.getValue(), "DTSTART"))
                .orElseThrow(() -> unread("DTSTART"));
        this.length = length();
    }

    private void requireOnce(Class<? extends ICalProperty> property, String name) {
        if (event.getProperties(property).size() > 1) {
            throw unread(name);
        }
    }

    String name() {
        String summary = event.getSummary() == null ? "" : event.getSummary().getValue();
        return Cut.to(Names.clean(summary.replace('\n', ' ')), 200);
    }

    String uid() {
        return event.getUid() == null ? "" : event.getUid().getValue();
    }

    boolean cancelled() {
        return event.getStatus() != null && event.getStatus().isCancelled();
    }

    boolean wholeDays() {
        return length > 0;
    }

    /** The day of the event with the same UID that this one replaces; null if it replaces none. */
    @Nullable
    LocalDate insteadOf() {
        var replaced = event.getRecurrenceId();
        if (replaced == null) {
            return null;
        }
        if (replaced.getRange() != null || event.getRecurrenceRule() != null) {
            throw notFollowed();
        }
        return time(replaced.getValue(), "RECURRENCE-ID").day();
    }

    /** The days in the closed range, in order, without occurrences that begin on one of the exceptions. */
    Set<LocalDate> days(LocalDate from, LocalDate to, Set<LocalDate> exceptions) {
        Set<LocalDate> starts = new TreeSet<>(starts(from.minusDays(length), to));
        for (RecurrenceDates more : event.getRecurrenceDates()) {
            if (!more.getPeriods().isEmpty()) {
                throw unread("RDATE");
            }
            more.getDates().forEach(date -> starts.add(midnight(date, "RDATE")));
        }
        for (ExceptionDates less : event.getExceptionDates()) {
            less.getValues().forEach(date -> starts.remove(midnight(date, "EXDATE")));
        }
        exceptions.forEach(starts::remove);
        Set<LocalDate> days = new LinkedHashSet<>();
        LocalDate free = from;
        for (LocalDate first : starts) {
            LocalDate end = first.plusDays(length);
            LocalDate last = end.isAfter(to) ? to.plusDays(1) : end;
            LocalDate begin = first.isBefore(free) ? free : first;
            if (begin.isBefore(last)) {
                begin.datesUntil(last).forEach(days::add);
                free = last;
            }
        }
        return days;
    }

    private List<LocalDate> starts(LocalDate from, LocalDate to) {
        RecurrenceRule rule = event.getRecurrenceRule();
        if (rule == null && event.getExceptionRules().isEmpty()) {
            return List.of(start.day());
        }
        // the time of day of an instant moves with the seasons of the zone
        if (rule == null || start.utc() || !event.getExceptionRules().isEmpty() || !followed(rule.getValue())) {
            throw notFollowed();
        }
        return starts(rule.getValue(), from, to);
    }

    /** RFC 5545 leaves undefined what a rule means whose DTSTART is none of its days; refused where the answer depends on it. */
    private List<LocalDate> starts(Recurrence rule, LocalDate from, LocalDate to) {
        LocalDate until = rule.getUntil() == null ? to : until(rule.getUntil());
        LocalDate last = until.isBefore(to) ? until : to;
        DateIterator dates = new RecurrenceRule(
                        new Recurrence.Builder(rule).until((ICalDate) null).build())
                .getDateIterator(new ICalDate(midnight(skipped(rule, from)), false), UTC);
        List<LocalDate> starts = new ArrayList<>();
        boolean begins = rule.getCount() != null || !start.day().isBefore(from);
        for (int taken = 0; dates.hasNext(); taken++) {
            LocalDate day = LocalDate.ofInstant(dates.next().toInstant(), ZoneOffset.UTC);
            if (taken == MOST || (taken == 0 && begins && !day.equals(start.day()))) {
                throw notFollowed();
            }
            if (day.isAfter(last)) {
                break;
            }
            if (!day.isBefore(from)) {
                starts.add(day);
            }
        }
        return starts;
    }

    /** A day rule or week rule without a count goes on the same from any of its steps; what lies long ago is not walked through. */
    private LocalDate skipped(Recurrence rule, LocalDate from) {
        boolean days = rule.getFrequency() == Frequency.DAILY;
        if (rule.getCount() != null || !(days || rule.getFrequency() == Frequency.WEEKLY)) {
            return start.day();
        }
        long step = (days ? 1L : 7L) * (rule.getInterval() == null ? 1 : rule.getInterval());
        long steps = Math.max(0, ChronoUnit.DAYS.between(start.day(), from) / step - 1);
        return start.day().plusDays(steps * step);
    }

    /** What the library would pass over or guess is refused: a rule half understood is a holiday missing in silence. */
    private static boolean followed(Recurrence rule) {
        boolean nth = rule.getByDay().stream().anyMatch(day -> day.getNum() != null);
        return FOLLOWED.contains(rule.getFrequency())
                && (rule.getInterval() == null || rule.getInterval() > 0)
                && (rule.getCount() == null || rule.getUntil() == null)
                && rule.getXRules().isEmpty()
                && rule.getByWeekNo().isEmpty()
                && rule.getByHour().isEmpty()
                && rule.getByMinute().isEmpty()
                && rule.getBySecond().isEmpty()
                && within(rule.getByMonth(), 1, 12)
                && within(rule.getByMonthDay(), -31, 31)
                && within(rule.getByYearDay(), -366, 366)
                && within(rule.getBySetPos(), -366, 366)
                && rule.getByDay().size() <= LONGEST
                && (!nth || rule.getFrequency() == Frequency.MONTHLY || rule.getFrequency() == Frequency.YEARLY);
    }

    private static boolean within(Collection<Integer> numbers, int low, int high) {
        return numbers.size() <= LONGEST
                && numbers.stream().allMatch(number -> number != 0 && number >= low && number <= high);
    }

    /** RFC 5545 forbids a DTSTART day with an UNTIL instant; then the later of the UTC and zone day counts. */
    private LocalDate until(ICalDate date) {
        LocalDate inZone = time(date, "RRULE").day();
        DateTimeComponents written = date.getRawComponents();
        LocalDate inUtc = LocalDate.of(written.getYear(), written.getMonth(), written.getDate());
        return !start.timed() && inUtc.isAfter(inZone) ? inUtc : inZone;
    }

    private static Date midnight(LocalDate day) {
        return Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private LocalDate midnight(ICalDate date, String property) {
        Time time = time(date, property);
        if (!time.midnight()) {
            throw unread(property);
        }
        return time.day();
    }

    private Time time(ICalDate date, String property) {
        DateTimeComponents written = date.getRawComponents();
        try {
            LocalDateTime time = LocalDateTime.of(
                    LocalDate.of(written.getYear(), written.getMonth(), written.getDate()),
                    LocalTime.of(written.getHour(), written.getMinute(), written.getSecond()));
            LocalDateTime here = written.isUtc() ? LocalDateTime.ofInstant(time.toInstant(ZoneOffset.UTC), zone) : time;
            boolean midnight = here.toLocalTime().equals(LocalTime.MIDNIGHT);
            return new Time(here.toLocalDate(), date.hasTime(), midnight, written.isUtc());
        } catch (DateTimeException broken) {
            throw unread(property);
        }
    }

    /** In days; 0 for what has hours. */
    private int length() {
        boolean ends = event.getDateEnd() != null;
        boolean lasts = event.getDuration() != null;
        if (ends && lasts) {
            throw unread("DURATION");
        }
        long days =
                ends ? until(time(event.getDateEnd().getValue(), "DTEND")) : lasts ? lasting() : start.timed() ? 0 : 1;
        if (days > LONGEST) {
            throw unread(ends ? "DTEND" : "DURATION");
        }
        return start.midnight() ? (int) days : 0;
    }

    /** The end is exclusive, but many programs write the only day as the end. */
    private long until(Time end) {
        long days = ChronoUnit.DAYS.between(start.day(), end.day());
        if (days < 0 || end.timed() != start.timed()) {
            throw unread("DTEND");
        }
        return start.timed() ? (end.midnight() ? days : 0) : Math.max(1, days);
    }

    private long lasting() {
        Duration duration = event.getDuration().getValue();
        long millis = duration.toMillis();
        if (duration.isPrior() || (!start.timed() && (millis == 0 || millis % DAY != 0))) {
            throw unread("DURATION");
        }
        return millis % DAY == 0 ? millis / DAY : 0;
    }

    private Problem unread(String property) {
        return refused("event_not_read", "cannot be understood", property);
    }

    private Problem notFollowed() {
        return refused("rule_not_followed", "comes back by a rule that is not followed", "RRULE");
    }

    private Problem refused(String code, String why, String property) {
        String shown = Cut.to(name().isEmpty() ? uid() : name(), 100);
        return Problem.invalid(
                        "/calendar",
                        code,
                        "“" + shown + "” " + why + " (" + property
                                + "). Nothing was taken in; write its days out, or take it out of the file.")
                .values(shown, property);
    }
}
