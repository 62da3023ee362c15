package dev.ronde.review.planning;

import dev.ronde.cadence.Cadence.Every;
import dev.ronde.cadence.MonthRule;
import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.review.plan.CadenceRule;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;

/** A cadence as people say it, in the reader's language. */
public final class CadenceWords {
    private CadenceWords() {}

    public static String of(ReaderWords words, CadenceRule rule) {
        if (rule instanceof CadenceRule.OneDate) {
            return words.text("review.cadence.once");
        }
        if (rule instanceof CadenceRule.Interval interval) {
            Every every = interval.every();
            String unit = every.unit().name().toLowerCase(Locale.ROOT);
            return words.text("review.cadence." + unit, every.count());
        }
        CadenceRule.OfMonth monthly = (CadenceRule.OfMonth) rule;
        String months = words.text("review.cadence.months", monthly.everyMonths());
        return words.text("review.cadence.of_month", months, day(words, monthly.rule()));
    }

    private static String day(ReaderWords words, MonthRule rule) {
        if (rule instanceof MonthRule.Day day) {
            return words.text("review.cadence.day", day.dayOfMonth());
        }
        if (rule instanceof MonthRule.NthWeekday weekday) {
            String nth = words.text("review.cadence.nth." + weekday.nth());
            return words.text("review.cadence.weekday", nth, name(words, weekday.weekday()));
        }
        if (rule instanceof MonthRule.LastWeekday weekday) {
            String nth = words.text("review.cadence.nth.last");
            return words.text("review.cadence.weekday", nth, name(words, weekday.weekday()));
        }
        return words.text("review.cadence.last_day");
    }

    private static String name(ReaderWords words, DayOfWeek weekday) {
        Locale locale = words.locale();
        return weekday.getDisplayName(
                TextStyle.FULL, locale.getLanguage().equals("fr") ? Locale.FRENCH : Locale.ENGLISH);
    }
}
