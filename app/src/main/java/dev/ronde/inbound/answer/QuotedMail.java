package dev.ronde.inbound.answer;

import dev.ronde.inbound.grammar.Grammar;
import dev.ronde.inbound.message.Folding;
import dev.ronde.inbound.message.QuoteIntro;
import dev.ronde.platform.text.Cut;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mail of ours as some programs quote it, without any marks: what somebody typed between its lines is told apart by what was sent.
 * Programs wrap lines, put cells of a table beside each other and rewrite links, so that words alone are compared.
 */
final class QuotedMail {
    private static final int LONGEST = 600;
    private static final int FEW = 2;
    private static final Pattern LINK =
            Pattern.compile("<?(?:https?://|mailto:)[^\\s<>]{1,2000}>?|\\bref: ?[A-Za-z2-7]{40}\\b");
    /** What programs write above it beside its header. */
    private static final Pattern ABOVE = Pattern.compile(
            "importance ?:.*|[-_ ]{2,}[^-_]{3,40}[-_ ]{2,}"
                    + "|(you don't often get email from|vous n[e'] ?(recevez|obtenez) pas souvent|learn why this is|decouvrez pourquoi).*");

    private QuotedMail() {}

    /** The lines of a quote that are of none of these mails: somebody may have typed them. Where none of the mails is kept, all of them. */
    static List<String> typed(List<String> quote, Collection<String> sent, Grammar grammar) {
        String known = words(String.join("\n", sent));
        Set<String> lines =
                sent.stream().flatMap(String::lines).map(QuotedMail::words).collect(Collectors.toSet());
        List<String> body = quote.stream()
                .map(line -> LINK.matcher(Cut.to(line, LONGEST)).replaceAll(" "))
                .filter(line -> !words(line).isBlank() && !added(Folding.line(line)) && !grammar.passesOver(line))
                .toList();
        return body.stream().filter(line -> !ours(line, known, lines)).toList();
    }

    private static boolean added(String folded) {
        return QuoteIntro.of(folded) || ABOVE.matcher(folded).matches();
    }

    /** Whether a line is of the mail: a few words as one of its lines or the end of one, more of them one after the other anywhere. */
    private static boolean ours(String line, String known, Set<String> lines) {
        String words = words(line);
        return words.strip().split(" ").length > FEW
                ? known.contains(words)
                : lines.stream().anyMatch(one -> one.endsWith(words));
    }

    private static String words(String text) {
        return " "
                + Folding.line(LINK.matcher(text).replaceAll(" "))
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip() + " ";
    }
}
