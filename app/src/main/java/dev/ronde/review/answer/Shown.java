package dev.ronde.review.answer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What somebody was shown of a review, as a mail keeps it: an answer to the mail is of this and of nothing that came later.
 *
 * @param digest of the configuration; null where there was none
 * @param seen the results, see {@link Situation#seen}
 */
public record Shown(@Nullable String digest, String seen) {

    /** Of which nothing is known: no result was seen. */
    public static final Shown NOTHING = new Shown(null, "none");

    private static final String DIGEST = "digest";
    private static final String SEEN = "seen";

    public Map<String, Object> kept() {
        Map<String, Object> kept = new LinkedHashMap<>();
        if (digest != null) {
            kept.put(DIGEST, digest);
        }
        kept.put(SEEN, seen);
        return kept;
    }

    public static Optional<Shown> read(JsonNode kept) {
        String seen = kept.path(SEEN).asString("");
        String digest = kept.path(DIGEST).asString("");
        return seen.isEmpty() ? Optional.empty() : Optional.of(new Shown(digest.isEmpty() ? null : digest, seen));
    }
}
