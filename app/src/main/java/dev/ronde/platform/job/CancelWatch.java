package dev.ronde.platform.job;

import dev.ronde.platform.http.Principal;
import org.jdbi.v3.core.Handle;

/** Told, in the same transaction, that somebody asked a job to stop. */
@FunctionalInterface
public interface CancelWatch {
    void cancelled(Handle tx, Job job, Principal by);
}
