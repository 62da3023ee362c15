package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folded;
import java.util.List;
import java.util.regex.Pattern;

/** What people write on the lines below a command: a comment, unless it takes back what the command says or goes on with its line. */
final class Below {
    private static final int LOOKED_AT = 6;

    /** Words that deny, limit, postpone or ask, or command something else. */
    private static final Pattern AGAINST = Pattern.compile(
            "(?:^|.*[^\\p{L}])(not?|non|nope|nor|none|never|jamais|pas|ne|n'\\p{L}+|\\p{L}+n't|cannot"
                    + "|rien|nothing|aucune?|sauf|hormis|hors|except\\p{L}*|excluding|but|mais|however|cependant|toutefois|neanmoins|though|although"
                    + "|par contre|en revanche|only|seulement|uniquement|if|si|unless|until|jusqu\\p{L}*|when|once|quand|des que|lorsque|tomorrow|demain"
                    + "|later|plus tard|soon|bientot|will|\\p{L}+'ll|going to|je vais|to do|todo|to be|a (faire|voir|revoir|valider|valide|confirmer|verifier"
                    + "|verifie|completer|corriger|fermer|traiter)|reste|restent|remain\\p{L}*|left|missing|manque\\p{L}*|still|yet|encore|pending|waiting"
                    + "|awaiting|attente|en cours|in progress|ongoing|prevue?s?|attendue?s?|expected|planned|partly|partial\\p{L}*|partiel\\p{L}*|almost"
                    + "|nearly|presque|half|moitie|mostly|without|sans|apart from|a part|aside|other than|en dehors|a l'exception|sous reserve|wrong"
                    + "|mistakes?|erreurs?|trompee?|oops|oups|ignore\\p{L}*|cancel\\p{L}*|annule\\p{L}*|undo|actually|finalement|en fait|correction|erratum"
                    + "|wait|attends|attendez|open|ouvert\\p{L}*|problem\\p{L}*|issues?|soucis?|anomal\\p{L}*|blocked|bloque\\p{L}*|delegate|deleguer|delegue"
                    + "|snooze|reporter|scratch|forget|oubli\\p{L}*|laisse\\p{L}*|kidding|attention|warning|by (monday|tuesday|wednesday|thursday|friday|noon|eod))(?:[^\\p{L}].*|$)");

    /** Phrases with such a word that mean nothing by it. */
    private static final Pattern POLITE = Pattern.compile(
            "n'hesitez pas.{0,80}|(please )?(do not|don't) hesitate.{0,80}|if (you (have|need)|there are)"
                    + " any.{0,80}|let me know if.{0,80}|si (vous avez |tu as )?(besoin|des questions).{0,60}|pas de soucis?"
                    + "|(nothing|no changes?|aucun changement|pas de changement|rien)( has| have| n'a| n'ont)?( changed| change)?( (since|depuis) .{0,40})?"
                    + "|(has|have|did|n'a|n'ont) (not |pas )?(changed|change)|\\b(rien a signaler|nothing to report|no issues?( found)?|aucune? "
                    + "(anomalie|probleme|ecart|remarque))\\b");

    /** After this comes what is no longer the person's word about the review. */
    private static final Pattern SIGNED =
            Pattern.compile("(" + Remark.THANKS.replace("@", "\\p{L}{1,30}").replace('à', 'a') + ")\\W*");

    private static final Pattern DISCLAIMER = Pattern.compile(
            ".*(confidential|confidentiel|intended recipient|destinataire|disclaimer|privileged|before printing|avant d'imprimer|virus).*");
    private static final Pattern POSTSCRIPT = Pattern.compile("(p\\.? ?s|n\\.? ?b)\\b.*");
    private static final Pattern GOES_ON = Pattern.compile(
            ".*([,:;-]|\\b(with|by|for|and|the|of|in|as|see|avec|par|pour|et|le|la|les|de|du|des|en|voir|comme))");

    private final Remark remark;

    Below(Remark remark) {
        this.remark = remark;
    }

    /** Whether what stands below takes the command back, or is the end of its line and not harmless. */
    boolean takesBack(String line, String rest) {
        List<String> lines = rest.lines().filter(one -> !one.isBlank()).toList();
        if (lines.isEmpty()) {
            return false;
        }
        String next = lines.get(0);
        boolean wrapped = rest.lines().findFirst().filter(one -> !one.isBlank()).isPresent()
                && next.matches("\\s*\\p{Ll}.*")
                && line.length() > 60;
        boolean goesOn = wrapped || GOES_ON.matcher(Folded.line(line)).matches();
        return (goesOn && !remark.harmless(next) && !Remark.signature(next)) || against(lines);
    }

    private boolean against(List<String> lines) {
        boolean signed = false;
        int looked = 0;
        for (String line : lines) {
            String folded = Folded.line(line);
            boolean postscript = POSTSCRIPT.matcher(folded).matches();
            if (!signed && DISCLAIMER.matcher(folded).matches()) {
                return false;
            }
            if ((signed || looked >= LOOKED_AT) && !postscript) {
                continue;
            }
            if (SIGNED.matcher(folded).matches()) {
                signed = folded.matches(".*(regards|cordialement|best|cdt|cdlt|salutations).*");
                continue;
            }
            if (Remark.signature(line)) {
                signed = true;
                continue;
            }
            looked++;
            // what people set into their signatures, such as a telephone, says nothing; signs alone do
            if (line.contains("?")
                    || Signs.denying(line)
                    || (folded.isEmpty() && !Signs.approving(line))
                    || (!remark.harmless(line)
                            && AGAINST.matcher(POLITE.matcher(folded).replaceAll(" "))
                                    .matches())) {
                return true;
            }
        }
        return false;
    }
}
