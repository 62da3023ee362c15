package dev.ronde.mail.inbound;

import dev.ronde.platform.text.Cut;
import java.util.regex.Pattern;

/** Words by which a line may deny, limit or postpone what stands above it, or tell of something bad; for lines of which nobody knows whose they are. */
final class Limits {
    private static final int LONGEST = 600;

    private static final Pattern WORDS = Pattern.compile("(?:^|.*[^\\p{L}])("
            // denials and delays
            + "not?|none|never|nothing|nobody|cannot|\\p{L}+n't|still|open|wait|wrong|yet|until|till|pending|todo|to do"
            + "|pas|non|ne|n'\\p{L}+|jamais|rien|aucune?|encore|ouvert\\p{L}*|attend\\p{L}*|fau(x|sse)|jusqu\\p{L}*"
            + "|a (faire|revoir|verifier|confirmer|corriger)|reste\\p{L}*"
            // limits and conditions
            + "|but|except\\p{L}*|excluding|only|unless|without|however|though|although|half|part(ly|ial\\p{L}*)?|almost|apart"
            + "|mais|sauf|hormis|hors|seulement|uniquement|sans|cependant|toutefois|moins|moitie|partiel\\p{L}*|presque|exclu\\p{L}*|sous reserve"
            // what is bad
            + "|missing|lack\\p{L}*|problem\\p{L}*|issues?|blocked|fail\\p{L}*|broken|errors?|refus\\p{L}*|reject\\p{L}*|denied|expired?"
            + "|manqu\\p{L}*|soucis?|bloque\\p{L}*|anomal\\p{L}*|erreurs?|echec|echou\\p{L}*|casse\\p{L}*|rejet\\p{L}*|expire\\p{L}*"
            + "|ko|nok)(?:[^\\p{L}].*|$)");

    private Limits() {}

    /** Whether the line, without the marks of a quote, has such a word or takes something back. */
    static boolean in(String line) {
        String words = line.replaceFirst("^[> ]+", "");
        return Retraction.in(words)
                || WORDS.matcher(Folded.line(Cut.to(words, LONGEST))).matches();
    }
}
