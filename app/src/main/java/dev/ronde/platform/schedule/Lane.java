package dev.ronde.platform.schedule;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Work in bulk on due rows: claim, work, complete, until nothing is due. Several identical lanes run over the nodes at once. */
public interface Lane {
    String name();

    /**
     * Drains what is due at {@code now} and returns how many occurrences this call completed.
     *
     * @param goOn asked before more is claimed; where it says no, what was claimed is brought to its end and nothing more
     */
    int sweep(Instant now, BooleanSupplier goOn);

    default int sweep(Instant now) {
        return sweep(now, () -> true);
    }
}
