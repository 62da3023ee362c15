package dev.ronde.coverage;

import dev.ronde.check.CheckState;
import dev.ronde.check.probe.ProbeFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A check that brings an error, or cannot tell, for longer than its results stay fresh.
 *
 * @param asset ref of the asset
 * @param owner address of its owner; null where nobody is
 * @param reason reason code of the newest result; null without one
 * @param since its first such result in a row
 * @param lastingFrom from when on it had lasted longer than a result stays fresh
 */
public record LastingError(
        String asset,
        String assetName,
        @Nullable String owner,
        String check,
        @Nullable String reason,
        Instant since,
        Instant lastingFrom) {

    /** Reasons of errors that no probe gives. */
    private static final Set<String> ERRORS =
            Set.of(CheckState.DEFINITION_INVALID, "fact-schema", "expression", "budget", "result-not-storable");

    /** Whether it ends in an error; otherwise it runs and cannot tell. */
    public boolean erring() {
        return reason != null
                && (ERRORS.contains(reason)
                        || Arrays.stream(ProbeFailure.values())
                                .anyMatch(failure ->
                                        failure.isError() && failure.code().equals(reason)));
    }

    /** The same for as long as it lasts, and another once it comes again. */
    public UUID id() {
        return UUID.nameUUIDFromBytes((about() + " " + since).getBytes(StandardCharsets.UTF_8));
    }

    /** What people know it by. */
    public String about() {
        return asset + " " + check;
    }
}
