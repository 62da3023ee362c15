package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folded;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people write beside a command on its line. A statement stands only beside words that are known to take nothing back: no list of
 * reservations is ever complete, and asking back costs a mail where acting wrongly costs the evidence.
 */
final class Remark {
    private static final String NOTHING_NEW =
            "(changements?|modifications?|evolutions?|anomalies?|problemes?|soucis?|ecarts?"
                    + "|remarques?|changes?|issues?|problems?|findings?|anomaly|remarks?|deviations?)";

    /** Phrases with a “no” in them that say that all is well. */
    private static final Pattern WELL = Pattern.compile(
            "\\b((il n'y a (eu )?|there (is|are|were) |il y a (eu )?)?"
                    + "((pas (eu )?)(de |d')|aucune? |no |sans |zero )(other |autres? |new |nouveaux? |nouvelles? )?"
                    + NOTHING_NEW
                    + "( (constatee?s?|detectee?s?|relevee?s?|found|seen|noted|made|to report|a signaler|at all|du tout))*"
                    + "|nothing( has| to)?( been)? ?(changed|report|add|new)|rien (a signaler|a ajouter|de change|de nouveau|n'a change)"
                    + "|n'a pas change|has not changed|not changed|up to date|a jour|me too|moi aussi|once more|une fois de plus"
                    + "|many thanks|thanks a lot|thank you very much|thank you so much|looked (at|over|through)|pour info|for information)\\b");

    /** Words that make no reservation, in whatever order they stand. */
    private static final Set<String> KNOWN = words(
            "the a an all every each both my our this these it its is are was were has have been i we you",
            "checked verified reviewed confirmed compared seen tested validated updated documented everything",
            "rule rules setting settings configuration configurations config configs firewall access accesses right rights",
            "permission permissions account accounts user users port ports server servers database databases network",
            "list lists log logs team colleague colleagues report reports file files document documents screenshot screenshots",
            "evidence proof attachment attachments sheet sheets spreadsheet attached enclosed see in order place fine good ok okay correct clean",
            "compliant looks unchanged same as before expected planned usual with by for and of thanks thank please",
            "had minute minutes kind best regards cheers morning yesterday today again too also",
            "pour le la les un une des du de au aux en ce cet cette ces mon ma mes notre nos tout toute tous toutes chaque",
            "est sont ete etait ont ai avons j je nous verifie verifiee verifies verifiees controle controlee controles controlees",
            "revu revue revus revues relu relue relus relues confirme confirmee compare comparee compares comparees regarde regardee",
            "valide validee valides validees teste testee testes testees mis mise mises documente documentee",
            "regle regles parametre parametres pare-feu acces droit droits compte comptes utilisateur utilisateurs",
            "serveur serveurs base bases reseau liste listes journal journaux equipe collegue collegues rapport rapports",
            "fichier fichiers dossier dossiers capture captures tableau tableaux feuille ecran preuve preuves piece pieces jointe jointes joint joints",
            "ci-joint ci-jointe ci-joints ci-jointes pj voir cf ordre bon bons bonne bonnes bien corrects correcte correctes",
            "conforme conformes propre propres inchange inchangee inchanges inchangees identique identiques comme avant prevu",
            "attendu habitude avec par et merci beaucoup svp stp cordialement salutations journee matin hier aujourd'hui",
            "ras r.a.s aussi encore");

    /** What reviewing is called once it has happened: “checked by Paul”. */
    private static final Set<String> HAPPENED = words(
            "checked verified reviewed confirmed compared seen tested validated updated verifie verifiee verifies verifiees controle",
            "controlee controles controlees revu revue revus revues relu relue confirme confirmee valide validee valides validees teste testee");

    /** After these stands a name. */
    private static final Set<String> BEFORE_NAMES =
            words("avec with for pour merci thanks regards cheers cordialement");

    /** What is written like a name and is none. */
    private static final Set<String> NO_NAMES = words(
            "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche",
            "january february march april may june july august september october november december janvier fevrier mars avril mai",
            "juin juillet aout septembre octobre novembre decembre reserve reserves reservation reservations exception exceptions",
            "caveat caveats doubt doubts doute doutes difficulty difficulte difficultes retard delay erreur erreurs error errors",
            "easter christmas paques noel pentecote toussaint ascension ramadan help aide caution prudence no non not pas nothing rien");

    /** “Voir avec Paul” leaves it to Paul. */
    private static final Pattern LEFT_TO_OTHERS = Pattern.compile("\\b(voir|see|cf) (avec|with|par|by)\\b");

    /** How a line begins that takes back what the line before it said. */
    private static final Pattern TAKEN_BACK = Pattern.compile(
            "(sauf|except|excepte|hormis|mais|but|however|cependant|toutefois"
                    + "|wait|attends|attendez|finalement|actually|oops|oups|unless|sous reserve|a part|a l'exception|with the exception"
                    + "|apart from|aside from|other than|pas encore|not yet|not done|pas fait|en fait|correction|erratum|sorry|desolee?)\\b.*");

    /** Signs that say no, or not yet: empty and crossed boxes, crosses, thumbs down, stop signs, question marks, overstrikes. */
    private static final Pattern NEGATIVE =
            Pattern.compile("[\\u2610\\u2612\\u2613\\u2715-\\u2718\\u274C\\u274E\\u26D4\\u2753\\u2754\\u26A0"
                    + "\\u2B1C\\u2B1B\\u2573\\u00D7\\u0335-\\u0338\\x{1F44E}\\x{1F6AB}\\x{1F6D1}\\x{1F645}\\x{1F532}\\x{1F533}\\x{1F5F4}-\\x{1F5F9}"
                    + "\\x{1F914}\\x{23F3}\\x{231B}\\x{1F6A7}]|\\[ ?x?\\]|\\( ?\\)");

    private Remark() {}

    /** Whether the remark, in the person's own spelling, takes nothing back. */
    static boolean harmless(String remark) {
        String folded = Folded.line(remark);
        if (folded.contains("?") || LEFT_TO_OTHERS.matcher(folded).find()) {
            return false;
        }
        Set<String> capitalised = Arrays.stream(remark.split("[^\\p{L}\\p{M}'’-]+"))
                .filter(word -> word.matches("\\p{Lu}[\\p{Ll}\\p{M}].*"))
                .map(Folded::line)
                .collect(Collectors.toSet());
        String before = "";
        boolean named = false;
        for (String word : tokens(WELL.matcher(folded).replaceAll(" "))) {
            boolean name = capitalised.contains(word) && !NO_NAMES.contains(word) && named(before, named);
            if (!name
                    && !KNOWN.contains(word)
                    && !word.matches("[a-z][a-z0-9]{0,20}(-[a-z0-9]{1,20}){0,4}-\\d{1,15}")) {
                return false;
            }
            if (!name && (before.equals("for") || before.equals("pour"))) {
                return false;
            }
            if ((word.equals("by") || word.equals("par")) && !HAPPENED.contains(before)) {
                return false;
            }
            named = name || (named && (word.equals("et") || word.equals("and")));
            before = word;
        }
        return true;
    }

    private static boolean named(String before, boolean named) {
        return named || BEFORE_NAMES.contains(before) || before.equals("by") || before.equals("par");
    }

    private static List<String> tokens(String folded) {
        return Arrays.stream(
                        folded.replaceAll("(^|[^\\p{L}])(l|d|j|s|c)'", "$1 ").split("[ ,;:.!()\"«»/&+]+"))
                .map(word -> word.replaceAll("^[-']+|[-']+$", ""))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Whether the first line after the command takes it back. */
    static boolean takenBack(String rest) {
        return rest.lines()
                .map(Folded::line)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .filter(line -> TAKEN_BACK.matcher(line).matches())
                .isPresent();
    }

    /** Whether a sign on the line says no. */
    static boolean negative(String line) {
        return NEGATIVE.matcher(line).find();
    }

    private static Set<String> words(String... lines) {
        return Arrays.stream(lines)
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .collect(Collectors.toUnmodifiableSet());
    }
}
