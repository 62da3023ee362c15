package dev.ronde.review.plan;

import dev.ronde.cadence.Cadence;
import dev.ronde.cadence.Cadence.Every;
import dev.ronde.cadence.Cadence.Monthly;
import dev.ronde.cadence.Cadence.Once;
import dev.ronde.cadence.MonthRule;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cadence of a plan, before it is known from when it counts for one asset. */
public sealed interface CadenceRule {

    /** The cadence for an asset enrolled on this day in the plan's zone. */
    Cadence from(LocalDate enrolledOn);

    /**
     * The same counted from another anchor; rules that name their days keep them whatever the anchor.
     *
     * @param anchorOn null for the rule's own
     */
    default Cadence from(LocalDate enrolledOn, @Nullable LocalDate anchorOn) {
        return this instanceof Interval interval && anchorOn != null
                ? new Every(interval.every().count(), interval.every().unit(), anchorOn)
                : from(enrolledOn);
    }

    /** The first slot the plan names; empty if that is the first match after enrolment, or for a single date. */
    default Optional<LocalDate> anchorOn() {
        if (this instanceof Interval interval) {
            return Optional.of(interval.every().anchor());
        }
        return this instanceof OfMonth monthly ? Optional.ofNullable(monthly.anchor()) : Optional.empty();
    }

    Map<String, Object> toMap();

    record OneDate(LocalDate on) implements CadenceRule {
        @Override
        public Cadence from(LocalDate enrolledOn) {
            return new Once(on);
        }

        @Override
        public Map<String, Object> toMap() {
            return Map.of("once", on.toString());
        }
    }

    record Interval(Every every) implements CadenceRule {
        @Override
        public Cadence from(LocalDate enrolledOn) {
            return every;
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("every", every.iso());
            map.put("anchor", every.anchor().toString());
            return map;
        }
    }

    record OfMonth(
            MonthRule rule, int everyMonths, @Nullable LocalDate anchor) implements CadenceRule {
        @Override
        public Cadence from(LocalDate enrolledOn) {
            return new Monthly(rule, everyMonths, anchor == null ? enrolledOn : anchor);
        }

        @Override
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("monthly", monthly());
            map.put("every_months", (long) everyMonths);
            if (anchor != null) {
                map.put("anchor", anchor.toString());
            }
            return map;
        }

        private Object monthly() {
            Map<String, Object> day = new LinkedHashMap<>();
            if (rule instanceof MonthRule.LastDay) {
                return "last_day";
            } else if (rule instanceof MonthRule.Day numbered) {
                day.put("day", (long) numbered.dayOfMonth());
            } else if (rule instanceof MonthRule.NthWeekday weekday) {
                day.put("weekday", weekday.weekday().name().toLowerCase(Locale.ROOT));
                day.put("nth", (long) weekday.nth());
            } else if (rule instanceof MonthRule.LastWeekday weekday) {
                day.put("weekday", weekday.weekday().name().toLowerCase(Locale.ROOT));
                day.put("nth", "last");
            }
            return day;
        }
    }
}
