package dev.ronde.review.estate;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Says what checks found, why others say nothing, and what is still open, in words of who reads, who may have nothing but a link. */
public interface CheckWords {
    /** How people who read a language call a check; its id where nobody knows it any more. */
    String of(String check, Locale language);

    /**
     * What one check says.
     *
     * @param title as people call it
     * @param found what a failure found; empty where it cannot be told, and for what does not fail
     * @param why why nothing is known: “stale”, “never”, “unmet” (a condition, named by the detail), “told” (the detail
     *     says it) or “reason” (the detail is a code); empty for what is known
     * @param at when the result came; null where there is none
     */
    record Told(
            CheckState state,
            String title,
            String found,
            String why,
            String detail,
            @Nullable Instant at) {

        public boolean failing() {
            return state.failing();
        }

        /** True if it ended in an error with a result that counts. */
        public boolean erring() {
            return !state.stale() && state.outcome().equals("error");
        }

        /** True also if an error is why its state is not known. */
        public boolean unknown() {
            return state.stale()
                    || state.outcome().equals("unknown")
                    || state.outcome().equals("error");
        }
    }

    record Open(UUID id, String check, String title, String found, String severity, Instant since, boolean waived) {}

    default List<Told> told(Handle handle, List<CheckState> checks, Locale language) {
        return checks.stream()
                .map(check -> new Told(check, of(check.check(), language), "", "", "", null))
                .toList();
    }

    /**
     * A protection that the asset could have, and what is told of it.
     *
     * @param title as people call it; empty for the checks of no protection, which come last
     * @param state enabled, partly, off, not_verifiable, accepted_risk or no_check_yet; empty where the title is
     * @param checks those of the told ones that verify it
     */
    record Protected(String title, String state, List<Told> checks) {

        public Protected {
            checks = List.copyOf(checks);
        }
    }

    /** Protections that are off come first; includes every one of these checks; empty if that is not known. */
    default List<Protected> byProtection(Handle handle, UUID assetId, List<Told> told, Locale language) {
        return List.of();
    }

    default List<Open> open(Handle handle, UUID assetId, Locale language) {
        return List.of();
    }
}
