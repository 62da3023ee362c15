package dev.ronde.finding.waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads the waivers that end soon, or have ended, and are not renewed: what fails now counts again the day after. */
public final class EndingWaivers {
    /** How many days before its end a waiver is first mentioned. */
    public static final int DAYS = 30;

    private static final int OVER = 7;

    /** Returns those that ended in the last week while what they cover still fails: it counts again. The earliest first. */
    public List<EndingWaiver> over(Handle handle, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return handle.attach(WaiverDao.class).listOver(today.minusDays(OVER), today);
    }

    /** Returns those that end within {@link #DAYS} days of {@code now} or today, the earliest first. */
    public List<EndingWaiver> list(Handle handle, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return handle.attach(WaiverDao.class).listEnding(today, today.plusDays(DAYS));
    }

    public Optional<EndingWaiver> find(Handle handle, UUID id, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return handle.attach(WaiverDao.class).findEnding(id, today, today.plusDays(DAYS));
    }

    public Optional<EndingWaiver> findOver(Handle handle, UUID id, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return handle.attach(WaiverDao.class).findOver(id, today.minusDays(OVER), today);
    }
}
