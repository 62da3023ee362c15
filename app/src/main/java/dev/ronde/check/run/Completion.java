package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.CheckState;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.platform.schedule.Claim;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A claimed due row whose work is over.
 *
 * @param nextDueAt when it is due again, null for never
 * @param ran the result, null where only missed occurrences are written or the work was put off
 */
record Completion(
        Claim claim,
        CatalogueEntry entry,
        Asset asset,
        Occurrences occurrences,
        @Nullable Instant nextDueAt,
        @Nullable Execution ran,
        CheckState before) {

    Completion with(Execution other) {
        return new Completion(claim, entry, asset, occurrences, nextDueAt, other, before);
    }
}
