package dev.ronde.reply.grammar;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of both languages, folded; longer ones stand before those they begin with. */
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
            List.of("stop", "unsubscribe", "desabonner", "se desabonner"),
            MailWord.ALL,
            List.of("all done", "done all", "tout fait", "tout est fait", "fait tout"));

    static final Pattern DELEGATE = Pattern.compile(
            "(delegate|assign|forward|deleguer|delegue|transferer|transfere|reassigner|reassigne)( to| a|)( ?:)? (.+)");
    static final Pattern SNOOZE =
            Pattern.compile("(snooze|later|remind me|reporter|reporte|rappeler|rappelle-moi|plus tard)( ?:)?( (.+))?");
    static final Pattern UNTIL_ONLY = Pattern.compile("(until|till|jusqu'au|jusqu'a|jusqu'en) (.+)");

    static final Pattern PLEASE = Pattern.compile(
            "(?:^|[ ,.;:!-]+)(please|pls|thanks|thank you|thx|merci( beaucoup| d'avance)?|stp|svp|s['’]il (te|vous) pla[iî]t)[ .!]*$",
            Pattern.CASE_INSENSITIVE);

    /** Said beside “ok”, it makes more of it than that it was received. */
    static final Pattern OK_BUT =
            Pattern.compile("(^|.*[^\\p{L}])(sauf|except|excepte|but|mais|however|cependant|toutefois|unless"
                    + "|pas avant|not before)([^\\p{L}].*|$)");

    /** What ticket systems say of themselves; some begin with a word that people acknowledge with. */
    static final String OF_A_DESK = "tickets?.{0,60}(created|opened|assigned|cree\\p{L}*|ouverte?|enregistre\\p{L}*)"
            + "|(ticket|case|request|incident|demande|dossier|reference) ?(number|id|no|nr|numero|n\u00b0|#)|numero (de|du) (ticket|dossier|demande|incident)"
            + "|(your|votre) (request|message|demande|ticket|e-?mail|courriel|inquiry|enquiry|query)"
            + "|we (have received|will (get back|reply|respond|contact))|nous (avons (bien )?recu|reviendrons|vous (repondrons|recontacterons))";

    static final Pattern DESK = Pattern.compile("(?:^|.*[^\\p{L}])(" + OF_A_DESK + ")(?:[^\\p{L}].*|$)");

    static final Pattern MINE_AFTER_ALL =
            Pattern.compile("(^|.*[^\\p{L}])(but|mais|however|cependant|toutefois|je m'en charge|je m'en occupe"
                    + "|je le fais|je la fais|kidding|joking|je plaisante|forget (it|that)|oublie\\p{L}*|ignore\\p{L}*|je le ferai|je la ferai|je prends|i'll (do|take|handle)|i will (do|take|handle)|mine|after all|quand meme"
                    + "|enfin si|actually|finalement|done|fait|cette semaine|this week)([^\\p{L}].*|$)");

    static final Pattern ABOUT = Pattern.compile(" (on|with|at|in|sur|avec|chez|dans) (.+)");

    /** Said beside a pause, it takes it back, or says that the review is done all the same. */
    static final Pattern NO_PAUSE = Pattern.compile(
            "(no|non|nope)( ?[,.;:!].*|$)"
                    + "|(^|.*[^\\p{L}])(actually|in fact|finalement|en fait|enfin non|never ?mind|after all|kidding|joking|je plaisante"
                    + "|(forget|scratch|ignore|cancel|leave|(oublie|ignore|annule|laisse)\\p{L}*)[ -](it|that|this|cela|ca|tout)(?! \\p{L})|leave it|laisse\\p{L}* tomber"
                    + "|(do not|don't) (snooze|pause|wait)|ne (reporte|rappele|pause)\\p{L}* pas"
                    + "|(i|we|i'll|we'll|i will|we will) (do|look|check|review)( at)?( it| this| that)? (now|today)"
                    + "|(je|on) (le|la|les|m'en|regarde|verifie|fais|fait)( \\p{L}+){0,3} (maintenant|aujourd'hui|tout de suite))([^\\p{L}].*|$)");

    /** What asks for something else than a pause; “noted” and “help” begin remarks as well. */
    static final Set<MailWord> NOT_BESIDE_A_PAUSE =
            EnumSet.of(MailWord.DONE, MailWord.PROBLEM, MailWord.NOT_MINE, MailWord.UNDO, MailWord.STOP, MailWord.ALL);

    private static final String TROUBLE =
            "(problemes?|soucis?|anomalies?|anomaly|ecarts?|issues?|problems?|findings?|remarques?|particulier|special)";

    /** “problem: none” reports none, “problem: solved” no longer one. */
    static final Pattern NONE = Pattern.compile(
            "((il n'y a |there is |there are )?(no|non|none|aucune?|neant|rien|nothing|nil|ras|r\\.a\\.s|n/?a"
                    + "|pas|plus|no more|no longer any|sans)( de | d'| )?" + TROUBLE
                    + "?( (found|seen|at all|to report|a signaler|du tout|noted"
                    + "|detected|here|ici|(constate|detecte|releve|observe|identifie)e?s?|de special|de particulier))*"
                    + "|((c'est|it's|is|now|already|deja|maintenant) )?(resolue?s?|reglee?s?|corrigee?s?|solved|fixed|resolved|sorted|sorted out|closed|clos"
                    + "|gone|termine|fini|ok|okay|done|fait|false alarm|fausse alerte|nope|none (yet|left)|plus maintenant|not a problem|everything ok|works?( fine| well)?( now| again)?|(ca |tout )?(fonctionne|marche)( bien)?|(i have|i see|i know of|je n'en (ai|vois|connais)) (none|pas|aucune?)"
                    + "|none that i (know of|know|see)|no longer (there|present|exists?)|n'existe plus|(just |only )?kidding|je plaisante|tout est conforme|0|all good|all fine|tout est bon|tout va bien|tout est ok)( (now|maintenant|depuis|since|hier|yesterday"
                    + "|today|aujourd'hui))*)");

    static final Pattern PIECES = Pattern.compile(" ?[,.;:!]+ ?| - | et | and ");

    /** What goes on from a number to another: nobody's comment begins so. */
    static final Pattern RANGE = Pattern.compile("(\\.|-| |a |to )*\\d.*");

    private Words() {}

    /** Whether a line, folded, begins with a word that is a command by itself, another than this. */
    static boolean beginsWithOther(MailWord verb, String folded) {
        return begins(EnumSet.complementOf(EnumSet.of(verb)), folded);
    }

    /** Whether a line, folded, begins with a word that is one of these commands by itself. */
    static boolean begins(Set<MailWord> verbs, String folded) {
        return PLAIN.entrySet().stream()
                .filter(entry -> verbs.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .anyMatch(word -> folded.matches(Pattern.quote(word) + "([^\\p{L}'].*|$)"));
    }
}
