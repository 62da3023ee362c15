package dev.ronde.finding.waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads the waivers that end soon and are not renewed: what fails now counts again the day after. */
public final class EndingWaivers {
    /** How many days before its end a waiver is first spoken of. */
    public static final int DAYS = 30;

    /** Returns those that end within {@link #DAYS} days of {@code now} or today, the earliest first. */
    public List<EndingWaiver> list(Handle handle, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return handle.attach(WaiverDao.class).listEnding(today, today.plusDays(DAYS));
    }
}
