package dev.ronde.mail.inbound;

import dev.ronde.platform.text.Cut;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Words that plainly take something back, wherever they stand: below a signature's mark, in a place that mail programs fill, under a sign-off. */
public final class Retraction {
    private static final int LONGEST = 600;

    private static final Pattern WORDS = Pattern.compile(
            "(wait|stop|attends|attendez|oops|oups|sorry|desolee?|(no|non)(?![-.]? ?\\d|-\\p{L})|but|mais|except|sauf|hormis|not (yet|really|quite|all|everything|so)|pas (encore|vraiment|tout))\\b.*|(?:^|.*[^\\p{L}])(not|\\p{L}+n't|pas|non|ne)"
                    + "( \\p{L}+){0,3} (done|finish\\p{L}*|check\\p{L}*|review\\p{L}*|verif\\p{L}*|clos\\p{L}*|clotur\\p{L}*|record\\p{L}*|ready|faite?s?|termin\\p{L}*"
                    + "|control\\p{L}*|revue?s?|valid\\p{L}*|enregistr\\p{L}*|fini\\p{L}*)(?:[^\\p{L}].*|$)");

    /** Counts in short lines only; in long ones these words come from a legal notice. */
    private static final Pattern SHORT = Pattern.compile(
            "(?:^|.*[^\\p{L}])((please )?(ignore|disregard)( this.*)?|ignore[rz]( ce.*)?|(wrong|mauvaise?) (mail|message|thread|review|recipient|destinataire|revue|courriel)"
                    + "|(sent )?(by mistake|in error|par erreur)|erreur de \\p{L}+|except(ed)?|excepte|sauf|hormis|exclue?s?|i (lied|skipped)|wip|tbd|tbc|to be confirmed|a (confirmer|verifier|revoir)|en attente|sous reserve"
                    + "|let me check|open to|ouvert a|(rules?|regles?|ports?) \\d+)(?:[^\\p{L}].*|$)");

    private static final int FEW = 8;

    /** Notices that gateways add at the end of every mail say all of this at length. */
    private static final List<Pattern> NOTICE = Stream.of(
                    "confidential|confidentiel|privileged",
                    "intended recipient|intended (only|solely)|addressee|destinataire",
                    "notify|delete|destroy|disclos|copying|prohibited|avert|supprim|detrui|diffusion|interdit")
            .map(words -> Pattern.compile(".*(" + words + ").*"))
            .toList();

    private static final int NOTICE_LENGTH = 150;

    private Retraction() {}

    public static boolean in(String line) {
        String folded = Folding.line(Cut.to(line, LONGEST));
        return WORDS.matcher(folded).matches()
                || (folded.split(" ").length <= FEW && SHORT.matcher(folded).matches());
    }

    /** Skips legal notices: they say the same in every mail, and nobody has to have written them. */
    static Optional<String> first(List<String> lines) {
        return Stream.of(String.join("\n", lines).split("\\n\\s*\\n"))
                .filter(paragraph -> !notice(paragraph))
                .flatMap(String::lines)
                .filter(Retraction::in)
                .findFirst();
    }

    /** A notice may have several paragraphs; each of them says something such notices say. */
    static List<String> withoutNotice(List<String> lines) {
        int from = lines.size();
        for (int at = lines.size(); at >= 0; at--) {
            boolean begins = at == 0 || (at < lines.size() && lines.get(at - 1).isBlank());
            if (begins && at < from) {
                String paragraph = Folding.line(Cut.to(String.join(" ", lines.subList(at, from)), 4 * LONGEST));
                if (!paragraph.isBlank()
                        && NOTICE.stream()
                                .noneMatch(words -> words.matcher(paragraph).matches())) {
                    break;
                }
                from = at;
            }
        }
        if (from == lines.size() || !notice(String.join(" ", lines.subList(from, lines.size())))) {
            return lines;
        }
        int end = from;
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        return lines.subList(0, end);
    }

    public static boolean notice(String paragraph) {
        String text = Folding.line(Cut.to(paragraph.replace('\n', ' '), 4 * LONGEST));
        return text.length() >= NOTICE_LENGTH
                && NOTICE.stream().allMatch(words -> words.matcher(text).matches());
    }
}
