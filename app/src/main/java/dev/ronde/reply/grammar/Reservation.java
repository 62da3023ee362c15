package dev.ronde.reply.grammar;

import java.util.regex.Pattern;

/** The words of both languages, folded, by which free text takes a command back, and those without which it is not about the review. */
final class Reservation {
    /** What denies, limits, postpones, doubts, asks, tells of something bad, or commands something else. */
    private static final Pattern WORDS = words(
            // denials and limits
            "not?|non|nope|nor|none|never|(did|does|do|have|has|had|ca|could|is|are|was|were|wo|would|should)nt|nicht"
                    + "|kein\\p{L}*|nein|noch|niet|nog|jamais|pas|ne|n'\\p{L}+|\\p{L}+n't|cannot|rien|nothing|aucune?|sauf|hormis|hors"
                    + "|minus|moins|except\\p{L}*|excluding|but|mais|however|cependant|toutefois|neanmoins|though|although|par contre"
                    + "|en revanche|only|seulement|uniquement|without|sans|apart from|a part|aside|other than|en dehors|a l'exception"
                    + "|sous reserve|partly|partial\\p{L}*|partiel\\p{L}*|almost|nearly|presque|half|moitie|mostly|unable|incapable"
                    + "|impossib\\p{L}*|skip\\p{L}*|saut(e|ee|ees|es|er)"
                    + "|un(checked|verified|reviewed|tested|finished|done|resolved|clear|sure|known|safe|reachable|confirmed|protected)"
                    + "|in(correct|complet|valid|accessib|connu|acheve|certain)\\p{L}*|refus\\p{L}*|reject\\p{L}*|rejet\\p{L}*"
                    + "|declin\\p{L}*|denied|deny",
            // conditions and doubts
            "if|si|unless|provided|assum\\p{L}*|suppos\\p{L}*|doubt\\p{L}*|dout\\p{L}*|hop(e|es|ing)|esper\\p{L}*|maybe"
                    + "|perhaps|peut-etre|possibly|probabl\\p{L}*|apparent\\p{L}*|seems?|sembl\\p{L}*|i (think|guess|believe)"
                    + "|je (pense|crois)|should|must|need(s|ed)? to|ha(ve|s) to|ought|dev(ra|rai|rait|ront|raient|ons|ez)|doi(s|t|vent)"
                    + "|faut|faudra\\p{L}*",
            // delays
            "to (follow|come)|a (recevoir|venir|suivre)|(this|cette?) (evening|week|month|soir|semaine|mois)|postponed"
                    + "|repousse\\p{L}*|est reporte\\p{L}*"
                    + "|moved to (next|the (next|end)|(january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday)\\p{L}*)"
                    + "|revien\\p{L}* vers|(come|get|came) back to|see you"
                    + "|(i|we) (look|check|review|verify|test|compare) (?!(it |them |this |these )?(every|each)\\b)\\p{L}+"
                    + "|je (verifie|regarde|controle|relis|revois|teste|compare|valide)|until|jusqu\\p{L}*|when|once|quand|des que"
                    + "|lorsque|tomorrow|demain|tonight|ce soir|this afternoon|cet apres-midi|later|plus tard|soon|bientot|will"
                    + "|\\p{L}+'ll|going to|je vais|to do|todo|to be"
                    + "|a (faire|voir|revoir|valider|valide|confirmer|verifier|verifie|completer|corriger|fermer|traiter)|reste|restent"
                    + "|remain\\p{L}*|left|missing|manqu\\p{L}*|lack\\p{L}*|still|yet|encore|pending|waiting|awaiting|attente|en cours"
                    + "|in progress|ongoing|prevue?s?|attendue?s?|expected|planned|next (week|month|time)|prochaine?s?"
                    + "|(avant|d'ici) (l(e|a|es)|lundi|mardi|mercredi|jeudi|vendredi|l'\\p{L}+|\\d{1,2})"
                    + "|(by|before) (the end|end of|monday|tuesday|wednesday|thursday|friday|noon|eod)|je finis"
                    + "|no longer|no more",
            // what is bad
            "wrong|mistakes?|errors?|erreurs?|trompee?|oops|oups|fail\\p{L}*|echec|echou\\p{L}*|ko|nok|broken|casse\\p{L}*"
                    + "|open|ouvert\\p{L}*|expose\\p{L}*|everybody|everyone|anyone|anybody|n'importe|problem\\p{L}*|issues?|soucis?"
                    + "|anomal\\p{L}*|blocked|bloque\\p{L}*|expire\\p{L}*|perime\\p{L}*|outdated|obsolete\\p{L}*|off|disabled"
                    + "|desactive\\p{L}*|vulner\\p{L}*|en clair|warning|attention",
            // what is asked for or taken back
            "ignore\\p{L}*|cancel\\p{L}*|annule\\p{L}*|undo|actually|finalement|en fait|correction|erratum|wait|attends"
                    + "|attendez|please|merci de|veuillez|priere|stp|svp|(can|could|would) you|pouvez|delegate|deleguer|delegue|snooze"
                    + "|reporter|scratch|forget|oubli\\p{L}*|laisse\\p{L}*|leave|kidding|jok(e|es|ing)|blague\\p{L}*|plaisant\\p{L}*"
                    + "|redo|refaire|reopen|rouvr\\p{L}*|is that|is it|are they|est-ce"
                    + "|"
                    + Words.OF_A_DESK,
            // who leaves it to others, or has only begun
            "ask|demandez|demande[sr]?( a| avec| au)?|attend\\p{L}*|contact(er|ez)? \\p{L}+|(check|see|voir) (with|avec)"
                    + "|on behalf|pour le compte|au nom de|(did|does|do) it|trust|confiance|let me|laisse(z|r)?-moi|first|d'abord"
                    + "|start(ed|ing)?|commenc\\p{L}*|(is|are|am) \\p{L}+ing|i'm \\p{L}+ing|je regarde|m'en occupe|s'en occupe"
                    + "|acknowledg\\p{L}*|tbc|tbd|wip",
            // who says how sure it is
            "w/o|exclu\\p{L}*|\\d{1,6} ?%|more or less|plus ou moins|en gros|grosso modo|a priori|normalement|normally|roughly"
                    + "|approx\\p{L}*|halfway|mi-chemin|a moitie|skim\\p{L}*|glanc\\p{L}*|survol\\p{L}*|en diagonale|de memoire"
                    + "|from memory|in theory|en theorie|th?eori\\p{L}*|quick(ly)?|rapide\\p{L}*|last year'?s?|l'an dernier"
                    + "|annee derniere|i lied|rigol\\p{L}*|disregard|mauvaise? (message|mail|courriel|fil|conversation)"
                    + "|(months?|years?|weeks?) ago|il y a \\d|so far|jusqu'ici|pour l'instant|pour le moment|for now"
                    + "|out of (\\d{1,6}|\\p{L}+)"
                    + "|(\\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten) of (\\d{1,6}|\\p{L}+) (rules|ports|accounts|servers)"
                    + "|\\d{1,6} sur \\d|as far as|best of my knowledge|(a|de) ma connaissance|would|could|might"
                    + "|(?<!\\d )(?<!\\b(in|of|since|until|early|late) )may(?! \\d)|pourr\\p{L}*"
                    + "|serai\\p{L}*|test(ing)? (message|mail|the reply|of the)|(un|d'un) (test|essai) d\\p{L}+|j'y travaille"
                    + "|(where|what|which) (is|are|was)|je (vous|te) confirme ca|who's"
                    + "|who (?!(runs|manages|maintains|owns)\\b)\\p{L}+|why"
                    + "|pourquoi|how come|qui (est|sont|a)"
                    + "|(was|were|etai\\p{L}+) (ok|fine|good|bons?|bonnes?) (last|before|then|avant|l'an|il y a)|inquiet\\p{L}*"
                    + "|worr\\p{L}*|concern\\p{L}*|etrange\\p{L}*|strange|odd|weird|bizarre\\p{L}*|louche\\p{L}*|mess|messy|lie|lies"
                    + "|mensonge|(is|are|looks?|est|sont|two|three|several|some|deux|trois|plusieurs) critical"
                    + "|(est|sont|points?|constats?) critiques?|third part(y|ies)"
                    + "|too (wide|open|many|much|broad|old|late|long|weak|loose|permissive)|trop|looks? like|ressembl\\p{L}*"
                    + "|nobody|no one"
                    + "|personne (ne|n'\\p{L}+)|hardly|barely|a peine|suspicious|suspect\\p{L}*|vigilance|needs?");

    private static final Pattern POLITE = Pattern.compile(
            "(please find|please see|veuillez trouver|vous trouverez).{0,30}(attached|enclosed|jointe?s?|ci-jointe?s?|pj)"
                    + "|n'hesitez pas[^,;.]{0,80}|(please )?(do not|don't) hesitate[^,;.]{0,80}"
                    + "|if (you (have|need)|there are) any[^,;.]{0,80}|let me know if[^,;.]{0,80}"
                    + "|si (vous avez |tu as )?(besoin|des questions)[^,;.]{0,60}|pas de soucis?"
                    + "|(nothing|no changes?|aucun changement|pas de changement|rien)( has| have| n'a| n'ont)?( changed| change)?( (since|depuis) .{0,40})?"
                    + "|(has|have|did|n'a|n'ont) (not |pas )?(changed|change)|\\b(as|comme) (expected|prevu|attendu)\\b"
                    + "|\\b(problem|issue|incident|vulnerability)s?( (and|&) \\p{L}{1,20})? (management|manager|team|desk|coordinator)\\b"
                    + "|\\b(gestion|gestionnaire|responsable|equipe) (des |de )?(problemes?|incidents?|anomalies?|vulnerabilites?)\\b"
                    + "|\\bopen (source|data)\\b"
                    + "|\\b(rien a signaler|nothing to report|no issues?( found)?|aucune? (anomalie|probleme|ecart|remarque))\\b");

    /** What says that something was looked at, how it was found, or where that stands. */
    private static final Pattern LOOKED_AT = words(
            "((double|re|cross)-?)?(check|verif|review|confirm|compar|test|valid|audit|examin|inspect|control|regard|approuv|approv)\\p{L}*"
                    + "|look(ed|s)?|walk(ed)?|went|gone|read|seen|saw|relue?s?|revue?s?|lue?s?|vue?s?|parcour\\p{L}*|passee?s? en revue"
                    + "|match(es|ed)?|agree[sd]?|d'accord|ras",
            "attached|enclosed|jointe?s?|ci-jointe?s?|pj|see|voir|cf|evidence|proof|preuves?|screenshots?|captures?|reports?"
                    + "|rapports?|tickets?|document\\p{L}*|notes?",
            "good|fine|ok|okay|correct\\p{L}*|right|clean|compliant|conformes?|unchanged|inchangee?s?|same|identi\\p{L}*"
                    + "|bons?|bonnes?|bien|in order|en ordre|up to date|a jour|need(ed)?|required|necessaires?|no (new )?changes?"
                    + "|nothing|rien|aucune?|(as|comme) (expected|usual|before|prevu|attendu|d'habitude|avant)");

    private Reservation() {}

    private static Pattern words(String... words) {
        return Pattern.compile("(?:^|.*[^\\p{L}])(" + String.join("|", words) + ")(?:[^\\p{L}].*|$)");
    }

    static boolean in(String folded) {
        return WORDS.matcher(withoutPoliteness(folded)).matches();
    }

    /** The folded line without phrases that people say and mean nothing by. */
    static String withoutPoliteness(String folded) {
        return POLITE.matcher(folded).replaceAll(" ");
    }

    /** Whether folded text speaks of what was looked at; a sentence that does not is about something else. */
    static boolean speaksOfTheReview(String folded) {
        return LOOKED_AT.matcher(folded).matches();
    }
}
