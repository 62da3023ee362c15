package dev.ronde.review.answer;

/** One thing that somebody is to a review now, by whatever way they come; {@link Ties} holds all of them and decides. */
public enum Relation {
    /** It is theirs. */
    OWNER,
    /** They step in for the owner. */
    BACKUP,
    /** They were asked to take it over. */
    ASKED,
    /** It was theirs, or they were told of it: they may look and report a problem. */
    WITNESS
}
