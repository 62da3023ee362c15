package dev.ronde.coverage;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A check that brings an error, or cannot tell, for longer than its results stay fresh.
 *
 * @param asset ref of the asset
 * @param owner address of its owner; null where nobody is
 * @param reason reason code of the newest result; null without one
 * @param erring whether it ends in an error; otherwise it runs and cannot tell
 * @param since its first such result in a row
 * @param lastingFrom from when on it had lasted longer than a result stays fresh
 */
public record LastingError(
        String asset,
        String assetName,
        @Nullable String owner,
        String check,
        @Nullable String reason,
        boolean erring,
        Instant since,
        Instant lastingFrom) {

    /** The same id while the error lasts; a new one when it comes back. */
    public UUID id() {
        return UUID.nameUUIDFromBytes((about() + " " + since).getBytes(StandardCharsets.UTF_8));
    }

    public String about() {
        return asset + " " + check;
    }
}
