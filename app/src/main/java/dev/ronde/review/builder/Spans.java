package dev.ronde.review.builder;

import java.time.Duration;
import java.time.Period;
import java.util.Map;

/** Periods as a number and a unit, and as plan files write them. */
final class Spans {
    private static final Map<String, String> FORMS = Map.of(
            "days", "P%sD",
            "weeks", "P%sW",
            "months", "P%sM",
            "years", "P%sY",
            "seconds", "PT%sS",
            "minutes", "PT%sM",
            "hours", "PT%sH");

    private Spans() {}

    record Span(String count, String unit) {}

    /** ISO 8601; an unknown unit stays as it is, so that the reader refuses it. */
    static String iso(String count, String unit) {
        String form = FORMS.get(unit);
        return form == null ? "P" + count + unit : form.formatted(count);
    }

    static Span of(Period period) {
        if (period.getYears() != 0) {
            return new Span(String.valueOf(period.getYears()), "years");
        }
        return period.getMonths() != 0
                ? new Span(String.valueOf(period.getMonths()), "months")
                : new Span(String.valueOf(period.getDays()), "days");
    }

    static Span of(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds != 0 && seconds % 86_400 == 0) {
            return new Span(String.valueOf(seconds / 86_400), "days");
        }
        if (seconds != 0 && seconds % 3_600 == 0) {
            return new Span(String.valueOf(seconds / 3_600), "hours");
        }
        return seconds % 60 == 0
                ? new Span(String.valueOf(seconds / 60), "minutes")
                : new Span(String.valueOf(seconds), "seconds");
    }
}
