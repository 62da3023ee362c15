package dev.ronde.platform.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Dates and instants as people and programs write them (RFC 3339): a year has four digits, which every database can hold. */
public final class IsoDates {
    private static final int DATE = 10;

    private IsoDates() {}

    /**
     * A date such as 2026-12-31.
     *
     * @throws DateTimeException for any other text
     */
    public static LocalDate date(String text) {
        if (text.length() != DATE) {
            throw new DateTimeException("no date: " + text);
        }
        return LocalDate.parse(text);
    }

    /** A date as {@link #date} takes it, in blanks or not; null for no text and for any other. */
    public static @Nullable LocalDate dateIn(@Nullable String text) {
        try {
            return text == null ? null : date(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * An instant such as 2026-12-31T00:00:00Z.
     *
     * @throws DateTimeException for any other text
     */
    public static Instant instant(String text) {
        if (text.startsWith("+") || text.startsWith("-")) {
            throw new DateTimeException("no instant: " + text);
        }
        return Instant.parse(text);
    }
}
