package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folding;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What people write beside a command on its line. A statement stands only beside phrases that are known to take nothing back, each a whole piece
 * between two marks: no list of reservations is ever complete, and asking back costs a mail where acting wrongly costs the evidence.
 */
final class Remark {
    private static final String NAME = "@";

    private static final String NAMES = NAME + "( " + NAME + "){0,2}";
    private static final String PEOPLE =
            "(((the|my|our|mon|ma|notre) |l')?(team|colleagues?|equipe|collegues?)|" + NAMES + ")";
    private static final String WITH = "( (with|by|avec|par) " + PEOPLE + "( (and|et) " + PEOPLE + ")?)";
    private static final String WHEN = "(today|yesterday|this morning|aujourd'hui|hier|ce matin|ce jour)";

    private static final String REF = "(?!rev-)[a-z]{2}[a-z0-9]{0,20}(-[a-z0-9]{1,20}){0,4}-\\d{1,15}";

    private static final String THING =
            "(((the|all|all the|our|my|les|le|la|mes|nos|tous les|toutes les) |l')?(rules?|settings|configurations?"
                    + "|config|firewall|access|rights|permissions|accounts|users|ports|servers?|databases?|logs|everything|all|it|regles?|parametres"
                    + "|pare-feu|acces|droits|comptes|utilisateurs|serveurs?|bases?|journaux|tout|" + REF + "))";
    private static final String HAPPENED =
            "(checked|verified|reviewed|confirmed|compared|tested|validated|documented|looked (at|over|through)"
                    + "|(vérifi|contrôl|confirm|compar|regard|valid|test|document)ée?s?|revue?s?|relue?s?)";
    private static final String STATE =
            "(in order|fine|good|ok|okay|correct|clean|compliant|unchanged|up to date|right|as (expected|before|usual"
                    + "|planned)|(the )?same as (before|usual|last time)|en ordre|bon|corrects?|correctes?|conformes?|propres?|inchangee?s?|identiques?"
                    + "|à jour|comme (prevu|attendu|avant|d'habitude|la derniere fois))";
    private static final String NEWS =
            "(changements?|modifications?|evolutions?|anomalies?|problemes?|soucis?|ecarts?|remarques?|changes?"
                    + "|issues?|problems?|findings?|anomaly|remarks?|deviations?)";
    private static final String DOCUMENT =
            "((reports?|files?|documents?|screenshots?|evidence|proof|attachments?|attached|spreadsheet|sheets?|rapports?"
                    + "|fichiers?|dossiers?|captures?( d'ecran)?|tableaux?|feuilles?|preuves?|pieces? jointes?|pj|ci-jointe?s?|lists?|listes?)"
                    + "( ((is|are|est|sont) )?(attached|enclosed|jointe?s?|ci-jointe?s?|en pj|en piece jointe))?)";

    static final String THANKS =
            "(((many |with )?(thanks|thank you|thx|merci)( a lot| so much| very much| beaucoup| bien| d'avance| à vous"
                    + "| à tous)?|cheers|((kind|best|warm|kindest) )?regards|best|bien cordialement|cordialement|bien à vous|cdt|cdlt|salutations"
                    + "|bonne (journee|soiree|semaine|continuation|fin de journee|reception)|bon (week-end|weekend|courage)"
                    + "|have a (nice|good|great) (day|evening|week|week-?end)|encore merci|merci encore)( (for|pour) (the |le |la |ton |votre |your )?(reminder|note|mail|message|rappel|relance)| de (la|ta|votre) relance| "
                    + NAMES + ")?)";
    private static final String NO_NEWS =
            "((il n'y a (eu )?(aucune?|pas (de |d'))|there (is|are|were) no|no|aucune?|pas (eu )?(de|d')|sans|zero) ?"
                    + NEWS
                    + "( (found|made|needed|required|noted|seen|to report|at all|à signaler|du tout|constatee?s?|detectee?s?|relevee?s?))*"
                    + "|nothing (new|changed|has changed|to report|to add|to change)|rien (à signaler|à ajouter|à changer|de change|de nouveau|n'a change)"
                    + "|(it |the configuration |la configuration )?(n'a pas change|has not changed))";

    private static final Pattern HARMLESS = Pattern.compile(String.join(
            "|",
            THANKS,
            NO_NEWS,
            "((it|all|everything|" + THING
                    + ") (is|are|looks?|est|sont) |c'est |tout |all |looks? |still |toujours |tout est )?" + STATE,
            "((i|we|j'ai|nous avons|bien|all) )?(" + THING
                    + " ((is|are|was|were|has been|have been|est|sont|a ete|ont ete) )?)?" + HAPPENED + "( " + THING
                    + ")?(" + WITH + "| " + WHEN + "){0,2}",
            "(please )?((see|voir|cf|find)\\.? )?((the|le|la|les|my|mon|attached) |l')?" + DOCUMENT,
            "(ci-joint|en pj|en piece jointe|attached|attached is|please find( attached)?)( (the|le|la|les|my) )?"
                    + DOCUMENT + "?",
            "(with|avec) " + PEOPLE + "( (and|et) " + PEOPLE + ")?( " + WHEN + ")?",
            "(for|pour) " + NAME,
            WHEN,
            "me too|moi aussi|once more|une fois de plus|ras|r\\.a\\.s|pour info|i had a minute",
            "(sorry|desolee?|apologies) (for the|for|du|pour le) (delay|late reply|retard)"));

    private static final Pattern ACCEPTING = Pattern.compile(THANKS
            + "|noted|note|bien note|bien recu|vu|d'accord|received|will do|(i'll|i will) (do|take) (it|this|that)( over)?"
            + "|je m'en (occupe|charge)|je (le|la) (fais|prends)|je prends|c'est note");

    private static final Pattern REASONS = Pattern.compile(THANKS
            + "|(the )?wrong (review|mail|one|button|asset)|(a |my |by )?mistake|(par )?erreur|sorry|desolee?|oops|oups|je me suis trompee?|mauvaise? (revue|mail)"
            + "|too early|trop tot");

    private static final String NOW =
            "( (now|right now|at the moment|today|(this|next) (week|month)|these days|en ce moment|actuellement"
                    + "|aujourd'hui|(cette|la) semaine( prochaine)?|ce mois-ci|ces jours-ci"
                    + "|(until|jusqu'au|jusqu'a) ((lundi|mardi|mercredi|jeudi|vendredi|monday|tuesday|wednesday|thursday|friday)|\\d{1,2}( \\p{L}{3,9})?|\\d{4}-\\d\\d-\\d\\d)))?";

    private static final Pattern NO_TIME = Pattern.compile(THANKS
            + "|sorry|desolee?"
            + "|((i am|i'm|we are|we're|je suis|nous sommes) )?((far |much )?too |very |really |quite |so |trop |tres |bien |vraiment )?"
            + "(busy|swamped|overloaded|occupee?s?|prise?s?|debordee?s?|surchargee?s?|chargee?s?)" + NOW
            + "|((i am|i'm|je suis) )?(away|absente?|off|sick|ill|malade|on (leave|holiday|holidays|vacation|annual leave|sick leave)"
            + "|out of (the )?office|travelling|traveling|en (conges?|vacances|deplacement|formation|arret|arret maladie))"
            + NOW
            + "|((i|we) have |(i|we) (don't|do not) have (the |any |enough )?|je n'ai pas (le |de |assez de )?|nous n'avons pas (le |de )?)?"
            + "(no |pas le |plus le |pas de )?(time|temps)( (for|pour) (it|this|that|cela|ca))?" + NOW);

    private static final Pattern THANKING = Pattern.compile(THANKS);
    private static final Pattern NOTHING_NEW = Pattern.compile(THANKS + "|" + NO_NEWS);
    private static final Pattern PIECES =
            Pattern.compile("[,;:!()«»\"]+|\\.(?=\\s|$)|(?<=^|\\s)[-\\u2010-\\u2015](?=\\s|$)");

    private static final Set<String> BEFORE_NAMES = Set.of(
            "with",
            "by",
            "avec",
            "par",
            "for",
            "pour",
            "thanks",
            "you",
            "thx",
            "merci",
            "cheers",
            "regards",
            "best",
            "cordialement",
            "beaucoup",
            "encore",
            NAME);

    /** Words whose accent tells what happened (“vérifié”) from what is asked for (“vérifie”). */
    private static final Pattern ACCENTED =
            Pattern.compile("(verifi|control|confirm|compar|regard|valid|test|document)(ee?s?)");

    private static final Pattern ENDS_IN_E_ACUTE = Pattern.compile(".*é(e|s|es)?\\W*");

    static final Pattern NO_NAME = Pattern.compile(
            "(mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)s?|.*day|lundi"
                    + "|mardi|mercredi|jeudi|vendredi|samedi|dimanche|january|february|march|april|may|june|july|august|september|october|november"
                    + "|december|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|easter|christmas|paques|noel"
                    + "|tonight|tomorrow|noon|midday|midnight|eo[dwm]|now|later|soon|never|maybe|almost|part.*|presque|demain|bientot|jamais|plus|apres"
                    + "|after|before|avant|no|non|not|pas|nothing|rien|nobody|personne|none|aucune?|nope|reserv.*|exception.*|except.*|sauf|hormis|hors"
                    + "|but|mais|caveats?|doubts?|doutes?|diffic.*|retard|delay|erreurs?|errors?|help|aide|caution|prudence|review|revue|validation"
                    + "|approval|avis|verification|check|info.*|remar.*|findings?|issues?|problem.*|soucis?|anomal.*|ecarts?|restriction.*|limit.*"
                    + "|conditions?|alerte?s?|warnings?|vulner.*|tests?|ports?|done|fait|ok|yet|encore|still|une?|the|de|le|la|les|cancel.*|only|if|si"
                    + "|unfortunately|malheureusement|wrong|open|ouvert|blocked|bloque|wait|stop|undo|annul.*|moi|mine|here|i|je|we|nous|it|this|ce"
                    + "|c'est|is|est|y|to|do|todo|faire|reste|restent|missing|pending|revoir|valider|impossible|incomplete?|incomplet|failed|echec|ko|nok|refus.*|reject.*");

    private final Predicate<String> names;

    /** @param names whether somebody here is called so, in lower case */
    Remark(Predicate<String> names) {
        this.names = names;
    }

    /** Whether the remark, in the person's own spelling, takes nothing back. */
    boolean harmless(String remark) {
        return consistsOf(HARMLESS, remark);
    }

    /** Whether it only thanks, or says that nothing is new. */
    boolean nothingNew(String remark) {
        return consistsOf(NOTHING_NEW, remark);
    }

    boolean accepting(String remark) {
        return consistsOf(ACCEPTING, remark);
    }

    boolean reason(String remark) {
        return consistsOf(REASONS, remark);
    }

    boolean passingOn(String remark) {
        return consistsOf(NO_TIME, remark);
    }

    /** The lines that say something else than that. */
    String withoutPassingOn(String text) {
        return text.lines().filter(line -> line.isBlank() || !passingOn(line)).collect(Collectors.joining("\n"));
    }

    /** Whether it only thanks or greets. */
    boolean thanking(String remark) {
        return consistsOf(THANKING, remark);
    }

    static boolean signature(String line) {
        String[] words = line.strip().split("\\s+");
        return words.length <= 4
                && Arrays.stream(words)
                        .allMatch(word -> word.matches("\\p{Lu}[\\p{L}\\p{M}'’.-]*")
                                && !NO_NAME.matcher(Folding.line(word)).matches());
    }

    boolean named(String line) {
        return signature(line)
                && Arrays.stream(line.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                        .map(word -> word.replaceAll("[^\\p{L}\\p{M}'’-]", ""))
                        .filter(word -> word.length() > 1)
                        .allMatch(names);
    }

    private boolean consistsOf(Pattern phrases, String remark) {
        return Signs.approving(remark)
                && !remark.contains("?")
                && PIECES.splitAsStream(remark)
                        .map(this::marked)
                        .allMatch(piece ->
                                piece.isEmpty() || phrases.matcher(piece).matches());
    }

    /** One piece folded, with a mark for each name; the first word of a piece is none, whatever its case. */
    private String marked(String piece) {
        StringBuilder marked = new StringBuilder();
        String before = "";
        for (String raw : piece.strip().split("[\\s\\u00a0\\u202f]+")) {
            String word = word(raw);
            if (!word.isEmpty()) {
                boolean name = BEFORE_NAMES.contains(before)
                        && raw.matches("\\p{Lu}[\\p{Ll}\\p{M}][\\p{IsLatin}\\p{M}'’-]*")
                        && !NO_NAME.matcher(word).matches()
                        && names.test(raw.replaceAll("[^\\p{L}\\p{M}'’-]", "").toLowerCase(Locale.ROOT));
                String shown = name ? NAME : word.equals(NAME) ? "?" : word;
                marked.append(marked.isEmpty() ? "" : " ").append(shown);
                before = before.equals(NAME) && (word.equals("et") || word.equals("and")) ? NAME : shown;
            }
        }
        return marked.toString();
    }

    private static String word(String raw) {
        String folded = Folding.line(raw).replaceFirst("[.]+$", "");
        String lower = Normalizer.normalize(raw, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        Matcher accented = ACCENTED.matcher(folded);
        if (accented.matches() && ENDS_IN_E_ACUTE.matcher(lower).matches()) {
            String stem = accented.group(1).equals("verifi")
                    ? "vérifi"
                    : accented.group(1).equals("control") ? "contrôl" : accented.group(1);
            return stem + "é" + accented.group(2).substring(1);
        }
        return folded.equals("a") && lower.startsWith("à") ? "à" : folded;
    }
}
