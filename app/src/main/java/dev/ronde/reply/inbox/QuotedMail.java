package dev.ronde.reply.inbox;

import dev.ronde.mail.inbound.Folded;
import dev.ronde.platform.text.Cut;
import dev.ronde.reply.grammar.Grammar;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A mail of ours as some programs quote it, without any marks: what somebody typed between its lines is told apart by what was sent.
 * Programs wrap lines, put cells of a table beside each other and rewrite links, so that letters and digits alone are compared.
 */
final class QuotedMail {
    private static final int LONGEST = 600;
    private static final Pattern LINK =
            Pattern.compile("<?(?:https?://|mailto:)[^\\s<>]{1,2000}>?|\\bref: ?[A-Za-z2-7]{40}\\b");
    /** The fields of its header, in the languages of the mail programs that are known. */
    private static final Pattern HEADER = Pattern.compile(
            "(from|de|von|expediteur|sent|envoye|envoye le|date|to|a|cc|subject|objet|gesendet|an|betreff|reply-to|importance) ?:.*|-+ ?repondez au-dessus de cette ligne.*");

    private QuotedMail() {}

    /** Whether somebody typed words between the lines of the quote that would take a command back. Nobody knows where none of the mails is
     * there any more. */
    static boolean takesBack(List<String> quote, Collection<String> sent, Grammar grammar) {
        return added(quote, sent, grammar).stream().anyMatch(grammar::against);
    }

    /** The lines that are in none of the mails. */
    static List<String> added(List<String> quote, Collection<String> sent, Grammar grammar) {
        String known = letters(String.join("\n", sent));
        if (known.isEmpty()) {
            return List.of();
        }
        List<String> body = quote.stream()
                .map(line -> LINK.matcher(Cut.to(line, LONGEST)).replaceAll(" "))
                .filter(line -> !letters(line).isEmpty()
                        && !HEADER.matcher(Folded.line(line)).matches()
                        && !grammar.passesOver(line))
                .toList();
        List<String> above =
                body.stream().takeWhile(line -> !known.contains(letters(line))).toList();
        // the HTML part has a title, which the text part says in its subject
        int from = above.size() == 1 ? 1 : 0;
        return body.stream()
                .skip(from)
                .filter(line -> !known.contains(letters(line)))
                .toList();
    }

    private static String letters(String text) {
        return Folded.line(LINK.matcher(text).replaceAll(" ")).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
