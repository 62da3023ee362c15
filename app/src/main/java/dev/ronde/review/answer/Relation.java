package dev.ronde.review.answer;

/** One thing that somebody is to a review now, by whatever way they come; {@link Ties} holds all of them and decides. */
public enum Relation {
    OWNER,
    BACKUP,
    ASKED,
    /** It was theirs, or they were told of it: they may look and report a problem. */
    WITNESS
}
