package dev.ronde.platform.document;

import dev.ronde.platform.problem.DidYouMean;
import java.util.Collection;
import java.util.List;

/**
 * Why a value is refused.
 *
 * @param key of the text of the pages that says the same in the reader's language
 * @param english the same in English, for programs, commands and logs
 * @param values what the text is filled with
 * @param meant the known word that was probably meant; empty without one
 */
public record Reason(String key, String english, List<String> values, String meant) {
    public static Reason of(String key, String english, String... values) {
        return new Reason(key, english, List.of(values), "");
    }

    public Reason meaning(String typed, Collection<String> known) {
        return new Reason(key, english, values, DidYouMean.nearest(typed, known).orElse(""));
    }

    public static Reason noneOf(String text, List<String> words) {
        String known = String.join(", ", words);
        return of("none_of", "'" + text + "' is none of " + known, text, known).meaning(text, words);
    }

    /** Returns the text; refuses one that is none of the words. */
    public static String oneOf(String text, List<String> words) {
        if (!words.contains(text)) {
            throw noneOf(text, words).refusal();
        }
        return text;
    }

    String sentence() {
        return english + (meant.isEmpty() ? "" : "; did you mean '" + meant + "'?");
    }

    /** To be thrown by the parser of one value; {@link Fields#parsed} makes a fault of it. */
    public Refusal refusal() {
        return new Refusal(this);
    }

    public static final class Refusal extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        private final transient Reason reason;

        private Refusal(Reason reason) {
            super(reason.english());
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }
}
