package dev.ronde.finding.waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads the waivers that wait for somebody to decide. */
public final class RequestedWaivers {
    /** Returns those whose last day is not over, the oldest request first. */
    public List<RequestedWaiver> list(Handle handle, Instant now) {
        return handle.attach(WaiverDao.class).listRequested(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }
}
