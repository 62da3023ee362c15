package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folded;
import dev.ronde.mail.inbound.Retraction;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people write on the lines below a command: a comment, unless it takes back what the command says or goes on with its line. Every
 * line is read; below a sign-off, a name or a disclaimer only what plainly takes something back counts.
 */
final class Below {
    /** Nobody writes more below one word; so much is no comment. */
    private static final int MOST = 200;

    private static final int LONGEST = 8_000;

    /** Words that deny, limit, postpone, doubt, ask or tell of something bad, or command something else. */
    private static final Pattern AGAINST = word(
            // denials and limits
            "not?|non|nope|nor|none|never|jamais|pas|ne|n'\\p{L}+|\\p{L}+n't|cannot|rien|nothing|aucune?|sauf|hormis|hors|except\\p{L}*"
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
            "until|jusqu\\p{L}*|when|once|quand|des que|lorsque|tomorrow|demain|later|plus tard|soon|bientot|will|\\p{L}+'ll|going to|je vais"
                    + "|to do|todo|to be|a (faire|voir|revoir|valider|valide|confirmer|verifier|verifie|completer|corriger|fermer|traiter)"
                    + "|reste|restent|remain\\p{L}*|left|missing|manqu\\p{L}*|lack\\p{L}*|still|yet|encore|pending|waiting|awaiting|attente|en cours"
                    + "|in progress|ongoing|prevue?s?|attendue?s?|expected|planned|next (week|month|time)|prochaine?s?"
                    + "|by (monday|tuesday|wednesday|thursday|friday|noon|eod)",
            // what is bad
            "wrong|mistakes?|erreurs?|trompee?|oops|oups|fail\\p{L}*|echec|echou\\p{L}*|ko|nok|broken|casse\\p{L}*|open|ouvert\\p{L}*|expose\\p{L}*"
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
                    + "|inquiet\\p{L}*|inquiete|worr\\p{L}*|concern\\p{L}*|etrange\\p{L}*|strange|odd|weird|bizarre\\p{L}*|louche\\p{L}*|suspicious|suspect\\p{L}*|vigilance|needs?");

    /** Phrases with such a word that mean nothing by it. */
    private static final Pattern POLITE = Pattern.compile(
            "(please find|please see|veuillez trouver|vous trouverez).{0,30}(attached|enclosed|jointe?s?|ci-jointe?s?|pj)|n'hesitez pas.{0,80}|(please )?(do not|don't) hesitate.{0,80}|if (you (have|need)|there are)"
                    + " any.{0,80}|let me know if.{0,80}|si (vous avez |tu as )?(besoin|des questions).{0,60}|pas de soucis?"
                    + "|(nothing|no changes?|aucun changement|pas de changement|rien)( has| have| n'a| n'ont)?( changed| change)?( (since|depuis) .{0,40})?"
                    + "|(has|have|did|n'a|n'ont) (not |pas )?(changed|change)|\\b(rien a signaler|nothing to report|no issues?( found)?|aucune? "
                    + "(anomalie|probleme|ecart|remarque))\\b");

    /** After this comes what is no longer the person's word about the review. */
    private static final Pattern SIGNED =
            Pattern.compile("(" + Remark.THANKS.replace("@", "\\p{L}{1,30}").replace('à', 'a') + ")\\W*");

    private static final Pattern CLOSES = Pattern.compile(".*(regards|cordialement|best|cdt|cdlt|salutations).*");

    /** How people end a mail beside what they thank with; what follows is their signature. */
    private static final Pattern ENDING = Pattern.compile(
            "((thanks|thank you|thx|ty|merci|cheers)( (for|pour) (the |le |la |ton |votre |this |your )?(reminder|chasing|rappel|relance|note|mail|message|patience|help|aide))?"
                    + "|br|kr|rgds|all the best|best wishes|with best wishes|many thanks|yours( sincerely| faithfully| truly)?|sincerely( yours)?|take care|talk soon"
                    + "|have a (good|nice|great|lovely) (one|day|evening|week|week-?end|time)|enjoy (your|the) (day|week-?end|evening|week)|happy (friday|monday|new year|holidays|easter|christmas)"
                    + "|a bientot|bien a (toi|vous)|bav|((bien )?(sinceres|cordiales|meilleures) )salutations|amicalement|amities|respectueusement|bien sincerement|sincerement( votre)?"
                    + "|(bien )?(cdt|cdlt|cordialement)|(excellente|bonne|belle) (journee|soiree|semaine|annee|fete|continuation|reception|fin de (journee|semaine))s?|bonnes (fetes|vacances)"
                    + "|n'hesitez pas.{0,40}|(je reste |restant )?a votre (entiere )?disposition.{0,30}|dans l'attente de votre retour|veuillez (agreer|recevoir).{0,140}"
                    + "|(je vous prie d'agreer|recevez).{0,140})([ ,;-]+(cordialement|bien a vous|merci))?\\W*");

    /** Teams and offices that sign, labels that gateways add, places and extensions, none of them a word about the review. */
    private static final Pattern SIGN = Pattern.compile(
            "(((the|la|le|les) |l')?((it|network|security|ops|operations|support|systems?|cloud|platform|database|firewall)[ &/-]+){0,3}"
                    + "(team|equipe|service|departe?ment|dept|direction|pole|office|group|groupe|dsi|rssi|soc|noc|helpdesk|desk|operations)"
                    + "([ &/-]+(informatique|reseaux?|securite|systemes?|infrastructures?|exploitation|support|it|operations|network|security|dsi|pole)){0,3}"
                    + "|tlp ?: ?(clear|white|green|amber( ?.strict)?|red)"
                    + "|((classification|sensitivity|sensibilite) ?: ?|c[0-4] ?[:-] ?)(interne?|internal|restricted|restreinte?|confidenti[ae]l(le)?|secret|public|unclassified|non classifie)"
                    + "|diffusion (restreinte|interne|limitee|libre)|usage interne|(\\p{L}{1,20} )?internal( use)?( only)?|confidenti[ae]l|restricted"
                    + "|(((ext|x|poste|tel|mob|mobile|gsm|fax|phone|bureau|room|floor|etage)[. :]{0,3}[a-z]?[0-9]{1,6}|(bat|batiment|building|tower|tour)[. :]{0,3}[a-z0-9]{1,2})[ ,/|–-]*){1,4}"
                    + "|provenance ?: ?.{0,60}|sent (on|from) the (go|move|road)|\\[[^\\]]{0,30}\\])\\W*");

    /** What companies set below every mail, as whole paragraphs. */
    private static final Pattern DISCLAIMER = Pattern.compile(
            ".*(intended (only )?(recipient|for)|destinataires? (de ce|designe|vise|prevu)|seuls? destinataire|confidential(ity)? (and|notice|information)"
                    + "|confidentiel(le)?s? (et|ou)|avis de confidentialite|disclaimer|privileged|before printing|avant d'imprimer"
                    + "|virus[- ](free|scann?ed|check|checked)\\b|(free (of|from)|exempte? de) virus|considere?r? (the environment|l'environnement)).*");

    private static final Pattern POSTSCRIPT = Pattern.compile("(p\\.? ?s|n\\.? ?b)\\b\\.?(.*)");
    /** So few words say nothing by themselves: they are known, or a question. */
    private static final int FEW = 4;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}'’%/-]*\\p{L}[\\p{L}\\p{N}'’%/-]*");
    /** What stands in signatures: addresses, telephones, pages. */
    private static final Pattern CONTACT = Pattern.compile(".*([@|]|https?:|www\\.|\\d[\\d ().-]{6,}).*");

    private static final Pattern GOES_ON = Pattern.compile(
            ".*([,:;-]|\\b(with|by|for|and|the|of|in|as|see|avec|par|pour|et|le|la|les|de|du|des|en|voir|comme))");

    private final Remark remark;

    Below(Remark remark) {
        this.remark = remark;
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
        boolean goesOn = wrapped || GOES_ON.matcher(Folded.line(line)).matches();
        return (goesOn && !remark.harmless(next) && !Remark.signature(next))
                || lines.size() > MOST
                || rest.length() > LONGEST
                || anyAgainst(rest);
    }

    /** Whether a line says something that would take a command back if it stood below it. */
    boolean against(String line) {
        return against(line, Folded.line(line));
    }

    private boolean anyAgainst(String rest) {
        boolean signed = false;
        for (String paragraph : rest.split("\\n\\s*\\n")) {
            List<String> lines = paragraph.lines().filter(one -> !one.isBlank()).toList();
            if (DISCLAIMER.matcher(Folded.line(String.join(" ", lines))).matches()) {
                signed = true;
                continue;
            }
            if (!signed && brief(lines)) {
                return true;
            }
            for (String line : lines) {
                String folded = Folded.line(line);
                signed &= !POSTSCRIPT.matcher(folded).matches();
                if (signed ? Retraction.in(line) : against(line, folded)) {
                    return true;
                }
                signed |= remark.named(bare(line))
                        || ENDING.matcher(folded).matches()
                        || (SIGNED.matcher(folded).matches()
                                && CLOSES.matcher(folded).matches());
            }
        }
        return false;
    }

    /** Whether a paragraph is a word or a few that nobody here is called and that are not known to be harmless. */
    private boolean brief(List<String> lines) {
        long words = WORD.matcher(String.join(" ", lines)).results().count();
        if (words == 0 || words > FEW) {
            return false;
        }
        for (String line : lines) {
            if (!known(line)) {
                return true;
            }
            if (ENDING.matcher(Folded.line(line)).matches() || remark.named(bare(line))) {
                return false;
            }
        }
        return false;
    }

    private boolean known(String line) {
        String folded = Folded.line(line);
        return remark.harmless(line)
                || CONTACT.matcher(line).matches()
                || ENDING.matcher(folded).matches()
                || SIGN.matcher(folded).matches()
                || SIGNED.matcher(folded).matches()
                || remark.named(bare(line));
    }

    /** Without the signs of bold type and the dash that some set before their name. */
    private static String bare(String line) {
        return line.replaceAll("[*_]", "").replaceFirst("^\\s*[-~–—]\\s*", "").strip();
    }

    private boolean against(String line, String folded) {
        if (SIGNED.matcher(folded).matches()
                || ENDING.matcher(folded).matches()
                || SIGN.matcher(folded).matches()) {
            return false;
        }
        // what people set into their signatures, such as a telephone, says nothing; signs alone do
        return line.contains("?")
                || Signs.denying(line)
                || (folded.isEmpty() && !Signs.approving(line))
                || (!remark.harmless(line)
                        && (postscript(folded)
                                || AGAINST.matcher(POLITE.matcher(folded).replaceAll(" "))
                                        .matches()));
    }

    /** What people add at the end is what they nearly forgot. */
    private boolean postscript(String folded) {
        Matcher added = POSTSCRIPT.matcher(folded);
        return added.matches() && !remark.harmless(added.group(2));
    }
}
