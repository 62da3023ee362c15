package dev.ronde.finding.waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads the waivers that somebody must hear of: what they cover counts again the day after their end. */
public final class DueWaivers {
    /** How many days before its end a waiver is first mentioned. */
    public static final int DAYS = 30;

    private static final int OVER = 7;

    /** Those that end within {@link #DAYS} days of {@code now} or today and are not renewed, the earliest first. */
    public List<EndingWaiver> ending(Handle handle, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return handle.attach(WaiverDao.class).listEnding(today, today.plusDays(DAYS));
    }

    /** Those that ended in the last week, are not renewed, and what they covered still fails; the earliest first. */
    public List<EndingWaiver> over(Handle handle, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return handle.attach(WaiverDao.class).listOver(today.minusDays(OVER), today);
    }

    /** Those that wait for a decision, whose last day is not over and whose failure is not fixed; the oldest request first. */
    public List<RequestedWaiver> requested(Handle handle, Instant now) {
        return handle.attach(WaiverDao.class).listRequested(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }
}
