package dev.ronde.reminder;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.platform.db.Batches;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewRecords;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Something a person must be told now about a review; {@link #items} adds what is read of all of them together.
 *
 * @param lower see {@link Item}, as for all that follows
 */
record Draft(
        Review review, UUID personId, Rung rung, List<Rung> lower, boolean first, Instant setOffAt, boolean urgent) {
    Draft(Review review, UUID personId, Rung rung, List<Rung> lower, boolean first, Instant setOffAt) {
        this(review, personId, rung, lower, first, setOffAt, false);
    }

    static List<Item> items(Handle handle, Assets inventory, List<Draft> drafts) {
        List<UUID> ids = drafts.stream()
                .map(draft -> draft.review().assetId())
                .distinct()
                .toList();
        Map<UUID, Asset> assets = new HashMap<>();
        Batches.of(ids).forEach(some -> assets.putAll(inventory.byIds(handle, some)));
        return drafts.stream()
                .map(draft -> draft.item(
                        Objects.requireNonNull(assets.get(draft.review().assetId()))
                                .ref(),
                        ReviewRecords.plan(handle, draft.review()).frameworks()))
                .toList();
    }

    private Item item(String asset, List<String> controls) {
        return new Item(
                personId,
                Notice.REVIEW,
                review.id(),
                review.ref(),
                review.version(),
                asset,
                controls,
                rung,
                lower,
                first,
                setOffAt,
                urgent);
    }
}
