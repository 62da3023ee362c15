package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folding;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands before a command and is not read: greetings, and warnings of mail gateways. Whatever else is in such a line is read. */
final class Opening {
    private static final Pattern RULE = Pattern.compile("[=*_ -]+");

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

    private static final Pattern GREETING = Pattern.compile(
            "(bonjour|bonsoir|hello|hi|hey|salut|dear|cher|chere|good morning|good afternoon|coucou)( (.{1,90}?))? ?[,!.]*");
    private static final Pattern GREETED =
            Pattern.compile("(a tous|a toutes|a vous|all|there|team|l'equipe|equipe|everyone|everybody|tout le monde"
                    + "|madame|monsieur|madame, monsieur)");

    private Opening() {}

    /** Whether the line is nothing but a greeting, a gateway's warning or a rule. */
    static boolean passedOver(String line) {
        String folded = Folding.line(line);
        return RULE.matcher(folded).matches()
                || line.strip().matches("[=*_-]+")
                || warning(folded)
                || greeting(line, folded);
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

    private static boolean greeting(String line, String folded) {
        Matcher matcher = GREETING.matcher(folded);
        if (!matcher.matches()) {
            return false;
        }
        String greeted = matcher.group(3);
        if (greeted == null || GREETED.matcher(greeted).matches()) {
            return true;
        }
        String names =
                line.strip().replaceFirst("[,!.\\s]+$", "").replaceFirst("^\\p{L}+( (morning|afternoon))?\\s+", "");
        return Remark.signature(names);
    }
}
