package dev.ronde.platform.schedule;

import java.time.Instant;

/** Work in bulk on due rows: claim, work, complete, until nothing is due. Several identical lanes run over the nodes at once. */
public interface Lane {
    String name();

    /** Drains what is due at {@code now} and returns how many occurrences this call completed. */
    int sweep(Instant now);
}
