package dev.ronde.reply.inbox;

import dev.ronde.mail.inbound.Folding;
import dev.ronde.platform.text.Cut;
import dev.ronde.reply.grammar.Grammar;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A mail of ours as some programs quote it, without any marks: what somebody typed between its lines is told apart by what was sent.
 * Programs wrap lines, put cells of a table beside each other and rewrite links, so that words alone are compared.
 */
final class QuotedMail {
    private static final int LONGEST = 600;
    private static final int FEW = 3;
    private static final Pattern LINK =
            Pattern.compile("<?(?:https?://|mailto:)[^\\s<>]{1,2000}>?|\\bref: ?[A-Za-z2-7]{40}\\b");
    /** The fields of its header, in the languages of the mail programs that are known. */
    private static final Pattern HEADER = Pattern.compile(
            "(from|de|von|expediteur|sent|envoye|envoye le|date|to|a|cc|subject|objet|gesendet|an|betreff|reply-to|importance) ?:.*|-+ ?repondez au-dessus de cette ligne.*"
                    + "|[-_ ]{2,}[^-_]{3,40}[-_ ]{2,}|(you don't often get email from|vous n[e'] ?(recevez|obtenez) pas souvent|learn why this is|decouvrez pourquoi).*");

    private QuotedMail() {}

    /** The first line that somebody typed between those of the quote and that would take a command back. Nobody knows where none of the
     * mails is there any more. */
    static Optional<String> against(List<String> quote, Collection<String> sent, Grammar grammar) {
        return added(quote, sent, grammar).stream().filter(grammar::against).findFirst();
    }

    static List<String> added(List<String> quote, Collection<String> sent, Grammar grammar) {
        String known = words(String.join("\n", sent));
        if (known.isBlank()) {
            return List.of();
        }
        Set<String> lines =
                sent.stream().flatMap(String::lines).map(QuotedMail::words).collect(Collectors.toSet());
        List<String> body = quote.stream()
                .map(line -> LINK.matcher(Cut.to(line, LONGEST)).replaceAll(" "))
                .filter(line -> !words(line).isBlank()
                        && !HEADER.matcher(Folding.line(line)).matches()
                        && !grammar.passesOver(line))
                .toList();
        List<String> above = body.stream()
                .takeWhile(line -> !ours(line, known, lines))
                .filter(grammar::against)
                .toList();
        // the HTML part has a title, which names what the mail is about
        boolean titled = above.size() == 1 && naming(above.get(0), sent);
        return body.stream()
                .filter(line -> !ours(line, known, lines) && !(titled && line.equals(above.get(0))))
                .toList();
    }

    /** Whether a line is of the mail: a few words as one of its lines or the end of one, more of them one after the other anywhere. */
    private static boolean ours(String line, String known, Set<String> lines) {
        String words = words(line);
        return words.strip().split(" ").length > FEW
                ? known.contains(words)
                : lines.stream().anyMatch(one -> one.endsWith(words));
    }

    /** Whether a line names what the mails are about: it shares a word of some length with a subject, such as an asset's name. */
    private static boolean naming(String line, Collection<String> sent) {
        return sent.stream()
                .flatMap(mail -> mail.lines().limit(1))
                .flatMap(subject -> Stream.of(words(subject).strip().split(" ")))
                .anyMatch(word -> word.length() > FEW && words(line).contains(" " + word + " "));
    }

    private static String words(String text) {
        return " "
                + Folding.line(LINK.matcher(text).replaceAll(" "))
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip() + " ";
    }
}
