package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.Refusal;
import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.statement.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored here already for a run that sends no packet.
 *
 * @param snapshot the newest of the source it reads, null where there is none
 * @param refused what that source said since then and nobody could read, null where there is nothing
 * @param statement what a person stated last, null where nobody did or is asked
 */
public record StoredInput(
        @Nullable Snapshot snapshot,
        @Nullable Refusal refused,
        @Nullable Statement statement) {
    public static final StoredInput NOTHING = new StoredInput(null, null, null);

    /**
     * Returns the facts that a person stated last; none at all where nobody did, which the check itself says.
     *
     * @param entry the check that asks now
     */
    Map<String, Object> stated(CatalogueEntry entry, Asset asset, ZoneId zone, Instant now) {
        return statement == null ? Map.of() : statement.facts(statement.changed(entry, asset), zone, now);
    }
}
