package dev.ronde.cadence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ronde.cadence.Cadence.Every;
import dev.ronde.cadence.Cadence.Every.Unit;
import dev.ronde.cadence.Cadence.Monthly;
import dev.ronde.cadence.MonthRule.Day;
import dev.ronde.cadence.MonthRule.LastDay;
import dev.ronde.cadence.MonthRule.LastWeekday;
import dev.ronde.cadence.MonthRule.NthWeekday;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTest {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2027, 12, 31);
    private static final List<LocalDate> ANCHORS = days(FIRST, LAST);

    /** Every fifth of them, so that each day of a month is among them; at full scale all. */
    private static final List<LocalDate> SOME = "full".equals(System.getProperty("ronde.scale"))
            ? ANCHORS
            : ANCHORS.stream()
                    .filter(day -> day.toEpochDay() % 5 == 0 || day.getDayOfMonth() > 28)
                    .toList();

    @ParameterizedTest
    @CsvSource({
        "2024-01-31, P1M, 2024-01-31 2024-02-29 2024-03-31 2024-04-30 2024-05-31",
        "2025-01-31, P1M, 2025-01-31 2025-02-28 2025-03-31 2025-04-30 2025-05-31",
        "2025-01-30, P1M, 2025-01-30 2025-02-28 2025-03-30 2025-04-30",
        "2024-01-30, P1M, 2024-01-30 2024-02-29 2024-03-30 2024-04-30",
        "2024-01-29, P1M, 2024-01-29 2024-02-29 2024-03-29",
        "2025-01-29, P1M, 2025-01-29 2025-02-28 2025-03-29",
        "2026-01-31, P3M, 2026-01-31 2026-04-30 2026-07-31 2026-10-31 2027-01-31",
        "2025-11-30, P3M, 2025-11-30 2026-02-28 2026-05-30 2026-08-30",
        "2023-11-30, P3M, 2023-11-30 2024-02-29 2024-05-30",
        "2025-08-31, P6M, 2025-08-31 2026-02-28 2026-08-31 2027-02-28 2027-08-31 2028-02-29",
        "2024-02-29, P1Y, 2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29",
        "2024-02-29, P1M, 2024-02-29 2024-03-29 2024-04-29",
        "2026-03-28, P2W, 2026-03-28 2026-04-11 2026-04-25",
        "2024-02-28, P1D, 2024-02-28 2024-02-29 2024-03-01",
    })
    void countsEverySlotFromTheAnchorAndClamps(LocalDate anchor, String interval, String expected) {
        Every every = every(interval, anchor);
        List<LocalDate> slots =
                List.of(expected.split(" ")).stream().map(LocalDate::parse).toList();
        assertThat(every.upcoming(anchor, slots.size())).isEqualTo(slots);
        assertThat(every.iso()).isEqualTo(interval);
    }

    @ParameterizedTest
    @EnumSource(Unit.class)
    void agreesWithCountingDayByDayFromEveryAnchor(Unit unit) {
        for (LocalDate anchor : SOME) {
            for (int count : new int[] {1, 2, 3, 6, 45}) {
                Every every = new Every(count, unit, anchor);
                LocalDate until = LocalDate.of(2032, 12, 31);
                assertThat(every.between(anchor, until))
                        .as("%s from %s", every.iso(), anchor)
                        .isEqualTo(intervalSlots(count, unit, anchor, until));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 12})
    void findsTheMonthsDayFromEveryAnchor(int everyMonths) {
        List<MonthRule> rules = new ArrayList<>(List.of(new LastDay()));
        for (int day : new int[] {1, 15, 28, 29, 30, 31}) {
            rules.add(new Day(day));
        }
        for (DayOfWeek weekday : DayOfWeek.values()) {
            rules.add(new LastWeekday(weekday));
            rules.add(new NthWeekday(weekday, 1));
            rules.add(new NthWeekday(weekday, 2));
            rules.add(new NthWeekday(weekday, 4));
        }
        for (MonthRule rule : rules) {
            List<LocalDate> matches = ANCHORS.stream().filter(matching(rule)).toList();
            for (LocalDate anchor : SOME) {
                if (anchor.isAfter(LocalDate.of(2026, 11, 30))) {
                    break;
                }
                assertThat(new Monthly(rule, everyMonths, anchor).between(anchor, LAST))
                        .as("%s each %d months from %s", rule, everyMonths, anchor)
                        .isEqualTo(everyNth(matches, anchor, everyMonths));
            }
        }
    }

    @Test
    void walksForwardAndBackOverTheSameSlots() {
        List<Cadence> cadences = List.of(
                new Every(1, Unit.MONTHS, LocalDate.of(2024, 1, 31)),
                new Every(3, Unit.WEEKS, LocalDate.of(2024, 2, 29)),
                new Monthly(new LastWeekday(DayOfWeek.FRIDAY), 2, LocalDate.of(2024, 1, 1)),
                new Monthly(new Day(31), 6, LocalDate.of(2024, 2, 1)));
        for (Cadence cadence : cadences) {
            List<LocalDate> slots = cadence.between(FIRST, LAST);
            for (LocalDate day : ANCHORS) {
                LocalDate next = cadence.atOrAfter(day.plusDays(1));
                assertThat(next).isAfter(day);
                if (!next.isAfter(LAST)) {
                    assertThat(slots).contains(next);
                }
            }
        }
    }

    @Test
    void neverHasASlotBeforeTheAnchor() {
        Cadence cadence = new Every(3, Unit.MONTHS, LocalDate.of(2026, 1, 31));
        assertThat(cadence.between(LocalDate.of(2020, 1, 1), LocalDate.of(2026, 1, 30)))
                .isEmpty();
        assertThat(cadence.atOrAfter(LocalDate.of(2020, 1, 1))).isEqualTo(LocalDate.of(2026, 1, 31));
    }

    @Test
    void sixMonthlyOnTheFifteenthIsExpressible() {
        Cadence cadence = new Monthly(new Day(15), 6, LocalDate.of(2026, 1, 16));
        assertThat(cadence.upcoming(FIRST, 3))
                .containsExactly(LocalDate.of(2026, 2, 15), LocalDate.of(2026, 8, 15), LocalDate.of(2027, 2, 15));
    }

    @Test
    void refusesWhatNoCalendarHas() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Every(0, Unit.DAYS, FIRST));
        assertThatIllegalArgumentException().isThrownBy(() -> new Every(1001, Unit.DAYS, FIRST));
        assertThatIllegalArgumentException().isThrownBy(() -> new Monthly(new LastDay(), 5, FIRST));
        assertThatIllegalArgumentException().isThrownBy(() -> new NthWeekday(DayOfWeek.MONDAY, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Day(32));
        assertThatIllegalArgumentException().isThrownBy(() -> new Every(1, Unit.DAYS, FIRST).slot(-1));
    }

    private static Every every(String interval, LocalDate anchor) {
        Unit unit = switch (interval.charAt(interval.length() - 1)) {
            case 'D' -> Unit.DAYS;
            case 'W' -> Unit.WEEKS;
            case 'M' -> Unit.MONTHS;
            default -> Unit.YEARS;
        };
        return new Every(Integer.parseInt(interval.substring(1, interval.length() - 1)), unit, anchor);
    }

    private static List<LocalDate> days(LocalDate from, LocalDate to) {
        List<LocalDate> days = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = CivilDays.dayAfter(day)) {
            days.add(day);
        }
        return days;
    }

    private static List<LocalDate> intervalSlots(int count, Unit unit, LocalDate anchor, LocalDate until) {
        List<LocalDate> slots = new ArrayList<>();
        if (unit == Unit.DAYS || unit == Unit.WEEKS) {
            int step = unit == Unit.DAYS ? count : 7 * count;
            int counter = 0;
            for (LocalDate day = anchor; !day.isAfter(until); day = CivilDays.dayAfter(day)) {
                if (counter++ % step == 0) {
                    slots.add(day);
                }
            }
            return slots;
        }
        int step = unit == Unit.MONTHS ? count : 12 * count;
        LocalDate slot = anchor;
        for (int n = 1; !slot.isAfter(until); n++) {
            slots.add(slot);
            slot = CivilDays.monthsAfter(anchor, n * step);
        }
        return slots;
    }

    private static Predicate<LocalDate> matching(MonthRule rule) {
        return date -> {
            int length = CivilDays.length(date.getYear(), date.getMonthValue());
            int day = date.getDayOfMonth();
            if (rule instanceof LastDay) {
                return day == length;
            }
            if (rule instanceof Day wanted) {
                return day == Math.min(wanted.dayOfMonth(), length);
            }
            if (rule instanceof LastWeekday wanted) {
                return CivilDays.weekday(date) == wanted.weekday().getValue() && day + 7 > length;
            }
            NthWeekday wanted = (NthWeekday) rule;
            return CivilDays.weekday(date) == wanted.weekday().getValue() && (day - 1) / 7 + 1 == wanted.nth();
        };
    }

    private static List<LocalDate> everyNth(List<LocalDate> matches, LocalDate anchor, int step) {
        List<LocalDate> picked = new ArrayList<>();
        int counter = 0;
        for (LocalDate match : matches) {
            if (!match.isBefore(anchor) && counter++ % step == 0) {
                picked.add(match);
            }
        }
        return picked;
    }
}
