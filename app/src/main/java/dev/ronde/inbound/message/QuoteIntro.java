package dev.ronde.inbound.message;

import dev.ronde.platform.text.Cut;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How mail programs begin a quoted mail in its text: a ruled line, a block of header lines, or who wrote it when. */
public final class QuoteIntro {
    static final int WRAPPED = 4;
    private static final int LONGEST = 600;
    private static final Pattern RULED = Pattern.compile(
            "-{2,} ?(original message|message d'origine|ursprungliche nachricht|message original|mail original|original mail|"
                    + "message transfere|forwarded message|e-mail original|message initial|original appointment|"
                    + "original email) ?-{2,}.*");
    private static final Pattern ABOVE =
            Pattern.compile(".*(reply above this line|repondez au-dessus de cette ligne).*");
    private static final Pattern RULE = Pattern.compile("_{20,}");
    private static final Pattern FROM = Pattern.compile("(from|de|von|expediteur) ?:.*");
    private static final Pattern OTHER =
            Pattern.compile("(sent|envoye|envoye le|date|to|a|cc|subject|objet|gesendet|an|betreff|reply-to) ?:.*");
    private static final Pattern WHEN = Pattern.compile(".*(\\d{1,2} ?[:h] ?\\d{2}|20\\d\\d|<[^ ]+@[^ ]+>).*");
    /** A quoted header says when the mail was sent or what it is about; firewall rules have from and to as well. */
    private static final Pattern OF_MAIL =
            Pattern.compile("(sent|envoye|envoye le|date|subject|objet|gesendet|betreff) ?:.*");

    private static final Pattern WROTE = Pattern.compile(".*(a ecrit|wrote|schrieb|escribio|ha scritto|escreveu) ?:");

    private QuoteIntro() {}

    /** Whether a folded line is one that mail programs write above a quote, or a field of the quoted header. */
    public static boolean of(String folded) {
        return Stream.of(RULED, ABOVE, FROM, OTHER, WROTE)
                .anyMatch(pattern -> pattern.matcher(folded).matches());
    }

    /** Whether a mail header introduces it, as in forwarded mails, and not a line about who wrote. */
    static boolean ofHeaders(List<String> lines, int at) {
        String line = lines.get(at);
        String folded = fold(line);
        return RULED.matcher(folded).matches()
                || ABOVE.matcher(folded).matches()
                || (RULE.matcher(line.strip()).matches() && headerSoon(lines, at + 1))
                || headerBlock(lines, at);
    }

    /** A line of underscores alone may come from anybody. */
    private static boolean headerSoon(List<String> lines, int from) {
        for (int at = from; at < Math.min(lines.size(), from + 3); at++) {
            if (headerBlock(lines, at)) {
                return true;
            }
        }
        return false;
    }

    /** {@code De : … Envoyé : … À : … Objet : …}, on lines of their own. */
    private static boolean headerBlock(List<String> lines, int at) {
        if (!FROM.matcher(fold(lines.get(at))).matches()) {
            return false;
        }
        List<String> others = lines.subList(at + 1, Math.min(lines.size(), at + 8)).stream()
                .map(QuoteIntro::fold)
                .takeWhile(line -> !FROM.matcher(line).matches())
                .filter(line -> OTHER.matcher(line).matches())
                .toList();
        return others.size() >= 2
                && others.stream().anyMatch(line -> OF_MAIL.matcher(line).matches());
    }

    /** Where a wrapped {@code Le jeu. …, … a écrit :} or {@code On … wrote:} ends; -1 if there is none. */
    static int end(List<String> lines, int at) {
        String folded = fold(lines.get(at));
        boolean starts = folded.startsWith("le ")
                || folded.startsWith("on ")
                || folded.startsWith("am ")
                || folded.matches("20\\d\\d-\\d\\d-\\d\\d .*")
                || folded.contains("@");
        if (!starts) {
            return ends(folded) && marked(lines, at + 1) ? at : -1;
        }
        StringBuilder joined = new StringBuilder();
        for (int next = at; next < Math.min(lines.size(), at + WRAPPED) && joined.length() < LONGEST; next++) {
            String line = fold(lines.get(next));
            if (next > at && line.isEmpty()) {
                return -1;
            }
            joined.append(next > at ? " " : "").append(line);
            if (ends(joined)) {
                return WHEN.matcher(joined).matches() || marked(lines, next + 1) ? next : -1;
            }
        }
        return -1;
    }

    /** Whether a marked line follows: that alone shows that a mail is quoted. */
    private static boolean marked(List<String> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).isBlank()) {
            at++;
        }
        return at < lines.size()
                && (lines.get(at).startsWith(">") || lines.get(at).equals(HtmlText.QUOTED));
    }

    private static boolean ends(CharSequence joined) {
        String text = joined.toString().strip();
        return WROTE.matcher(text).matches() || text.matches("20\\d\\d-\\d\\d-\\d\\d \\d.{0,200}<[^ ]+@[^ ]+> ?:");
    }

    private static String fold(String line) {
        return Folding.line(Cut.to(line, LONGEST));
    }
}
