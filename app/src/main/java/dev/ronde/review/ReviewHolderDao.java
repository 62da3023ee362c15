package dev.ronde.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The only statements that say whose a review is. Each of them also keeps who held it; that stays known when it goes on. */
interface ReviewHolderDao {

    /** What a review is made of when it opens, or is missed without opening. */
    record Opened(
            UUID id,
            long version,
            Opening opening,
            @Nullable UUID ownerId,
            int planVersion) {}

    /** Somebody who has a review from here on. */
    record Holder(UUID reviewId, UUID personId, Instant since) {}

    /** Opens reviews, each with its owner; returns the rows changed by each. */
    default int[] open(List<Opened> reviews) {
        int[] changed = updateOpened(reviews);
        List<Holder> holders = new ArrayList<>();
        for (int index = 0; index < changed.length; index++) {
            Opened review = reviews.get(index);
            UUID owner = review.ownerId();
            Instant openedAt = review.opening().openedAt();
            if (changed[index] == 1 && owner != null && openedAt != null) {
                holders.add(new Holder(review.id(), owner, openedAt));
            }
        }
        insertHolders(holders);
        return changed;
    }

    /** Ends a window in which the review never opened; what it asks for and whose it is are settled all the same, to be done late. */
    default int missUnopened(Opened review, Instant now) {
        int changed = updateMissed(review, now);
        UUID owner = review.ownerId();
        if (changed == 1 && owner != null) {
            insertHolders(List.of(new Holder(review.id(), owner, now)));
        }
        return changed;
    }

    /** Gives a review to somebody, or to nobody; what was asked of others and what the owner before said ends. */
    default int assign(UUID id, long version, @Nullable UUID personId, int steps, Instant now) {
        int changed = updateOwner(id, version, personId, steps, now);
        if (changed == 1 && personId != null) {
            insertHolders(List.of(new Holder(id, personId, now)));
        }
        return changed;
    }

    /** References of everybody who ever held the review, as evidence has them. */
    @SqlQuery("""
            select p.actor_ref from review_holder h join person p on p.id = h.person_id where h.review_id = :reviewId
            """)
    Set<String> listHolders(UUID reviewId);

    /** Part of {@link #open}. */
    @SqlBatch("""
            update review
               set opened_at = :opening.openedAt, title = :opening.title, instructions = :opening.instructions,
                   checklist = :opening.checklist, baseline_digest = :opening.baselineDigest, owner_id = :ownerId,
                   plan_version = :planVersion, held = false, changed_at = :opening.openedAt,
                   version = version + 1
             where id = :id and version = :version
            """)
    int[] updateOpened(@BindMethods List<Opened> reviews);

    /** Part of {@link #missUnopened}. */
    @SqlUpdate("""
            update review
               set missed_at = :now, title = :made.opening.title, instructions = :made.opening.instructions,
                   checklist = :made.opening.checklist, baseline_digest = :made.opening.baselineDigest,
                   owner_id = :made.ownerId, plan_version = :made.planVersion, changed_at = :now, version = version + 1
             where id = :made.id and version = :made.version and opened_at is null and attested_at is null
               and missed_at is null and cancelled_at is null
            """)
    int updateMissed(@BindMethods("made") Opened made, Instant now);

    /** Part of {@link #assign}. */
    @SqlUpdate("""
            update review
               set owner_id = :personId, delegated_to = null, delegated_at = null, delegations = delegations + :steps,
                   acknowledged_at = null, not_mine_at = null, snoozed_until = null, changed_at = :now,
                   version = version + 1
             where id = :id and version = :version
            """)
    int updateOwner(UUID id, long version, @Nullable UUID personId, int steps, Instant now);

    /** Part of all. */
    @SqlBatch("""
            insert into review_holder (review_id, person_id, since) values (:reviewId, :personId, :since)
            on conflict do nothing
            """)
    void insertHolders(@BindMethods List<Holder> holders);
}
