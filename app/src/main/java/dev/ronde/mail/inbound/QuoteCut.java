package dev.ronde.mail.inbound;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes away what the writer did not write: the quoted mail with the line that introduces it, the signature, and the line
 * a mail program adds. Where nothing stands above the quote, what stands below or between it counts.
 */
final class QuoteCut {
    private static final int LINES = 5_000;
    private static final int WRAPPED = 4;
    private static final int LONGEST = 600;
    private static final Pattern RULED =
            Pattern.compile("-{2,} ?(original message|message d'origine|message original|mail original|original mail|"
                    + "message transfere|forwarded message|e-mail original|message initial|original appointment|"
                    + "original email) ?-{2,}.*");
    private static final Pattern ABOVE =
            Pattern.compile(".*(reply above this line|repondez au-dessus de cette ligne).*");
    private static final Pattern FROM = Pattern.compile("(from|de|von|expediteur) ?:.*");
    private static final Pattern OTHER =
            Pattern.compile("(sent|envoye|envoye le|date|to|a|cc|subject|objet|gesendet|an|betreff|reply-to) ?:.*");
    private static final Pattern WHEN = Pattern.compile(".*(\\d{1,2} ?[:h] ?\\d{2}|20\\d\\d|<[^ ]+@[^ ]+>).*");
    /** In a header that is quoted stands when it was sent, or about what; rules of a firewall have a from and a to as well. */
    private static final Pattern OF_MAIL =
            Pattern.compile("(sent|envoye|envoye le|date|subject|objet|gesendet|betreff) ?:.*");

    /** {@code >50 ms} measures something. */
    private static final Pattern MORE_THAN = Pattern.compile(">=? ?\\d.*");

    private static final Pattern TAGLINE = Pattern.compile(
            "((envoye|sent|gesendet|provenance) ?(de|du|depuis|a partir de|avec|from|via|with|using|:|par|mit|von) ?"
                    + "(((the|la|le|l'|un|une|an|a) ?)?(courrier|messagerie|mail|mobile|telephone|smartphone|galaxy|outlook|yahoo|proton|samsung|gmail"
                    + "|orange|app|appli|application|iphone|ipad|android|zimbra|free|bluemail|laposte)|mon|ma|my|mein)\\b.{0,80})"
                    + "|((telecharger|obtenez|obtenir|get) outlook (pour|for) .{0,40})"
                    + "|(sent with .{0,60}secure email\\.?)");

    private QuoteCut() {}

    /** The lines the writer wrote, without empty ones at either end. */
    static List<String> written(List<String> all) {
        List<String> lines = all.stream().limit(LINES).map(QuoteCut::emptied).toList();
        int quote = quoteAt(lines);
        List<String> above = own(lines.subList(0, quote));
        if (!above.isEmpty() || quote == lines.size()) {
            return above;
        }
        return own(beside(lines, quote));
    }

    /** A line of nothing but no-break spaces is empty, as HTML mails write it. */
    private static String emptied(String line) {
        return line.replace('\u00a0', ' ').isBlank() ? "" : line;
    }

    private static int quoteAt(List<String> lines) {
        for (int at = 0; at < lines.size(); at++) {
            if (quoted(lines, at) || introduces(lines, at)) {
                return at;
            }
        }
        return lines.size();
    }

    private static boolean quoted(List<String> lines, int at) {
        boolean next = at + 1 < lines.size() && lines.get(at + 1).startsWith(">");
        return lines.get(at).startsWith(">")
                && (next || !MORE_THAN.matcher(lines.get(at)).matches());
    }

    /** What stands below or between passages that are marked with {@code >}; nothing where the quote has no such marks. */
    private static List<String> beside(List<String> lines, int quote) {
        int marked = quote;
        while (marked < lines.size() && !lines.get(marked).startsWith(">")) {
            marked++;
        }
        List<String> beside = new ArrayList<>();
        if (marked - quote > WRAPPED + 2) {
            return beside;
        }
        for (int at = marked; at < lines.size(); at++) {
            if (!quoted(lines, at)) {
                beside.add(lines.get(at));
            }
        }
        return beside.subList(0, quoteAt(beside));
    }

    /** Whether a quoted mail is introduced here. */
    private static boolean introduces(List<String> lines, int at) {
        String folded = fold(lines.get(at));
        if (folded.isEmpty()) {
            return lines.get(at).strip().matches("_{20,}");
        }
        return RULED.matcher(folded).matches()
                || ABOVE.matcher(folded).matches()
                || lines.get(at).strip().matches("_{20,}")
                || headerBlock(lines, at, folded)
                || attribution(lines, at, folded);
    }

    /** {@code De : … Envoyé : … À : … Objet : …}, on lines of their own. */
    private static boolean headerBlock(List<String> lines, int at, String folded) {
        if (!FROM.matcher(folded).matches()) {
            return false;
        }
        List<String> others = lines.subList(at + 1, Math.min(lines.size(), at + 8)).stream()
                .map(QuoteCut::fold)
                .takeWhile(line -> !FROM.matcher(line).matches())
                .filter(line -> OTHER.matcher(line).matches())
                .toList();
        return others.size() >= 2
                && others.stream().anyMatch(line -> OF_MAIL.matcher(line).matches());
    }

    /** {@code Le jeu. 5 mars 2026 à 09:12, … a écrit :} or {@code On … wrote:}, wrapped over a few lines. */
    private static boolean attribution(List<String> lines, int at, String folded) {
        boolean starts = folded.startsWith("le ")
                || folded.startsWith("on ")
                || folded.startsWith("am ")
                || folded.matches("20\\d\\d-\\d\\d-\\d\\d .*")
                || folded.contains("@");
        if (!starts) {
            return false;
        }
        StringBuilder joined = new StringBuilder();
        for (int next = at; next < Math.min(lines.size(), at + WRAPPED) && joined.length() < LONGEST; next++) {
            String line = fold(lines.get(next));
            if (next > at && line.isEmpty()) {
                return false;
            }
            joined.append(next > at ? " " : "").append(line);
            if (ends(joined)) {
                return WHEN.matcher(joined).matches();
            }
        }
        return false;
    }

    private static boolean ends(CharSequence joined) {
        String text = joined.toString().strip();
        return text.endsWith("a ecrit :")
                || text.endsWith("a ecrit:")
                || text.endsWith("wrote:")
                || text.endsWith("wrote :")
                || text.endsWith("schrieb:")
                || text.matches("20\\d\\d-\\d\\d-\\d\\d \\d.{0,200}<[^ ]+@[^ ]+> ?:");
    }

    /** Without signature, tagline, and empty lines at either end. */
    private static List<String> own(List<String> lines) {
        int end = lines.size();
        for (int at = 0; at < end; at++) {
            String line = lines.get(at);
            if (line.strip().equals("--")
                    || line.strip().equals("—")
                    || TAGLINE.matcher(fold(line)).matches()) {
                end = at;
            }
        }
        int from = 0;
        while (from < end && lines.get(from).isBlank()) {
            from++;
        }
        while (end > from && lines.get(end - 1).isBlank()) {
            end--;
        }
        return List.copyOf(lines.subList(from, end));
    }

    private static String fold(String line) {
        return Folded.line(Cut.to(line, LONGEST));
    }
}
