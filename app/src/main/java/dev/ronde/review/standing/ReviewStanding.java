package dev.ronde.review.standing;

import dev.ronde.platform.text.Worded;

/** Where an asset stands with its reviews at one instant. */
public enum ReviewStanding implements Worded {
    /** Under a plan, reviewed before, and nothing overdue or missed since. */
    IN_DATE,
    /** A review is overdue, or was missed and none has been attested since. */
    LATE,
    /** Under a plan whose first review is not overdue yet, and never reviewed before. */
    NOT_YET,
    NO_PLAN;
}
