package dev.ronde.inbound.grammar;

import dev.ronde.inbound.message.Folding;
import dev.ronde.platform.text.Cut;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the words of an answer and says nothing: greetings and warnings of mail gateways above them; thanks, the names of people
 * here, the line a mail program adds, and a signature that is known below them.
 */
final class Courtesies {
    private static final int LONGEST = 1_000;
    private static final int TRIED = 8;
    /** Words of one answer that are looked up as names. */
    private static final int NAMES = 100;
    /** Lines a signature has at most. */
    private static final int SIGNATURE = 30;

    private static final Pattern RULE = Pattern.compile("[=*_\u2014\u2013 -]+");

    private static final Pattern WARNS = Pattern.compile(
            ".*\\b(external|externe|ext|outside|exterieur|originated|provient|sender|expediteur|spam|suspicious|suspect|click|cliquez)\\b.*");

    /** … and nothing else, in these words. */
    private static final Set<String> WARNING = Arrays.stream(
                    ("external externe ext email e-mail mail message courriel sender expediteur caution"
                                    + " warning attention avertissement spam suspicious suspect secure this ce cet the le la les l your votre our notre originated"
                                    + " originates comes came sent was is from outside of organization organisation company network entreprise societe provient vient de d"
                                    + " du exterieur a ete envoye hors do not don't click open reply to links link or any attachments attachment unless you recognize"
                                    + " recognise and know that content contents safe use cliquez pas ne sur un lien liens ni ouvrez piece pieces jointe jointes sauf"
                                    + " si vous connaissez reconnaissez et savez que contenu est sur fiable trusted source be careful exercise prudence vigilance with"
                                    + " when opening clicking responding by please soyez prudent vigilant")
                            .split(" "))
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern GREETING = Pattern.compile(Words.HELLO + "(?: (?<who>.{1,90}?))? ?[,!.]*");
    private static final Pattern GREETED =
            Pattern.compile("a tous|a toutes|a vous|all|there|team|l'equipe|equipe|everyone"
                    + "|everybody|tout le monde|madame|monsieur|madame, monsieur|ronde");

    private static final Pattern THANKS = Pattern.compile("(?:" + Words.THANKS + "|cheers"
            + "|(?:(?:kind|best|warm|kindest) )?regards|best(?: wishes)?|(?:bien )?cordialement|bien a (?:vous|toi)|cdt|cdlt"
            + "|salutations|sincerely|yours(?: sincerely| faithfully| truly)?|bonne (?:journee|soiree|semaine)|bon week-?end"
            + "|have a (?:nice|good|great) (?:day|evening|week|week-?end))(?:[ ,!.]+(?<who>.{1,60}?))?[ ,!.]*");

    private static final Pattern PROGRAM = Pattern.compile(
            "(?:envoye|sent|gesendet|provenance|telecharger|obtenez|obtenir|get) ?(?:(?:de|du|depuis|a partir de|avec|from|via|with|using|by|:|par|mit|von"
                    + "|mon|ma|my|mein|un|une|the|le|la|an?|pour|for|secure|email|e-mail|mobile|mail|courrier|telephone|smartphone|phone"
                    + "|appareil|device|app|appli|application|galaxy|samsung|iphone|ipad|ios|android|windows|outlook|yahoo|gmail|proton"
                    + "|orange|zimbra|free|bluemail|laposte|messagerie|securisee)[ .]*)+");

    private static final Pattern PLACE = Pattern.compile("<?https?:[^\\s<>]+>?|www\\.\\S+");

    private final Predicate<String> names;
    private final Predicate<String> endings;
    private int asked;

    /** @param names whether somebody here is called so: a first or last name in lower case, with its accents
     * @param endings whether earlier messages of the same writer ended so; folded, its lines one after the other */
    Courtesies(Predicate<String> names, Predicate<String> endings) {
        // somebody may write thousands of words that could be names
        this.names = word -> asked++ < NAMES && names.test(word);
        this.endings = endings;
    }

    /** The lines that say something, from the first to the last. */
    List<String> without(List<String> lines) {
        int from = 0;
        while (from < Math.min(lines.size(), TRIED) && opens(lines.get(from))) {
            from++;
        }
        int end = closed(lines, from, lines.size());
        for (int at = Math.max(from, lines.size() - SIGNATURE); at < end; at++) {
            String first = lines.get(at);
            if ((first.strip().equals("--") || named(first)) && endings.test(folded(lines.subList(at, lines.size())))) {
                end = closed(lines, from, at);
            }
        }
        return lines.subList(from, end);
    }

    private static String folded(List<String> lines) {
        return lines.stream()
                .map(Courtesies::fold)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private int closed(List<String> lines, int from, int to) {
        int end = to;
        while (end > from && closes(lines.get(end - 1))) {
            end--;
        }
        return end;
    }

    /** Whether the line is nothing but a greeting, a gateway's warning or a rule. */
    boolean opens(String line) {
        if (line.isBlank()) {
            return true;
        }
        String folded = fold(line);
        Matcher greeting = GREETING.matcher(folded);
        return rule(line) || warning(folded) || (greeting.matches() && nobodyElse(greeting.group("who"), line));
    }

    private boolean closes(String line) {
        if (line.isBlank()) {
            return true;
        }
        String folded = fold(line);
        Matcher thanks = THANKS.matcher(folded);
        return rule(line)
                || (thanks.matches() && nobodyElse(thanks.group("who"), line))
                || PROGRAM.matcher(fold(PLACE.matcher(Cut.to(line, LONGEST)).replaceAll("")))
                        .matches()
                || named(line);
    }

    private boolean nobodyElse(@Nullable String who, String line) {
        if (who == null || GREETED.matcher(who).matches()) {
            return true;
        }
        int words = who.split(" ").length;
        String[] all = line.strip().split("[\\s,]+");
        return words < all.length && named(String.join(" ", Arrays.copyOfRange(all, all.length - words, all.length)));
    }

    private static boolean rule(String line) {
        return RULE.matcher(line.strip()).matches();
    }

    private static boolean warning(String folded) {
        return WARNS.matcher(folded).matches()
                && Arrays.stream(folded.split("[^\\p{L}'-]+"))
                        .flatMap(word ->
                                Arrays.stream(word.replaceAll("^(l|d)'", "").split("'(?!t)")))
                        .map(word -> word.replaceAll("^-+|-+$", ""))
                        .filter(word -> !word.isEmpty())
                        .allMatch(WARNING::contains)
                && !folded.matches(".*\\d.*");
    }

    private boolean named(String line) {
        List<String> words = Arrays.stream(line.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .map(word -> word.replaceAll("[^\\p{L}\\p{M}'’-]|^-+|-+$", ""))
                .filter(word -> !word.isEmpty())
                .toList();
        return !words.isEmpty()
                && words.size() <= 4
                && line.matches("[\\p{L}\\p{M}'’.,\\s*_–—-]+")
                && words.stream().filter(word -> word.length() > 1).findAny().isPresent()
                && words.stream().allMatch(word -> word.length() == 1 || names.test(word));
    }

    private static String fold(String line) {
        return Folding.line(Cut.to(line, LONGEST));
    }
}
