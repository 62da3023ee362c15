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

    public static final Handling NONE = new Handling(null, null, null, null, null, 0, null, null, 0, null, null, null);

    Handling acknowledged(Instant at) {
        return with(at, notMineAt, snoozedUntil, snoozes, delegatedTo, delegatedAt, delegations);
    }

    Handling notMine(Instant at) {
        return with(acknowledgedAt, at, snoozedUntil, snoozes, delegatedTo, delegatedAt, delegations);
    }

    Handling snoozed(LocalDate until) {
        return with(acknowledgedAt, notMineAt, until, snoozes + 1, delegatedTo, delegatedAt, delegations);
    }

    Handling delegated(@Nullable UUID to, @Nullable Instant at) {
        return with(acknowledgedAt, notMineAt, snoozedUntil, snoozes, to, at, delegations);
    }

    Handling passedOn(int steps) {
        return with(null, null, null, snoozes, null, null, delegations + steps);
    }

    Handling problem(@Nullable Instant at, @Nullable String text) {
        return with(at, text, extendedAt, timeAskedUntil, timeAskedAt);
    }

    Handling timeAsked(@Nullable LocalDate until, @Nullable Instant at) {
        return with(problemAt, problemText, extendedAt, until, at);
    }

    Handling extended(Instant at) {
        return with(problemAt, problemText, at, null, null);
    }

    private Handling with(
            @Nullable Instant acknowledged,
            @Nullable Instant notMine,
            @Nullable LocalDate pausedUntil,
            int pauses,
            @Nullable UUID askedTo,
            @Nullable Instant askedAt,
            int passes) {
        return new Handling(
                acknowledged,
                problemAt,
                problemText,
                notMine,
                pausedUntil,
                pauses,
                askedTo,
                askedAt,
                passes,
                extendedAt,
                timeAskedUntil,
                timeAskedAt);
    }

    private Handling with(
            @Nullable Instant problem,
            @Nullable String text,
            @Nullable Instant extended,
            @Nullable LocalDate askedUntil,
            @Nullable Instant askedAt) {
        return new Handling(
                acknowledgedAt,
                problem,
                text,
                notMineAt,
                snoozedUntil,
                snoozes,
                delegatedTo,
                delegatedAt,
                delegations,
                extended,
                askedUntil,
                askedAt);
    }
}
