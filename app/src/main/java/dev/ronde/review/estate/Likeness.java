package dev.ronde.review.estate;

/** Whether two configurations of an asset are the same in what people decide about; values that move by themselves, and how an address is spelled, are none of it. */
public enum Likeness {
    SAME,
    DIFFERENT,
    /** Nobody can tell: one is not kept any more, or different rules made the two. */
    UNKNOWN
}
