package dev.ronde.check.protection;

import dev.ronde.catalogue.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The protections of one asset: which it could have, and which are really on. Never a percentage; the counts stand next to each
 * other.
 *
 * @param protections every protection of the asset's kind, those that are off first
 */
public record Coverage(List<Protection> protections) {
    public enum State {
        /** Every applicable check passes and is fresh. */
        ENABLED,
        /** Some checks pass, others do not. */
        PARTLY,
        /** A check fails and none passes. */
        OFF,
        /** Errors, unknown or stale results, and nothing that passes or fails beside them but what is waived. */
        NOT_VERIFIABLE,
        /** What fails is waived, and everything else passes: an acceptance hides no silence. */
        ACCEPTED_RISK,
        /** It could be there, and nothing verifies it. */
        NO_CHECK_YET,
        /** Every check of it is proven irrelevant for this asset. */
        NOT_APPLICABLE
    }

    public record Protection(String key, State state, List<CheckOf> checks) {}

    /**
     * A check and what is known of it.
     *
     * @param stale whether the newest result no longer counts
     * @param nextDueAt when it runs again, or not before, where limits or a window put it off; null where that was not asked for, and
     *     for a check that runs only when a snapshot comes
     * @param attested whether it rests on the word of a person, whom it asks
     */
    public record CheckOf(
            String check,
            String title,
            Outcome outcome,
            @Nullable String reason,
            String severity,
            boolean stale,
            boolean waived,
            @Nullable Instant finishedAt,
            @Nullable UUID run,
            @Nullable Instant nextDueAt,
            boolean attested) {
        CheckOf titled(String other) {
            return new CheckOf(
                    check, other, outcome, reason, severity, stale, waived, finishedAt, run, nextDueAt, attested);
        }

        private CheckOf next(@Nullable Instant at) {
            return new CheckOf(check, title, outcome, reason, severity, stale, waived, finishedAt, run, at, attested);
        }
    }

    /** Returns the same with the instants at which checks are due, by their ids. */
    public Coverage next(Map<String, Instant> due) {
        return new Coverage(protections.stream()
                .map(protection -> new Protection(
                        protection.key(),
                        protection.state(),
                        protection.checks().stream()
                                .map(check -> check.next(due.get(check.check())))
                                .toList()))
                .toList());
    }

    public record Counts(
            long available,
            long enabled,
            long partly,
            long off,
            long notVerifiable,
            long acceptedRisk,
            long noCheckYet) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        /** Returns how many stand in each of these states; what is not applicable is not available either. */
        public static Counts of(List<State> states) {
            Map<State, Long> by = states.stream().collect(Collectors.groupingBy(state -> state, Collectors.counting()));
            return new Counts(
                    states.size() - by.getOrDefault(State.NOT_APPLICABLE, 0L),
                    by.getOrDefault(State.ENABLED, 0L),
                    by.getOrDefault(State.PARTLY, 0L),
                    by.getOrDefault(State.OFF, 0L),
                    by.getOrDefault(State.NOT_VERIFIABLE, 0L),
                    by.getOrDefault(State.ACCEPTED_RISK, 0L),
                    by.getOrDefault(State.NO_CHECK_YET, 0L));
        }

        Counts times(long assets) {
            return new Counts(
                    available * assets,
                    enabled * assets,
                    partly * assets,
                    off * assets,
                    notVerifiable * assets,
                    acceptedRisk * assets,
                    noCheckYet * assets);
        }

        public Counts plus(Counts other) {
            return new Counts(
                    available + other.available,
                    enabled + other.enabled,
                    partly + other.partly,
                    off + other.off,
                    notVerifiable + other.notVerifiable,
                    acceptedRisk + other.acceptedRisk,
                    noCheckYet + other.noCheckYet);
        }
    }

    public Counts counts() {
        return Counts.of(protections.stream().map(Protection::state).toList());
    }

    static State state(List<CheckOf> checks) {
        if (checks.isEmpty()) {
            return State.NO_CHECK_YET;
        }
        List<CheckOf> relevant = checks.stream()
                .filter(check -> check.outcome() != Outcome.NOT_APPLICABLE)
                .toList();
        return state(
                relevant.size(),
                relevant.stream()
                        .filter(check -> check.outcome() == Outcome.PASS && !check.stale())
                        .count(),
                relevant.stream()
                        .filter(check -> check.outcome() == Outcome.FAIL && !check.waived())
                        .count(),
                relevant.stream().filter(CheckOf::waived).count());
    }

    /**
     * Derives a state from numbers of results; what is neither good, failing nor waived is not known.
     *
     * @param relevant all that say something, 0 where every one is proven irrelevant
     * @param good passing and fresh
     * @param failing failing and not waived
     */
    public static State state(long relevant, long good, long failing, long waived) {
        if (relevant == 0) {
            return State.NOT_APPLICABLE;
        }
        if (good == relevant) {
            return State.ENABLED;
        }
        if (failing == 0 && waived > 0 && good + waived == relevant) {
            return State.ACCEPTED_RISK;
        }
        if (good > 0) {
            return State.PARTLY;
        }
        return failing > 0 ? State.OFF : State.NOT_VERIFIABLE;
    }
}
