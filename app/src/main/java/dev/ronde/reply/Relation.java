package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.asset.Asset;
import dev.ronde.review.Review;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the holder of a link is to the review now; decides what the page offers. */
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
        Relation own = of(Set.of(person.id()), review, asset);
        return own == WITNESS ? of(teams, review, asset) : own;
    }

    private static Relation of(Set<UUID> some, Review review, Asset asset) {
        if (named(some, review.ownerId())) {
            return OWNER;
        }
        if (named(some, review.handling().delegatedTo())) {
            return ASKED;
        }
        return named(some, asset.backupId()) ? BACKUP : WITNESS;
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
