package dev.ronde.reminder;

import dev.ronde.asset.Assets;
import dev.ronde.mail.handle.Grant;
import dev.ronde.mail.handle.Grants;
import dev.ronde.platform.db.Database;
import dev.ronde.review.Review;
import dev.ronde.review.Reviews;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What follows when a key of the mailed links may have leaked: its links die at once and their holders get new ones. */
public final class Relink {
    private final Database database;
    private final Reviews reviews;
    private final Assets assets;
    private final Grants grants;
    private final Gathering gathering;

    Relink(Database database, Reviews reviews, Assets assets, Grants grants, Gathering gathering) {
        this.database = database;
        this.reviews = reviews;
        this.assets = assets;
        this.grants = grants;
        this.gathering = gathering;
    }

    /** Disables a key and queues, once, a mail with a new link to everybody who had a live link to an open review.
     *
     * @return how many mails were queued */
    public int disable(int kid, String reason, Instant now) {
        return database.inTransaction(tx -> {
            int queued = 0;
            for (Grant lost : grants.disableKey(tx, kid, reason)) {
                Optional<Review> review = reviews.find(tx, lost.subjectId())
                        .filter(open -> open.stateAt(now).waiting());
                if (review.isPresent()) {
                    queued += gathering.queue(
                            tx, lost.personId(), List.of(item(tx, lost, review.get(), kid, now)), false, now);
                }
            }
            return queued;
        });
    }

    private Item item(Handle tx, Grant lost, Review review, int kid, Instant now) {
        String asset = assets.byId(tx, review.assetId()).ref();
        return new Item(
                lost.personId(),
                Notice.REVIEW,
                review.id(),
                review.ref(),
                review.version(),
                asset,
                new Rung("relink-" + kid, Step.RELINK, now),
                List.of(),
                false,
                Instant.MIN,
                false);
    }
}
