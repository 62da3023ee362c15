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

    /** A mail gateway's warning, not the person's words. */
    static final Pattern BANNER =
            Pattern.compile("(\\[[^\\]]{1,40}\\]|(caution|attention|warning|external|externe|avertissement)\\b.{0,300}"
                    + "|(this (e-?mail|message)|ce (mail|message|courriel)) .{0,40}(outside|external|externe|exterieur).{0,250}"
                    + "|=+|-+|\\*+)");

    static final Pattern SALUTATION =
            Pattern.compile("(bonjour|bonsoir|hello|hi|hey|salut|dear|cher|chere|good morning|good afternoon|coucou)"
                    + "( (a tous|all|team|l'equipe|[\\p{L}'.-]{1,30}( [\\p{L}'.-]{1,30}){0,2}))? ?[,!.]*");

    /** A statement with one of these is no plain statement. */
    static final Pattern RESERVATION = Pattern.compile(
            "(^|.*[^\\p{L}])(sauf|except|excepte|excluding|hormis|but|mais|however|cependant|toutefois|presque|almost|nearly"
                    + "|partially|partly|partiel|partiellement|en partie|bientot|soon|demain|tomorrow|pas encore|not yet"
                    + "|a moitie|half|en cours|in progress|ongoing|not really|pas vraiment|pas tout a fait|not quite"
                    + "|je crois|je pense|i think|i guess|i believe|peut-etre|maybe|perhaps|not sure|pas sur|pas sure"
                    + "|a confirmer|to be confirmed|a verifier|unless|si possible|i hope|j'espere|wait|attendez|attends"
                    + "|pending|en attente|waiting|awaiting|todo|to do|a faire|incomplete|incomplet|unfinished"
                    + "|only|seulement|uniquement|reste a|remains to|will|sera|later|plus tard|if|not|never|jamais|pas"
                    + "|don't|isn't|wasn't|hasn't|haven't|can't|cannot|won't)([^\\p{L}].*|$)");

    /** “done: no” is no statement that it is done. */
    static final Pattern DENIED = Pattern.compile(
            "(no|non|nope|none|no way|pas ok)( ?[.,;:!].*)?|(ko|nok|n\\.?ok|failed|failure|fails|echec|echoue|rate)\\b.*");

    /** “problem: none” reports none. */
    static final Pattern NONE = Pattern.compile("(no|non|none|aucun|aucune|neant|rien|nothing|nil|ras|r\\.a\\.s)"
            + "( found| seen| at all| to report| a signaler| du tout)?[ .!]*");

    /** What stands before the address of a delegation: the verb, and at most the name that belongs to the address. */
    static final Pattern BEFORE_ADDRESS = Pattern.compile("\\p{L}+( to| a)? ?:? ?([^@<>]{0,80}<)?");

    /** What “not” and “pas” may stand in all the same. */
    static final Pattern HARMLESS = Pattern.compile(
            "(not(hing)? (much )?(to (report|add|mention)|changed|noted))|(\\bpas (de |d')\\p{L}{1,30})|(n'y a pas)");

    private Words() {}
}
