package dev.ronde.mail.inbound;

import dev.ronde.mail.inbound.Against.Why;
import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what the writer did not write: the quoted mail with the line that introduces it, the signature, and the line a mail program
 * adds. What stands below or between a quote that is marked counts; where nobody can tell whose words they are, that is said.
 *
 * @param lines the writer wrote, without empty ones at either end
 * @param quoted lines of a quote of a mail of ours in which nothing tells what somebody may have written between them
 * @param aside lines below the answer that are quoted from nobody knows where: not the writer's, so far as anybody can tell, and of no mail of ours
 * @param against words that may be somebody else's, or the writer's that may be missing; absent where all are known
 */
record QuoteCut(
        List<String> lines,
        List<String> quoted,
        List<String> aside,
        @Nullable Against against) {
    private static final Set<String> SIGNATURE = Set.of("--", "\u2014");
    private static final int LINES = 5_000;
    private static final int LONGEST = 600;
    private static final int HEADER = 10;

    /** {@code >50 ms} is a measurement, not a quote. */
    private static final Pattern MORE_THAN = Pattern.compile(">=? ?\\d.*");

    private static final Pattern TAGLINE = Pattern.compile(
            "((envoye|sent|gesendet|provenance) ?(de|du|depuis|a partir de|avec|from|via|with|using|:|par|mit|von) ?"
                    + "(((the|la|le|l'|un|une|an|a) ?)?(courrier|messagerie|mail|mobile|telephone|smartphone|galaxy|outlook|yahoo|proton|samsung|gmail"
                    + "|orange|app|appli|application|iphone|ipad|android|zimbra|free|bluemail|laposte)|mon|ma|my|mein)\\b.{0,80})"
                    + "|((telecharger|obtenez|obtenir|get) outlook (pour|for) .{0,40})"
                    + "|(sent with .{0,60}secure email\\.?)");

    private static final String TELLING = "(not|no|but|except|still|open|wait|wrong|yet"
            + "|pas|non|mais|sauf|encore|ouvert|ouverte|attendez|attends|faux|fausse)";

    private static final Pattern TELLS = Pattern.compile(".*([:;?!]|\\b" + TELLING + "\\b).*");
    private static final Pattern LINK = Pattern.compile("<?https?://[^\\s<>]{1,500}>?");

    /** Words by which a line may deny, limit or postpone what is above it, or report something bad. */
    private static final Pattern LIMITS = Pattern.compile("(?:^|.*[^\\p{L}])("
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

    QuoteCut {
        lines = List.copyOf(lines);
        quoted = List.copyOf(quoted);
        aside = List.copyOf(aside);
    }

    static QuoteCut of(List<String> all) {
        QuoteCut read = read(all.stream().limit(LINES).map(QuoteCut::emptied).toList());
        return all.size() > LINES ? read.doubted(Why.LONG, List.of()) : read;
    }

    /** HTML mails write an empty line as no-break spaces. */
    private static String emptied(String line) {
        return line.replace('\u00a0', ' ').isBlank() ? "" : line;
    }

    private static QuoteCut read(List<String> lines) {
        int quote = 0;
        while (quote < lines.size() && !marked(lines, quote) && !QuoteIntro.at(lines, quote)) {
            quote++;
        }
        QuoteCut above = own(lines.subList(0, quote));
        if (quote == lines.size()) {
            return above;
        }
        boolean introduced = !marked(lines, quote);
        boolean ofHeaders = introduced && QuoteIntro.ofHeaders(lines, quote);
        int mark = quote;
        while (mark < lines.size() && !marked(lines, mark)) {
            mark++;
        }
        if (introduced && (mark == lines.size() || mark - quote > (ofHeaders ? HEADER : QuoteIntro.WRAPPED + 2))) {
            return unmarked(above, lines.subList(quote, lines.size()));
        }
        List<String> rest = lines.subList(mark, lines.size());
        if (introduced || known(lines, mark)) {
            return marked(above, rest, ofHeaders);
        }
        return harmless(above, rest) ? above.beside(rest) : own(lines).doubted(Why.WHOSE, rest);
    }

    private static boolean marked(List<String> lines, int at) {
        String line = lines.get(at);
        boolean next = at + 1 < lines.size() && lines.get(at + 1).startsWith(">");
        return line.indexOf(Marks.QUOTED) >= 0
                || (line.startsWith(">") && (next || !MORE_THAN.matcher(line).matches()));
    }

    /** Whether a passage without an introduction is from a mail: people also mark their own words so. */
    private static boolean known(List<String> lines, int from) {
        List<String> passage = lines.subList(from, lines.size()).stream()
                .takeWhile(line -> line.startsWith(">") || line.indexOf(Marks.QUOTED) >= 0)
                .map(line -> line.replaceFirst("^[> ]+", ""))
                .toList();
        for (int at = 0; at < passage.size(); at++) {
            if (passage.get(at).indexOf(Marks.QUOTED) >= 0
                    || QuoteIntro.ofOurs(passage.get(at))
                    || QuoteIntro.at(passage, at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the quote is below an answer, marked on every line, and takes nothing back. */
    private static boolean harmless(QuoteCut above, List<String> rest) {
        return !above.lines().isEmpty()
                && IntStream.range(0, rest.size()).allMatch(at -> rest.get(at).isBlank() || marked(rest, at))
                && rest.stream().noneMatch(QuoteCut::limits);
    }

    /** Unmarked lines are the writer's; under a mail header they may be from the author of that mail. */
    private static QuoteCut marked(QuoteCut above, List<String> rest, boolean ofHeaders) {
        List<String> beside = new ArrayList<>();
        boolean between = false;
        for (int at = 0; at < rest.size(); at++) {
            if (!marked(rest, at)) {
                beside.add(rest.get(at));
            } else {
                between |= beside.stream().anyMatch(line -> !line.isBlank());
            }
        }
        QuoteCut below = read(beside);
        if (ofHeaders && above.lines().isEmpty()) {
            return below.lines().isEmpty() ? above : above.doubted(Why.WHOSE, below.lines());
        }
        // what stands between the lines of a quote is about one of them
        return between && !below.lines().isEmpty()
                ? above.doubted(Why.WHOSE, below.lines()).with(below)
                : above.with(below);
    }

    /** Only the last line of our own mail marks the end of this quote. */
    private static QuoteCut unmarked(QuoteCut above, List<String> rest) {
        int end = rest.size();
        while (end > 0 && !QuoteIntro.endsOurs(rest.get(end - 1))) {
            end--;
        }
        if (end > 0) {
            return above.with(quote(rest.subList(0, end))).with(read(rest.subList(end, rest.size())));
        }
        if (rest.stream().anyMatch(QuoteIntro::ofOurs)) {
            return above.with(quote(rest));
        }
        // of a mail that is not known to be ours, what would take something back may be the writer's
        boolean doubted = above.lines().isEmpty() || rest.stream().anyMatch(QuoteCut::limits);
        return doubted
                ? above.beside(rest).doubted(Why.WHOSE, rest)
                : above.with(quote(rest)).beside(rest);
    }

    private static QuoteCut quote(List<String> lines) {
        return new QuoteCut(List.of(), lines, List.of(), null);
    }

    private QuoteCut beside(List<String> lines) {
        List<String> told = lines.stream().filter(line -> !line.isBlank()).toList();
        return with(new QuoteCut(List.of(), List.of(), told, null));
    }

    private QuoteCut with(QuoteCut below) {
        List<String> told = Retraction.withoutNotice(below.lines);
        List<String> gap = lines.isEmpty() || told.isEmpty() ? List.of() : List.of("");
        return new QuoteCut(
                Stream.of(lines, gap, told).flatMap(List::stream).toList(),
                Stream.concat(quoted.stream(), below.quoted.stream()).toList(),
                Stream.concat(aside.stream(), below.aside.stream()).toList(),
                Against.first(against, below.against));
    }

    private QuoteCut doubted(Why why, List<String> words) {
        return new QuoteCut(lines, quoted, aside, Against.first(against, Against.of(why, words)));
    }

    /** Drops signature, taglines and outer empty lines; a signature that takes something back stays. */
    private static QuoteCut own(List<String> lines) {
        int sign = 0;
        while (sign < lines.size() && !SIGNATURE.contains(lines.get(sign).strip())) {
            sign++;
        }
        List<String> kept =
                lines.subList(0, sign).stream().filter(line -> !tagline(line)).toList();
        int from = 0;
        int end = kept.size();
        while (from < end && kept.get(from).isBlank()) {
            from++;
        }
        while (end > from && kept.get(end - 1).isBlank()) {
            end--;
        }
        Against below = Retraction.first(lines.subList(sign, lines.size()))
                .map(line -> Against.of(Why.BELOW, List.of(line)))
                .orElse(null);
        return new QuoteCut(kept.subList(from, end), List.of(), List.of(), below);
    }

    private static boolean tagline(String line) {
        String folded = Folding.line(LINK.matcher(Cut.to(line, LONGEST)).replaceAll(" "));
        return TAGLINE.matcher(folded).matches() && !TELLS.matcher(folded).matches();
    }

    private static boolean limits(String line) {
        String words = line.replaceFirst("^[> ]+", "");
        return Retraction.in(words)
                || LIMITS.matcher(Folding.line(Cut.to(words, LONGEST))).matches();
    }
}
