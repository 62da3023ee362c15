package dev.ronde.cadence;

import java.time.LocalDate;

/**
 * A second opinion on the calendar for the tests: its own leap years, month lengths and weekdays, counted day by day, so
 * that a mistake in our use of java.time cannot hide behind java.time.
 */
final class CivilDays {

    private static final int[] LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private CivilDays() {}

    static boolean leap(int year) {
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    }

    static int length(int year, int month) {
        return month == 2 && leap(year) ? 29 : LENGTHS[month - 1];
    }

    /** Monday is 1; 1 January 2024 was a Monday. */
    static int weekday(LocalDate date) {
        int days = 0;
        for (int year = 2024; year < date.getYear(); year++) {
            days += leap(year) ? 366 : 365;
        }
        for (int month = 1; month < date.getMonthValue(); month++) {
            days += length(date.getYear(), month);
        }
        return (days + date.getDayOfMonth() - 1) % 7 + 1;
    }

    /** The date so many months after the first, keeping the day of month or the month's last day. */
    static LocalDate monthsAfter(LocalDate anchor, int months) {
        int total = anchor.getYear() * 12 + anchor.getMonthValue() - 1 + months;
        int year = total / 12;
        int month = total % 12 + 1;
        return LocalDate.of(year, month, Math.min(anchor.getDayOfMonth(), length(year, month)));
    }

    static LocalDate dayAfter(LocalDate date) {
        if (date.getDayOfMonth() < length(date.getYear(), date.getMonthValue())) {
            return LocalDate.of(date.getYear(), date.getMonthValue(), date.getDayOfMonth() + 1);
        }
        return date.getMonthValue() < 12
                ? LocalDate.of(date.getYear(), date.getMonthValue() + 1, 1)
                : LocalDate.of(date.getYear() + 1, 1, 1);
    }
}
