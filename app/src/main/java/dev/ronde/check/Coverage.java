package dev.ronde.check;

import dev.ronde.control.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protections of one asset: which it could have, and which are really on. Never a percentage; the counts stand next to each
 * other.
 *
 * @param protections every protection of the asset's kind, those that are off first
 */
public record Coverage(List<Protection> protections) {
    /** What is known of one protection. */
    public enum State {
        /** Every applicable check passes and is fresh. */
        ENABLED,
        /** Some checks pass, others do not. */
        PARTLY,
        /** A check fails and none passes. */
        OFF,
        /** Only errors, unknown or stale results. */
        NOT_VERIFIABLE,
        /** What fails is waived. */
        ACCEPTED_RISK,
        /** It could be there, and nothing verifies it. */
        NO_CHECK_YET,
        /** Every check of it is proven irrelevant for this asset. */
        NOT_APPLICABLE
    }

    /** A protection and its checks. */
    public record Protection(String key, State state, List<CheckOf> checks) {}

    /**
     * A check and what is known of it.
     *
     * @param stale whether the newest result no longer counts
     */
    public record CheckOf(
            String check,
            String title,
            Outcome outcome,
            @Nullable String reason,
            String severity,
            boolean stale,
            boolean waived,
            java.time.@Nullable Instant finishedAt,
            java.util.@Nullable UUID run) {}

    /** The counts, as the API shows them. */
    public record Counts(
            long available,
            long enabled,
            long partly,
            long off,
            long notVerifiable,
            long acceptedRisk,
            long noCheckYet) {
        /** No protections at all. */
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        /** Returns the counts of so many assets that are alike. */
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

        /** Returns the sums. */
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

    /** Returns the counts; what is not applicable is not available either. */
    public Counts counts() {
        return new Counts(
                protections.size() - count(State.NOT_APPLICABLE),
                count(State.ENABLED),
                count(State.PARTLY),
                count(State.OFF),
                count(State.NOT_VERIFIABLE),
                count(State.ACCEPTED_RISK),
                count(State.NO_CHECK_YET));
    }

    private long count(State state) {
        return protections.stream()
                .filter(protection -> protection.state() == state)
                .count();
    }

    /** Derives the state of a protection from its checks. */
    static State state(List<CheckOf> checks) {
        if (checks.isEmpty()) {
            return State.NO_CHECK_YET;
        }
        List<CheckOf> relevant = checks.stream()
                .filter(check -> check.outcome() != Outcome.NOT_APPLICABLE)
                .toList();
        if (relevant.isEmpty()) {
            return State.NOT_APPLICABLE;
        }
        long good = relevant.stream()
                .filter(check -> check.outcome() == Outcome.PASS && !check.stale())
                .count();
        long waived = relevant.stream().filter(CheckOf::waived).count();
        long failing = relevant.stream()
                .filter(check -> check.outcome() == Outcome.FAIL && !check.waived())
                .count();
        if (good == relevant.size()) {
            return State.ENABLED;
        }
        if (failing == 0 && waived > 0 && good + waived == relevant.size()) {
            return State.ACCEPTED_RISK;
        }
        if (good > 0) {
            return State.PARTLY;
        }
        return failing > 0 ? State.OFF : waived > 0 ? State.ACCEPTED_RISK : State.NOT_VERIFIABLE;
    }
}
