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
        Review review,
        UUID personId,
        Rung rung,
        List<Rung> lower,
        List<Rung> later,
        boolean first,
        Instant setOffAt,
        boolean urgent,
        boolean dueToday) {

    /** What waits for its turn and brings nothing else. */
    Draft(Review review, UUID personId, Rung rung, List<Rung> lower, boolean first, Instant setOffAt) {
        this(review, personId, rung, lower, List.of(), first, setOffAt, false, false);
    }

    /** What leaves in a mail of its own kind, as soon as it may. */
    static Draft alone(Review review, UUID personId, Rung rung, boolean first, Instant setOffAt) {
        return new Draft(review, personId, rung, List.of(), List.of(), first, setOffAt, true, false);
    }

    /**
     * What waits for its turn, with what the rest of the day brings.
     *
     * @param dueToday see {@link Item}
     */
    static Draft of(Review review, UUID personId, Telling telling, boolean first, Instant setOffAt, boolean dueToday) {
        return new Draft(
                review, personId, telling.rung(), telling.lower(), telling.later(), first, setOffAt, false, dueToday);
    }

    /** All of them, each with the ref of its asset and the outside requirements of its plan. */
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
                later,
                first,
                setOffAt,
                urgent,
                dueToday);
    }
}
