package dev.ronde.asset.snapshot;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a push says about itself.
 *
 * @param sequence {@code Ronde-Sequence}: grows with every accepted push of a source, so that an old one cannot be repeated
 * @param collectedAt {@code Ronde-Collected-At}: when the source looked; without it the arrival counts
 */
public record PushHeaders(@Nullable Long sequence, @Nullable Instant collectedAt) {
    public static final PushHeaders NONE = new PushHeaders(null, null);

    /** Reads the two headers; a {@link Problem} 400 where one is not what it should be. */
    public static PushHeaders read(@Nullable String sequence, @Nullable String collectedAt) {
        return new PushHeaders(number(sequence), time(collectedAt));
    }

    /** Whether the sequence was used before, the highest one being this. */
    boolean repeats(@Nullable Long highest) {
        return sequence != null && highest != null && sequence <= highest;
    }

    private static @Nullable Long number(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.badRequest(
                    "bad_header", "Ronde-Sequence is a whole number that grows with every accepted push.");
        }
        return Long.valueOf(text);
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : IsoDates.instant(text).truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException wrong) {
            throw Problem.badRequest("bad_header", "Ronde-Collected-At is a time in UTC such as 2026-11-25T09:00:00Z.");
        }
    }
}
