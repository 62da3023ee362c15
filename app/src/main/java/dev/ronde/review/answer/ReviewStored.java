package dev.ronde.review.answer;

import dev.ronde.asset.snapshot.Change;
import dev.ronde.platform.json.Json;
import dev.ronde.review.Review;
import dev.ronde.review.estate.CheckState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was kept with an attestation, read back. */
public final class ReviewStored {

    private ReviewStored() {}

    static List<Change> changes(Review review) {
        return List.of(Json.read(listed(review.attestation().changes()), Change[].class));
    }

    public static List<CheckState> checks(Review review) {
        return List.of(Json.read(listed(review.attestation().checks()), CheckState[].class));
    }

    /** Whether the changes that were kept had gone away by then: nobody was asked to accept one of them. */
    public static boolean over(Review review) {
        return review.attestation().attestedAt() != null
                && review.drift().over()
                && Collections.disjoint(
                        answers(review).keySet(),
                        changes(review).stream().map(Change::path).toList());
    }

    public static List<String> failing(Review review) {
        return checks(review).stream()
                .filter(CheckState::failing)
                .map(CheckState::check)
                .toList();
    }

    public static Map<String, String> answers(Review review) {
        Map<String, String> answers = new LinkedHashMap<>();
        String stored = review.attestation().answers();
        if (stored != null) {
            Json.tree(stored)
                    .properties()
                    .forEach(entry -> answers.put(
                            entry.getKey(), entry.getValue().get("answer").asString()));
        }
        return answers;
    }

    public static Map<String, String> proofs(Review review) {
        Map<String, String> proofs = new LinkedHashMap<>();
        String stored = review.attestation().answers();
        if (stored != null) {
            Json.tree(stored).properties().forEach(entry -> {
                String proof = entry.getValue().path("evidence").asString("");
                if (!proof.isBlank()) {
                    proofs.put(entry.getKey(), proof);
                }
            });
        }
        return proofs;
    }

    private static String listed(@Nullable String text) {
        return text == null ? "[]" : text;
    }
}
