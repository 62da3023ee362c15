package dev.ronde.check;

import dev.ronde.asset.inventory.Asset;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Hears of stored results, in the transaction that stores them: an exception undoes the whole batch. */
public interface OutcomeListener {
    /**
     * One stored result.
     *
     * @param observedAt when what it judged was so: its end, or earlier where it read a snapshot, see {@link CheckState#observedAt}
     * @param messages filled messages of the failed assertions
     * @param controls controls the check counts for, as {@code framework:id}
     */
    record Recorded(
            Asset asset,
            CheckRun run,
            Instant observedAt,
            CheckState before,
            String title,
            List<String> messages,
            List<String> controls) {}

    /** Called once per batch, after the rows and their evidence are written. */
    void recorded(Handle tx, List<Recorded> batch);
}
