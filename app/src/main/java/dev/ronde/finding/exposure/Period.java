package dev.ronde.finding.exposure;

import dev.ronde.platform.http.Query;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Days in UTC, as in an evidence export, both included.
 *
 * @param end the first instant after it
 * @param until as far as it has happened: its end, at most now
 */
record Period(LocalDate from, LocalDate to, Instant start, Instant end, Instant until) {
    private static final int USUAL_DAYS = 90;

    /** Without {@code from} and {@code to}, the last 90 days. */
    static Period of(Query query, Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate to = query.date("to").orElse(today);
        LocalDate from = query.date("from").orElse(to.minusDays(USUAL_DAYS - 1L));
        if (to.isBefore(from)) {
            throw Problem.badRequest(
                    "bad_parameter", "The last day, " + to + ", is before the first, " + from + ". Swap from and to.");
        }
        Instant start = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Period(from, to, start, end, end.isBefore(now) ? end : now);
    }

    boolean holds(Instant instant) {
        return !instant.isBefore(start) && instant.isBefore(end);
    }
}
