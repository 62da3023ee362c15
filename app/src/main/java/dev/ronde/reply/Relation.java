package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.asset.Asset;
import dev.ronde.review.Review;

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

    /** What the person is to the review now. */
    public static Relation of(Person person, Review review, Asset asset) {
        if (person.id().equals(review.ownerId())) {
            return OWNER;
        }
        if (person.id().equals(review.handling().delegatedTo())) {
            return ASKED;
        }
        return person.id().equals(asset.backupId()) ? BACKUP : WITNESS;
    }

    /** Whether this person may take the action. */
    public boolean may(Action action) {
        return switch (action) {
            case ATTEST, ACKNOWLEDGE, DELEGATE, SNOOZE -> this == OWNER || this == BACKUP;
            case ACCEPT -> this == ASKED;
            case NOT_MINE -> this == OWNER;
            case PROBLEM -> true;
        };
    }
}
