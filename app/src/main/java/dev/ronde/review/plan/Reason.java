package dev.ronde.review.plan;

import dev.ronde.platform.problem.DidYouMean;
import java.util.Collection;
import java.util.List;

/**
 * Why something of a plan is refused.
 *
 * @param key of the text {@code review.plan.fault.<key>} of the pages, which says the same in the reader's language
 * @param english the same in English, for programs, commands and logs
 * @param values what the text is filled with
 * @param meant the known word that was probably meant; empty without one
 */
public record Reason(String key, String english, List<String> values, String meant) {
    static Reason of(String key, String english, String... values) {
        return new Reason(key, english, List.of(values), "");
    }

    Reason meaning(String typed, Collection<String> known) {
        return new Reason(key, english, values, DidYouMean.nearest(typed, known).orElse(""));
    }

    static Reason noneOf(String text, List<String> words) {
        String known = String.join(", ", words);
        return of("none_of", "'" + text + "' is none of " + known, text, known).meaning(text, words);
    }

    static String oneOf(String text, List<String> words) {
        if (!words.contains(text)) {
            throw noneOf(text, words).refusal();
        }
        return text;
    }

    String sentence() {
        return english + (meant.isEmpty() ? "" : "; did you mean '" + meant + "'?");
    }

    Refusal refusal() {
        return new Refusal(this);
    }

    static final class Refusal extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        private final transient Reason reason;

        private Refusal(Reason reason) {
            super(reason.english());
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }
}
