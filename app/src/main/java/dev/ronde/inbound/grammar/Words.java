package dev.ronde.inbound.grammar;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of both languages, folded. */
final class Words {
    static final Map<MailWord, List<String>> PLAIN = Map.of(
            MailWord.DONE,
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
            MailWord.ACKNOWLEDGE,
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
            MailWord.PROBLEM,
            List.of(
                    "problems",
                    "problem",
                    "issues",
                    "issue",
                    "blocked",
                    "problemes",
                    "probleme",
                    "soucis",
                    "souci",
                    "bloque",
                    "anomalies",
                    "anomalie"),
            MailWord.NOT_MINE,
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
            MailWord.HELP,
            List.of("help", "aide"),
            MailWord.UNDO,
            List.of("undo", "annuler", "annule"),
            MailWord.STOP,
            List.of("stop", "unsubscribe", "desabonner", "se desabonner"));

    static final Pattern DELEGATE = Pattern.compile(
            "(delegate|assign|forward|deleguer|delegue|transferer|transfere|reassigner|reassigne)( to| a|)( ?:)? (.+)");
    static final Pattern SNOOZE =
            Pattern.compile("(snooze|later|remind me|reporter|reporte|rappeler|rappelle-moi|plus tard)( ?:)?( (.+))?");
    static final Pattern UNTIL_ONLY = Pattern.compile("(until|till|jusqu'au|jusqu'a|jusqu'en) (.+)");

    static final String HELLO =
            "(?:bonjour|bonsoir|hello|hi|hey|salut|dear|cher|chere|good morning|good afternoon|coucou)";
    static final String THANKS = "(?:many |with )?(?:thanks|thank you|thx|merci)"
            + "(?: a lot| so much| very much| in advance| beaucoup| bien| d'avance| a vous| a tous)?";

    /** What may stand behind a word … */
    static final Pattern PLEASE = Pattern.compile(
            "(?:^|[ ,.;:!-]+)(please|pls|" + THANKS + "|stp|svp|s['’]il (te|vous) pla[iî]t)[ .!]*$",
            Pattern.CASE_INSENSITIVE);

    /** … and before it. */
    static final Pattern GREETING = Pattern.compile("^" + HELLO + " ?[,!.]+ ?");

    /** How a text begins that tells of no problem: one that is reported opens a review again. */
    static final Pattern DENIES = Pattern.compile(
            "(?:(il n'y a |there is |there are )?(no|none|nothing|nil|not|zero|aucune?|rien"
                    + "|pas|plus|non|neant|sans|ras|r\\.a\\.s|n/?a)\\b.*|fixed|solved|resolved|gone|ok|resolue?|reglee?|corrigee?)");

    /** What can be said of items of a list. */
    static final Set<MailWord> OF_ITEMS =
            EnumSet.of(MailWord.DONE, MailWord.ACKNOWLEDGE, MailWord.PROBLEM, MailWord.NOT_MINE, MailWord.UNDO);

    private Words() {}
}
