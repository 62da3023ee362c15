package dev.ronde.review;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people did with a review short of closing it.
 *
 * @param snoozedUntil reminders pause up to this day; the due date does not move
 * @param delegatedTo who has been asked to take over and has not accepted yet
 * @param delegations how often it has changed hands by delegation
 * @param timeAskedUntil the day up to which more time is asked for, beyond the due date; null once a lead has answered
 * @param timeAskedAt since when that waits for a lead
 */
public record Handling(
        @Nullable Instant acknowledgedAt,
        @Nullable Instant problemAt,
        @Nullable String problemText,
        @Nullable Instant notMineAt,
        @Nullable LocalDate snoozedUntil,
        int snoozes,
        @Nullable UUID delegatedTo,
        @Nullable Instant delegatedAt,
        int delegations,
        @Nullable Instant extendedAt,
        @Nullable LocalDate timeAskedUntil,
        @Nullable Instant timeAskedAt) {

    /** Whether a pause that was asked for since then became a question to the leads, and paused nothing. */
    public boolean askedSince(Handling before) {
        return timeAskedUntil != null && snoozes == before.snoozes;
    }

    /** Nobody did anything with it yet. */
    public static final Handling NONE = new Handling(null, null, null, null, null, 0, null, null, 0, null, null, null);

    Handling acknowledged(Instant at) {
        return new Handling(
                at, problemAt, problemText, notMineAt, snoozedUntil, snoozes, delegatedTo, delegatedAt, delegations,
                extendedAt, timeAskedUntil, timeAskedAt);
    }

    Handling problem(@Nullable Instant at, @Nullable String text) {
        return new Handling(
                acknowledgedAt, at, text, notMineAt, snoozedUntil, snoozes, delegatedTo, delegatedAt, delegations,
                extendedAt, timeAskedUntil, timeAskedAt);
    }

    Handling notMine(Instant at) {
        return new Handling(
                acknowledgedAt, problemAt, problemText, at, snoozedUntil, snoozes, delegatedTo, delegatedAt,
                delegations, extendedAt, timeAskedUntil, timeAskedAt);
    }

    Handling snoozed(LocalDate until) {
        return new Handling(
                acknowledgedAt, problemAt, problemText, notMineAt, until, snoozes + 1, delegatedTo, delegatedAt,
                delegations, extendedAt, timeAskedUntil, timeAskedAt);
    }

    Handling timeAsked(@Nullable LocalDate until, @Nullable Instant at) {
        return new Handling(
                acknowledgedAt, problemAt, problemText, notMineAt, snoozedUntil, snoozes, delegatedTo, delegatedAt,
                delegations, extendedAt, until, at);
    }

    Handling delegated(@Nullable UUID to, @Nullable Instant at) {
        return new Handling(
                acknowledgedAt, problemAt, problemText, notMineAt, snoozedUntil, snoozes, to, at, delegations,
                extendedAt, timeAskedUntil, timeAskedAt);
    }

    /** What stays when it goes to somebody else. */
    Handling passedOn(int steps) {
        return new Handling(
                null, problemAt, problemText, null, null, snoozes, null, null, delegations + steps, extendedAt,
                timeAskedUntil, timeAskedAt);
    }

    Handling extended(Instant at) {
        return new Handling(
                acknowledgedAt, problemAt, problemText, notMineAt, snoozedUntil, snoozes, delegatedTo, delegatedAt,
                delegations, at, null, null);
    }
}
