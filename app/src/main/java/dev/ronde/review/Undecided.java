package dev.ronde.review;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A problem of a review that nobody has decided on: a decision ends all that stand, so that whoever makes it is told all of them.
 *
 * @param by who reported it, by the name they had; null where that is not known
 * @param words what they said
 */
public record Undecided(@Nullable String by, String words) {

    /**
     * What a review asks its leads to decide, oldest first, the same of the same person once; empty where nobody reported a problem, or all were decided on.
     *
     * @param history of the review, oldest first
     */
    public static List<Undecided> of(Review review, List<ReviewEvent> history) {
        if (review.handling().problemAt() == null) {
            return List.of();
        }
        Set<Undecided> stand = new LinkedHashSet<>();
        boolean attested = false;
        for (ReviewEvent event : history) {
            switch (event.eventType()) {
                case "problem" -> {
                    if (attested) {
                        stand.clear();
                    }
                    attested = false;
                    stand.add(new Undecided(event.actorName(), Objects.requireNonNullElse(event.detail(), "")));
                }
                case "problem-decided" -> stand.clear();
                // ends what was reported before, unless it is taken back
                case "attested" -> attested = true;
                case "withdrawn", "rejected" -> attested = false;
                default -> {
                    // has no bearing on it
                }
            }
        }
        return stand.isEmpty()
                ? List.of(new Undecided(
                        null, Objects.requireNonNullElse(review.handling().problemText(), "")))
                : new ArrayList<>(stand);
    }

    public static String text(List<Undecided> all) {
        return all.stream().map(Undecided::words).collect(Collectors.joining("\n\n"));
    }
}
