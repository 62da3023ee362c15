package dev.ronde.reply.grammar;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The words of both languages, folded; longer ones stand before those they begin with. */
final class Words {
    static final Map<Verb, List<String>> PLAIN = Map.of(
            Verb.DONE,
            List.of(
                    "done",
                    "completed",
                    "reviewed",
                    "finished",
                    "fait",
                    "faite",
                    "termine",
                    "terminee",
                    "effectue",
                    "effectuee",
                    "revu",
                    "revue",
                    "clos"),
            Verb.ACKNOWLEDGE,
            List.of(
                    "ok",
                    "okay",
                    "ack",
                    "acknowledged",
                    "seen",
                    "noted",
                    "got it",
                    "received",
                    "vu",
                    "recu",
                    "bien recu",
                    "pris en compte",
                    "note",
                    "d'accord",
                    "daccord"),
            Verb.PROBLEM,
            List.of("problem", "issue", "blocked", "probleme", "souci", "bloque", "anomalie"),
            Verb.NOT_MINE,
            List.of(
                    "not mine",
                    "not the owner",
                    "i am not the owner",
                    "i'm not the owner",
                    "pas moi",
                    "pas a moi",
                    "ce n'est pas moi",
                    "je ne suis pas le proprietaire",
                    "je ne suis pas la proprietaire"),
            Verb.HELP,
            List.of("help", "aide"),
            Verb.UNDO,
            List.of("undo", "annuler", "annule"),
            Verb.STOP,
            List.of("stop", "unsubscribe", "desabonner", "se desabonner"),
            Verb.ALL,
            List.of("all done", "done all", "tout fait", "tout est fait", "fait tout"));

    static final Pattern DELEGATE = Pattern.compile(
            "(delegate|assign|forward|deleguer|delegue|transferer|transfere|reassigner|reassigne)( to| a|)( ?:)? (.+)");
    static final Pattern SNOOZE =
            Pattern.compile("(snooze|later|remind me|reporter|reporte|rappeler|rappelle-moi|plus tard)( ?:)?( (.+))?");
    static final Pattern UNTIL_ONLY = Pattern.compile("(until|jusqu'au|jusqu'a|jusqu'en) (.+)");

    /** A mail gateway's warning, not the person's words: one in brackets that names itself, or one that speaks of this mail. */
    static final Pattern BANNER =
            Pattern.compile("\\[ ?(external|externe|ext|caution|warning|attention|spam|suspicious|suspect|secure"
                    + "|avertissement)\\b[^\\]]{0,60}\\]|((caution|attention|warning|avertissement)[ :!,-]+)?(external|externe) (e-?mail|sender|mail"
                    + "|message|courriel)\\b.{0,250}|(e-?mail|message|mail|courriel|expediteur) (external|externe)\\b.{0,250}"
                    + "|((caution|attention|warning|avertissement|external|externe)\\b[ :!,.-]*)?(this|the|ce|cet|le|l') ?(e-?mail|message|mail"
                    + "|courriel|sender|expediteur)\\b.{0,60}(outside|external|externe|exterieur|originated|provient|not recogni[sz]e).{0,250}"
                    + "|(caution|attention|warning|avertissement)[ :!,-]+(do not|don't|ne) (click|open|reply|cliquez|ouvrez|repondez).{0,250}"
                    + "|=+|-+|\\*+");

    static final Pattern SALUTATION = Pattern.compile(
            "(bonjour|bonsoir|hello|hi|hey|salut|dear|cher|chere|good morning|good afternoon|coucou)( (.{1,90}?))? ?[,!.]*");

    /** Who may be greeted beside people by name. */
    static final Pattern GREETED =
            Pattern.compile("(a tous|a toutes|all|team|l'equipe|equipe|everyone|everybody|tout le monde|madame"
                    + "|monsieur|mme|mr|mrs|ms|dr|madame, monsieur)");

    /** Words that nobody is called, and that a greeting therefore does not hide. */
    static final Pattern NO_NAME =
            Pattern.compile(".*\\b(pas|not|no|non|yet|encore|done|fait|ok|problem|probleme|issue|souci|moi|mine"
                    + "|still|open|ouvert|here|there|later|plus|tard|demain|tomorrow|sauf|except|but|mais|rien|nothing|jamais|never|blocked|bloque"
                    + "|wait|stop|undo|annuler|help|aide|i|je|we|nous|it|this|ce|c'est|is|est|the|le|la|les)\\b.*");

    /** What takes back half of what was said, or waits for something, beside a command that asks for nothing final. */
    static final Pattern RESERVATION = Pattern.compile(
            "(^|.*[^\\p{L}])(sauf|except|excepte|but|mais|however|cependant|toutefois|unless|wait|attends|attendez|if|si|no|non|nope|not"
                    + "|pas|don't|never|jamais)([^\\p{L}].*|$)");

    /** Said beside “ok”, it makes more of it than that it was received. */
    static final Pattern OK_BUT =
            Pattern.compile("(^|.*[^\\p{L}])(sauf|except|excepte|but|mais|however|cependant|toutefois|unless"
                    + "|pas avant|not before)([^\\p{L}].*|$)");

    /** Said beside “not mine”, it takes the duty all the same. */
    static final Pattern MINE_AFTER_ALL = Pattern.compile(
            "(^|.*[^\\p{L}])(but|mais|however|cependant|toutefois|je m'en charge|je m'en occupe"
                    + "|je le fais|je la fais|je le ferai|je la ferai|i'll do|i will do|i'll take|i will take)([^\\p{L}].*|$)");

    private static final String TROUBLE =
            "(problemes?|soucis?|anomalies?|anomaly|ecarts?|issues?|problems?|findings?|remarques?|particulier|special)";

    /** “problem: none” reports none, “problem: solved” no longer one. */
    static final Pattern NONE = Pattern.compile(
            "((il n'y a |there is |there are )?(no|non|none|aucune?|neant|rien|nothing|nil|ras|r\\.a\\.s|n/?a"
                    + "|pas|plus|no more|no longer any|sans)( de | d'| )?" + TROUBLE
                    + "?( (found|seen|at all|to report|a signaler|du tout|noted"
                    + "|detected|here|ici|(constate|detecte|releve|observe|identifie)e?s?|de special|de particulier))*"
                    + "|((c'est|is|now|already|deja|maintenant) )?(resolue?s?|reglee?s?|corrigee?s?|solved|fixed|resolved|sorted|sorted out|closed|clos"
                    + "|gone|termine|fini|ok|okay|all good|all fine|tout est bon|tout va bien|tout est ok)( (now|maintenant|depuis|since|hier|yesterday"
                    + "|today|aujourd'hui))*)");

    /** Where the pieces of a remark end. */
    static final Pattern PIECES = Pattern.compile(" ?[,.;:!]+ ?| - | et | and ");

    /** The greatest part of a range, which nobody's comment begins with. */
    static final Pattern RANGE = Pattern.compile("(\\.|-| |a |to )*\\d.*");

    /** What stands before the address of a delegation: the verb, and at most the name that belongs to the address. */
    static final Pattern BEFORE_ADDRESS = Pattern.compile("\\p{L}+( to| a)? ?:? ?([^@<>]{0,80}<)?");

    private Words() {}

    /** Whether a line, folded, begins with a word that is a command by itself. */
    static boolean beginsWithCommand(String folded) {
        return PLAIN.values().stream()
                .flatMap(List::stream)
                .anyMatch(word -> folded.matches(Pattern.quote(word) + "([^\\p{L}'].*|$)"));
    }
}
