package dev.ronde.finding.waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Reads the waivers that wait for somebody to decide. */
public final class RequestedWaivers {
    /** Returns those whose last day is not over and whose failure is not fixed, the oldest request first. */
    public List<RequestedWaiver> list(Handle handle, Instant now) {
        return handle.attach(WaiverDao.class).listRequested(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    public Optional<RequestedWaiver> find(Handle handle, UUID id, Instant now) {
        return handle.attach(WaiverDao.class).findRequested(id, LocalDate.ofInstant(now, ZoneOffset.UTC));
    }
}
