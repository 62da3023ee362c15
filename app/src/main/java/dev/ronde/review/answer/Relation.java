package dev.ronde.review.answer;

import dev.ronde.account.Person;
import dev.ronde.asset.Asset;
import dev.ronde.review.Review;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody is to a review now, by whatever way they come; decides what they are offered and what they may do. */
public enum Relation {
    /** It is theirs. */
    OWNER,
    /** They step in for the owner. */
    BACKUP,
    /** They were asked to take it over. */
    ASKED,
    /** It was theirs, or they were told of it: they may look and report a problem. */
    WITNESS;

    /** What the person is to the review now: by themselves, or else as a member of these teams. */
    public static Relation of(Person person, Set<UUID> teams, Review review, Asset asset) {
        return of(Set.of(person.id()), teams, review, asset.ownerId(), asset.backupId());
    }

    /** The same where person and asset are known by their ids. */
    static Relation of(
            Set<UUID> self, Set<UUID> teams, Review review, @Nullable UUID assetOwner, @Nullable UUID assetBackup) {
        Relation own = of(self, review, assetOwner, assetBackup);
        return own == WITNESS ? of(teams, review, assetOwner, assetBackup) : own;
    }

    private static Relation of(Set<UUID> some, Review review, @Nullable UUID assetOwner, @Nullable UUID assetBackup) {
        // before it opens, and where it never did, it is of whoever owns the asset
        if (named(some, review.opening().openedAt() == null ? assetOwner : review.ownerId())) {
            return OWNER;
        }
        // nobody takes a missed review over any more
        if (review.closing().missedAt() == null && named(some, review.handling().delegatedTo())) {
            return ASKED;
        }
        return named(some, assetBackup) ? BACKUP : WITNESS;
    }

    private static boolean named(Set<UUID> some, @Nullable UUID id) {
        return id != null && some.contains(id);
    }

    /** Whether this person may take the action. Whoever was asked says with “not mine” that they do not take it over. */
    public boolean may(Action action) {
        return switch (action) {
            case ATTEST, ACKNOWLEDGE, DELEGATE, SNOOZE -> this == OWNER || this == BACKUP;
            case ACCEPT -> this == ASKED;
            case NOT_MINE -> this != WITNESS;
            case PROBLEM -> true;
        };
    }
}
