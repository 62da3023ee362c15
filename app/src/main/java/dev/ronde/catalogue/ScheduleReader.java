package dev.ronde.catalogue;

import dev.ronde.platform.document.Fields;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads how often a check looks and how long its result counts. */
final class ScheduleReader {
    private static final Duration LONGEST_EVERY = Duration.ofDays(366);
    private static final Duration LONGEST_FRESH = LONGEST_EVERY.multipliedBy(2);

    private ScheduleReader() {}

    static CheckDefinition.Schedule read(Fields file, ProbeSpec probe) {
        file.require("schedule");
        return file.child("schedule")
                .map(child -> {
                    Duration every = child.duration("every").orElse(null);
                    boolean onChange = child.truth("onChange").orElse(false);
                    child.require("freshFor");
                    Duration freshFor = child.duration("freshFor").orElse(Duration.ofSeconds(1));
                    rules(child, every, onChange, freshFor, probe);
                    child.noOthers();
                    return new CheckDefinition.Schedule(every, onChange, freshFor);
                })
                .orElse(new CheckDefinition.Schedule(Duration.ofDays(1), false, Duration.ofDays(2)));
    }

    private static void rules(
            Fields child, @Nullable Duration every, boolean onChange, Duration freshFor, ProbeSpec probe) {
        if (every == null && !onChange) {
            child.problem(child.line(), "'schedule' needs 'every', or 'onChange: true' for pushed snapshots");
        }
        if (onChange && !probe.readsSnapshot()) {
            child.problem("onChange", "'onChange' works with probe type snapshot only");
        }
        if (every != null && every.compareTo(Duration.ofMinutes(1)) < 0) {
            child.problem("every", "'every' must be at least PT1M");
        }
        if (every != null && every.compareTo(LONGEST_EVERY) > 0) {
            child.problem("every", "'every' may be at most P" + LONGEST_EVERY.toDays() + "D");
        } else if (every != null && freshFor.compareTo(every.multipliedBy(2)) < 0) {
            child.problem("freshFor", "'freshFor' must be at least twice 'every' (" + every.multipliedBy(2) + ")");
        }
        if (freshFor.compareTo(LONGEST_FRESH) > 0) {
            child.problem("freshFor", "'freshFor' may be at most P" + LONGEST_FRESH.toDays() + "D");
        }
    }
}
