package dev.ronde.evidence.report;

import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import java.util.HashMap;
import java.util.Map;

/** How the reviews of a period stand after its last record of each, as in {@code population/reviews.csv}: what was taken back is not attested. */
final class ReviewsAtEnd {
    private final ExportScope scope;
    private final Map<String, String> states = new HashMap<>();

    ReviewsAtEnd(ExportScope scope) {
        this.scope = scope;
    }

    /** Takes every disclosed record, in index order. */
    void add(Leaf leaf) {
        if (leaf.type().startsWith("review.") && leaf.after().get("state") instanceof String state) {
            states.put(leaf.subjectId(), scope.covers(leaf) ? state : "");
        }
    }

    long count(String state) {
        return states.values().stream().filter(state::equals).count();
    }
}
