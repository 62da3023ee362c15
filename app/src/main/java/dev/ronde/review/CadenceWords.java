package dev.ronde.review;

import dev.ronde.cadence.Every;
import dev.ronde.cadence.MonthRule;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.review.plan.CadenceRule;
import io.javalin.http.Context;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;

/** A cadence as people say it, in the reader's language. */
final class CadenceWords {

    private final PageRenderer pages;

    CadenceWords(PageRenderer pages) {
        this.pages = pages;
    }

    String of(Context context, CadenceRule rule) {
        if (rule instanceof CadenceRule.Interval interval) {
            Every every = interval.every();
            String unit = every.unit().name().toLowerCase(Locale.ROOT);
            return pages.text(context, "review.cadence." + unit, every.count());
        }
        CadenceRule.OfMonth monthly = (CadenceRule.OfMonth) rule;
        String months = pages.text(context, "review.cadence.months", monthly.everyMonths());
        return pages.text(context, "review.cadence.of_month", months, day(context, monthly.rule()));
    }

    private String day(Context context, MonthRule rule) {
        if (rule instanceof MonthRule.Day day) {
            return pages.text(context, "review.cadence.day", day.dayOfMonth());
        }
        if (rule instanceof MonthRule.NthWeekday weekday) {
            String nth = pages.text(context, "review.cadence.nth." + weekday.nth());
            return pages.text(context, "review.cadence.weekday", nth, name(context, weekday.weekday()));
        }
        if (rule instanceof MonthRule.LastWeekday weekday) {
            String nth = pages.text(context, "review.cadence.nth.last");
            return pages.text(context, "review.cadence.weekday", nth, name(context, weekday.weekday()));
        }
        return pages.text(context, "review.cadence.last_day");
    }

    private String name(Context context, DayOfWeek weekday) {
        Locale locale = pages.reader(context).locale();
        return weekday.getDisplayName(
                TextStyle.FULL, locale.getLanguage().equals("fr") ? Locale.FRENCH : Locale.ENGLISH);
    }
}
