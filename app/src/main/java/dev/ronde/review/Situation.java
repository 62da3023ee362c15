package dev.ronde.review;

import dev.ronde.asset.snapshot.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer is shown: the present configuration, what changed since the last attestation and what the checks say.
 *
 * @param digest null where the asset has no snapshot
 */
public record Situation(@Nullable String digest, List<Change> changes, List<CheckState> checks) {

    /** Copies the lists. */
    public Situation {
        changes = List.copyOf(changes);
        checks = List.copyOf(checks);
    }

    static Situation of(Handle handle, Review review, Looks looks, Instant now, Locale locale) {
        String digest = looks.digest(handle, review.assetId()).orElse(null);
        String baseline = review.opening().baselineDigest();
        List<Change> changes = digest == null || baseline == null || digest.equals(baseline)
                ? List.of()
                : looks.changes(handle, review.assetId(), baseline, digest, locale);
        return new Situation(digest, changes, looks.checks(handle, review.assetId(), now));
    }

    /** The ids of what was shown: the digest of the configuration, then the evidence records of the check runs in their order. */
    List<String> shownIds() {
        List<String> ids = new ArrayList<>();
        if (digest != null) {
            ids.add(digest);
        }
        checks.stream().map(CheckState::record).filter(Objects::nonNull).forEach(ids::add);
        return ids;
    }

    /** SHA-256 over {@link #shownIds()}, each followed by a line feed: what “I attested this” refers to. */
    String shown() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            shownIds().forEach(id -> sha256.update((id + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
