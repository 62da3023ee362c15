package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folded;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people write on the lines below a command: a comment, unless it takes back what the command says or goes on with its line. Every
 * line is read, also below a sign-off; only what is known to stand in signatures and notices is passed over ({@link SignOff}).
 */
final class Below {
    /** Nobody writes more below one word; so much is no comment. */
    private static final int MOST = 200;

    private static final int LONGEST = 8_000;

    /** Words that deny, limit, postpone, doubt, ask or tell of something bad, or command something else. */
    private static final Pattern AGAINST = word(
            // denials and limits
            "not?|non|nope|nor|none|never|(did|does|do|have|has|had|ca|could|is|are|was|were|wo|would|should)nt|nicht|kein\\p{L}*|nein|noch|niet|nog|jamais|pas|ne|n'\\p{L}+|\\p{L}+n't|cannot|rien|nothing|aucune?|sauf|hormis|hors|minus|moins|except\\p{L}*"
                    + "|excluding|but|mais|however|cependant|toutefois|neanmoins|though|although|par contre|en revanche|only|seulement"
                    + "|uniquement|without|sans|apart from|a part|aside|other than|en dehors|a l'exception|sous reserve|partly|partial\\p{L}*"
                    + "|partiel\\p{L}*|almost|nearly|presque|half|moitie|mostly|unable|incapable|impossib\\p{L}*|skip\\p{L}*|saut(e|ee|ees|es|er)"
                    + "|un(checked|verified|reviewed|tested|finished|done|resolved|clear|sure|known|safe|reachable|confirmed|protected)"
                    + "|in(correct|complet|valid|accessib|connu|acheve|certain)\\p{L}*|refus\\p{L}*|reject\\p{L}*|rejet\\p{L}*|declin\\p{L}*|denied|deny",
            // conditions and doubts
            "if|si|unless|provided|assum\\p{L}*|suppos\\p{L}*|doubt\\p{L}*|dout\\p{L}*|hop(e|es|ing)|esper\\p{L}*|maybe|perhaps|peut-etre"
                    + "|possibly|probabl\\p{L}*|apparent\\p{L}*|seems?|sembl\\p{L}*|i (think|guess|believe)|je (pense|crois)|should|must|need(s|ed)? to"
                    + "|ha(ve|s) to|ought|dev(ra|rai|rait|ront|raient|ons|ez)|doi(s|t|vent)|faut|faudra\\p{L}*",
            // delays
            "to (follow|come)|a (recevoir|venir|suivre)|(this|cette?) (evening|week|month|soir|semaine|mois)|postponed|repousse\\p{L}*|est reporte\\p{L}*|moved to|revien\\p{L}* vers|(come|get|came) back to|see you|(i|we) (look|check|review|verify|test|read|compare)|je (verifie|regarde|controle|relis|revois|teste|compare|valide)|until|jusqu\\p{L}*|when|once|quand|des que|lorsque|tomorrow|demain|tonight|ce soir|this afternoon|cet apres-midi|later|plus tard|soon|bientot|will|\\p{L}+'ll|going to|je vais"
                    + "|to do|todo|to be|a (faire|voir|revoir|valider|valide|confirmer|verifier|verifie|completer|corriger|fermer|traiter)"
                    + "|reste|restent|remain\\p{L}*|left|missing|manqu\\p{L}*|lack\\p{L}*|still|yet|encore|pending|waiting|awaiting|attente|en cours"
                    + "|in progress|ongoing|prevue?s?|attendue?s?|expected|planned|next (week|month|time)|prochaine?s?"
                    + "|(by|before|avant|d'ici) ((the end|end of|la fin|le|lundi|mardi|mercredi|jeudi|vendredi)\\p{L}*|monday|tuesday|wednesday|thursday|friday|noon|eod)|no longer|no more",
            // what is bad
            "wrong|mistakes?|errors?|erreurs?|trompee?|oops|oups|fail\\p{L}*|echec|echou\\p{L}*|ko|nok|broken|casse\\p{L}*|open|ouvert\\p{L}*|expose\\p{L}*"
                    + "|everybody|everyone|anyone|anybody|n'importe|problem\\p{L}*|issues?|soucis?|anomal\\p{L}*|blocked|bloque\\p{L}*|expire\\p{L}*"
                    + "|perime\\p{L}*|outdated|obsolete\\p{L}*|off|disabled|desactive\\p{L}*|vulner\\p{L}*|en clair|warning|attention",
            // what is asked for or taken back
            "ignore\\p{L}*|cancel\\p{L}*|annule\\p{L}*|undo|actually|finalement|en fait|correction|erratum|wait|attends|attendez|please|merci de"
                    + "|veuillez|priere|stp|svp|(can|could|would) you|pouvez|delegate|deleguer|delegue|snooze|reporter|scratch|forget|oubli\\p{L}*"
                    + "|laisse\\p{L}*|leave|kidding|jok(e|es|ing)|blague\\p{L}*|plaisant\\p{L}*|redo|refaire|reopen|rouvr\\p{L}*|is that|is it|are they"
                    + "|est-ce|" + Words.OF_A_DESK,
            // who leaves it to others, or has only begun
            "ask|demandez|demande[sr]?( a| avec| au)?|attend\\p{L}*|contact(er|ez)? \\p{L}+|(check|see|voir) (with|avec)|on behalf|pour le compte|au nom de"
                    + "|(did|does|do) it|trust|confiance|let me|laisse(z|r)?-moi|first|d'abord|start(ed|ing)?|commenc\\p{L}*|(is|are|am) \\p{L}+ing|i'm \\p{L}+ing"
                    + "|je regarde|m'en occupe|s'en occupe|acknowledg\\p{L}*|tbc|tbd|wip",
            // who says how sure it is
            "w/o|exclu\\p{L}*|\\d+ ?%|more or less|plus ou moins|en gros|grosso modo|a priori|normalement|normally|roughly|approx\\p{L}*"
                    + "|halfway|mi-chemin|a moitie|skim\\p{L}*|glanc\\p{L}*|survol\\p{L}*|en diagonale|de memoire|from memory|in theory|en theorie|th?eori\\p{L}*|quick(ly)?|rapide\\p{L}*"
                    + "|last year'?s?|l'an dernier|annee derniere|i lied|rigol\\p{L}*|disregard|mauvaise? (message|mail|courriel|fil|conversation)"
                    + "|(months?|years?|weeks?) ago|il y a \\d+|so far|jusqu'ici|pour l'instant|pour le moment|for now|out of (\\d+|\\p{L}+)|(\\d+|one|two|three|four|five|six|seven|eight|nine|ten) of (\\d+|\\p{L}+) (rules|ports|accounts|servers)|\\d+ sur \\d+|as far as|best of my knowledge|(a|de) ma connaissance|would|could|might|may|pourr\\p{L}*|serai\\p{L}*|test(ing)? (message|mail|the reply|of the)|(un|d'un) (test|essai) d\\p{L}+|j'y travaille|who|why|pourquoi|how come|qui (est|sont|a)|(was|were|etai\\p{L}+) (ok|fine|good|bons?|bonnes?)|inquiet\\p{L}*|worr\\p{L}*|concern\\p{L}*|etrange\\p{L}*|strange|odd|weird|bizarre\\p{L}*|louche\\p{L}*|mess|messy|lie|lies|mensonge|critical|critiques?|third part(y|ies)|too \\p{L}+|trop|looks? like|ressembl\\p{L}*|nobody|no one|personne|hardly|barely|a peine|suspicious|suspect\\p{L}*|vigilance|needs?");

    /** Phrases with such a word that mean nothing by it. */
    private static final Pattern POLITE = Pattern.compile(
            "(please find|please see|veuillez trouver|vous trouverez).{0,30}(attached|enclosed|jointe?s?|ci-jointe?s?|pj)|n'hesitez pas[^,;.]{0,80}|(please )?(do not|don't) hesitate[^,;.]{0,80}|if (you (have|need)|there are)"
                    + " any[^,;.]{0,80}|let me know if[^,;.]{0,80}|si (vous avez |tu as )?(besoin|des questions)[^,;.]{0,60}|pas de soucis?"
                    + "|(nothing|no changes?|aucun changement|pas de changement|rien)( has| have| n'a| n'ont)?( changed| change)?( (since|depuis) .{0,40})?"
                    + "|(has|have|did|n'a|n'ont) (not |pas )?(changed|change)|(as|comme) (expected|planned|prevu|attendu)|\\b(rien a signaler|nothing to report|no issues?( found)?|aucune? "
                    + "(anomalie|probleme|ecart|remarque))\\b");

    private static final Pattern POSTSCRIPT = Pattern.compile("(p\\.? ?s|n\\.? ?b)\\b\\.?(.*)");
    /** So few words say nothing by themselves: they are known, or a question. */
    private static final int FEW = 4;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}'’%/-]*\\p{L}[\\p{L}\\p{N}'’%/-]*");
    /** Who says what was looked at, how it was found, or where it stands: without such a word a sentence is about something else. */
    private static final Pattern LOOKED_AT = word(
            "((double|re|cross)-?)?(check|verif|review|confirm|compar|test|valid|audit|examin|inspect|control|regard|approuv|approv)\\p{L}*|look(ed|s)?|walk(ed)?"
                    + "|went|gone|read|seen|saw|relue?s?|revue?s?|lue?s?|vue?s?|parcour\\p{L}*|passee?s? en revue|match(es|ed)?|agree[sd]?|d'accord|ras",
            "attached|enclosed|jointe?s?|ci-jointe?s?|pj|see|voir|cf|evidence|proof|preuves?|screenshots?|captures?|reports?|rapports?|tickets?|document\\p{L}*|notes?",
            "good|fine|ok|okay|correct\\p{L}*|right|clean|compliant|conformes?|unchanged|inchangee?s?|same|identi\\p{L}*|bons?|bonnes?|bien|in order|en ordre|up to date"
                    + "|a jour|need(ed)?|required|necessaires?|unchanged|no (new )?changes?|nothing|rien|aucune?|"
                    + "(as|comme) (expected|planned|usual|before|prevu|attendu|d'habitude|avant)");

    /** What makes one sentence of the word and the line below it. */
    private static final Pattern IS = Pattern.compile("(is|are|was|were|isn't|est|sont|etait|sera|serait)\\b.*");

    /** Somebody who is called upon. */
    private static final Pattern CALLED = Pattern.compile("(?<!\\S)@\\p{L}");

    private static final Pattern GOES_ON = Pattern.compile(
            ".*([,:;-]|\\b(with|by|for|and|the|of|in|as|see|avec|par|pour|et|le|la|les|de|du|des|en|voir|comme))");

    private final Remark remark;
    private final SignOff signOff;

    Below(Remark remark) {
        this.remark = remark;
        this.signOff = new SignOff(remark);
    }

    private static Pattern word(String... words) {
        return Pattern.compile("(?:^|.*[^\\p{L}])(" + String.join("|", words) + ")(?:[^\\p{L}].*|$)");
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
        boolean goesOn = wrapped
                || IS.matcher(Folded.line(next)).matches()
                || GOES_ON.matcher(Folded.line(line)).matches();
        return (goesOn && !remark.harmless(next) && !Remark.signature(next))
                || lines.size() > MOST
                || rest.length() > LONGEST
                || anyAgainst(rest);
    }

    /** Whether what stands below lets an attestation stand: nothing takes it back, and each paragraph speaks of what was looked at. */
    boolean attested(String line, String rest) {
        return !takesBack(line, rest) && ofTheReview(rest);
    }

    private boolean ofTheReview(String rest) {
        boolean signed = false;
        for (String paragraph : rest.split("\\n\\s*\\n")) {
            List<String> lines = paragraph.lines().filter(one -> !one.isBlank()).toList();
            if (SignOff.notice(lines)) {
                signed = true;
                continue;
            }
            StringBuilder open = new StringBuilder();
            for (String line : lines) {
                boolean passed = known(line) || (signed && !SignOff.sentence(line));
                open.append(passed ? "" : POLITE.matcher(Folded.line(line)).replaceAll(" ") + " ");
                signed |= signOff.begins(line);
            }
            boolean said = WORD.matcher(open).find();
            if (said
                    && !LOOKED_AT
                            .matcher(Folded.line(paragraph.replace('\n', ' ')))
                            .matches()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a line says something that would take a command back if it stood below it. */
    boolean against(String line) {
        return against(line, Folded.line(line));
    }

    private boolean anyAgainst(String rest) {
        boolean signed = false;
        for (String paragraph : rest.split("\\n\\s*\\n")) {
            List<String> lines = paragraph.lines().filter(one -> !one.isBlank()).toList();
            if (SignOff.notice(lines)) {
                signed = true;
                continue;
            }
            if (brief(lines, signed)) {
                return true;
            }
            for (String line : lines) {
                if (against(line, Folded.line(line))) {
                    return true;
                }
                signed |= signOff.begins(line);
            }
        }
        return false;
    }

    /** Whether a paragraph is a word or a few that nobody here is called and that are not known to be harmless. */
    private boolean brief(List<String> lines, boolean signed) {
        long words = WORD.matcher(String.join(" ", lines)).results().count();
        if (words == 0 || words > FEW) {
            return false;
        }
        boolean leave = signed;
        for (String line : lines) {
            if (!known(line) && !(leave && SignOff.like(line))) {
                return true;
            }
            if (signOff.named(line)) {
                return false;
            }
            leave |= SignOff.ending(line);
        }
        return false;
    }

    private boolean known(String line) {
        return remark.harmless(line) || SignOff.reachedAt(line) || SignOff.line(line) || signOff.named(line);
    }

    private boolean against(String line, String folded) {
        // what people set into their signatures, such as a telephone, says nothing; signs alone do
        if (line.contains("?")
                || CALLED.matcher(line).find()
                || Signs.denying(line)
                || Signs.frowning(line)
                || (folded.isEmpty() && !Signs.approving(line))) {
            return true;
        }
        return !SignOff.line(line)
                && !remark.harmless(line)
                && (postscript(folded)
                        || AGAINST.matcher(POLITE.matcher(folded).replaceAll(" "))
                                .matches());
    }

    /** What people add at the end is what they nearly forgot. */
    private boolean postscript(String folded) {
        Matcher added = POSTSCRIPT.matcher(folded);
        return added.matches() && !remark.harmless(added.group(2));
    }
}
