package dev.ronde.review.planning;

/** What becomes of the reviews of a plan that wait for an announcement, when the plan is added or changed. */
public enum Announcement {
    LATER,
    NOW
}
