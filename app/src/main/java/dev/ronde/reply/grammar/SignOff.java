package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folding;
import dev.ronde.mail.inbound.Retraction;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How people end a mail, and what stands below that: sign-offs, names, titles, telephones, labels and notices, each known as a whole
 * line. A sentence that stands there is read like any other.
 */
final class SignOff {
    private static final Pattern THANKS =
            Pattern.compile("(" + Remark.THANKS.replace("@", "\\p{L}{1,30}").replace('à', 'a') + ")\\W*");

    private static final Pattern CLOSES = Pattern.compile(".*(regards|cordialement|best|cdt|cdlt|salutations).*");

    /** How people end a mail beside what they thank with; what follows is their signature. */
    private static final Pattern ENDING = Pattern.compile(
            "((thanks|thank you|thx|ty|merci|cheers)( (for|pour) (the |le |la |ton |votre |this |your )?(reminder|chasing|rappel|relance|note|mail|message|patience|help|aide))?"
                    + "|br|kr|rgds|all the best|best wishes|with best wishes|many thanks|yours( sincerely| faithfully| truly)?"
                    + "|sincerely( yours)?|take care|talk soon"
                    + "|have a (good|nice|great|lovely) (one|day|evening|week|week-?end|time)"
                    + "|enjoy (your|the) (day|week-?end|evening|week)|happy (friday|monday|new year|holidays|easter|christmas)"
                    + "|a bientot|bien a (toi|vous)|bav|((bien )?(sinceres|cordiales|meilleures) )salutations|amicalement"
                    + "|amities|respectueusement|bien sincerement|sincerement( votre)?"
                    + "|(bien )?(cdt|cdlt|cordialement)"
                    + "|(excellente|bonne|belle) (journee|soiree|semaine|annee|fete|continuation|reception|fin de (journee|semaine))s?"
                    + "|bonnes (fetes|vacances)"
                    + "|n'hesitez pas a (me|nous) (contacter|solliciter|appeler|ecrire|joindre|revenir)[^,;.]{0,40}"
                    + "|(je reste |restant )?a votre (entiere )?disposition.{0,30}|dans l'attente de votre retour"
                    + "|(veuillez (agreer|recevoir|croire|trouver)|(je vous prie|nous vous prions) (d'agreer|de croire|de recevoir)|recevez|agreez)[^.]{0,100}(salutations|sentiments|consideration|respects|hommages).{0,30})([ ,;-]+(cordialement|bien a vous|merci))?\\W*");

    /** Teams and offices that sign, labels that gateways and mail programs add, places and extensions. */
    private static final Pattern LABEL = Pattern.compile(
            "(((the|la|le|les) |l')?((it|network|security|ops|operations|support|systems?|cloud|platform|database|firewall)[ &/-]+){0,3}"
                    + "(team|equipe|service|departe?ment|dept|direction|pole|office|group|groupe|dsi|rssi|soc|noc|helpdesk|desk|operations)"
                    + "([ &/-]+(informatique|reseaux?|securite|systemes?|infrastructures?|exploitation|support|it|operations|network|security|dsi|pole)){0,3}"
                    + "|tlp ?: ?(clear|white|green|amber( ?.strict)?|red)"
                    + "|((classification|sensitivity|sensibilite) ?: ?|c[0-4] ?[:-] ?)(interne?|internal|restricted|restreinte?|confidenti[ae]l(le)?|secret|public|unclassified|non classifie)"
                    + "|diffusion (restreinte|interne|limitee|libre)|usage interne|(\\p{L}{1,20} )?internal( use)?( only)?"
                    + "|confidenti[ae]l|restricted"
                    + "|(((ext|x|poste|tel|mob|mobile|gsm|fax|phone|bureau|room|floor|etage)[. :]{0,3}[a-z]?[0-9]{1,6}|(bat|batiment|building|tower|tour)[. :]{0,3}[a-z0-9]{1,2})[ ,/|–-]*){1,4}"
                    + "|provenance ?: ?(courrier|mail|outlook) (pour|for) \\p{L}{2,10}"
                    + "|(twitter|x|linkedin|mastodon|bluesky|github|instagram|facebook) ?: ?@?[\\w.@-]{1,60}"
                    + "|sent (on|from) the (go|move|road)"
                    + "|(ouverte?s?|open) (du |de |from )?(lun(di)?|mon(day)?)\\.? ?(-|–|to|au|a|through) ?(jeu|thu|ven|fri|sam|sat|dim|sun)\\p{L}*.{0,40}"
                    + "|\\[ ?((cid ?:|https?:)[^\\]]{1,80}"
                    + "|(une image contenant|a picture containing)[^\\]]{0,80}(generee?|generated)[^\\]]{0,20}"
                    + "|(image|logo|photo|picture|icon|banner|banniere|signature|linkedin|facebook|twitter|youtube|instagram)( ?:)?( [\\p{L}\\d._-]{1,30}){0,2}) ?\\])\\W*");

    /** What companies and mail programs set below every mail, as whole lines or paragraphs. */
    private static final Pattern NOTICE = Pattern.compile(
            "(p |please |merci de |s'il vous plait,? )?(think|consider|pensez|penser|penses) (of |about |to |a )?(the |l')?environn?e?ment.{0,80}"
                    + "|(think|thinking) (before|twice before) (you )?print.{0,60}|(please )?(do not|don't) print this.{0,80}"
                    + "|avant d'imprimer.{0,80}|n'imprimez.{0,80}"
                    + "|save paper.{0,60}"
                    + "|(this|ce|cet) (e-?mail|message|courriel|mail)( and any attachments?)? (has|have|a|was|est) (been |ete )?(virus |garanti )?"
                    + "(scanned|checked|analyse|verifie|controle|sans virus|sent from).{0,100}|virus[- ]free\\b.{0,60}"
                    + "|no virus(es)? found.{0,80}|garanti sans virus.{0,60}"
                    + "|l'absence de virus dans ce (courriel|message|mail).{0,100}"
                    + "|(confidentiality notice|legal notice|avis de confidentialite|mentions? legales?|disclaimer)\\W*"
                    + "|((confidentiality|legal) notice|disclaimer|avis de confidentialite|mentions? legales?) ?:.*\\b(e-?mail|message|courriel|communication)\\b.*"
                    + "\\b(recipient|addressee|destinataires?|confidenti[ae]l\\p{L}*)\\b.*"
                    + "|.{2,60} (is|est) (an? |une )?(registered|company|societe|immatricul\\p{L}*|authori[sz]ed and regulated)\\b.{0,140}"
                    + "|(this|the (information|content)s?( contained)? in this|ce|cet|les informations contenues dans ce) (e-?mail|message|courriel|mail|communication|transmission)\\b"
                    + ".*\\b(confidenti[ae]l\\p{L}*|intended (only|solely|exclusively|for|recipients?)|addressee|s'adresse .{0,40}destinataires?|(destinee?s?|attention|intention|usage) .{0,40}destinataires?)\\b.*");

    private static final Pattern REVIEWED = Pattern.compile(
            "\\b(rules?|regles?|ports?|accounts?|comptes?|firewalls?|pare-feux?|(?<!(your|our|mail|vos|nos) )(servers?|serveurs?))\\b");

    private static final String TITLES =
            "(manager|director|head|lead(er)?|engineer|officer|administrator|admin|analyst|architect|consultant|specialist"
                    + "|technician|coordinator|president|vp|c[eit]o|ciso|dpo|owner|developer|responsable|directeur|directrice"
                    + "|cheffe?|ingenieure?"
                    + "|administrateur|administratrice|technicien(ne)?|chargee?|coordinateur|coordinatrice|experte?|assistante?"
                    + "|stagiaire|apprentie?"
                    + "|gestionnaire|developpeu(r|se))";

    private static final Pattern TITLE = Pattern.compile("(?:^|.*[^\\p{L}])" + TITLES + "(?:[^\\p{L}].*|$)");
    private static final Pattern TITLE_FIRST = Pattern.compile(TITLES + " (de|des|du|d'|en|of)\\b.*");

    private static final Pattern SMALL =
            Pattern.compile("(of|the|for|and|de|des|du|la|le|les|l|d|et|en|à|au|a|&|-|–|—|\\||/|,|·)");

    private static final Pattern PLACE = Pattern.compile("https?:\\S+|www\\.\\S+|(?<!\\S)\\S{1,200}@\\S+");

    private static final Pattern TELEPHONE =
            Pattern.compile("(?!\\d{1,3}(\\.\\d{1,3}){3}\\b)[+(]?\\d[\\d ().-]{5,}\\d");

    private static final Pattern BY = Pattern.compile(
            "\\b(tel|t|m|p|f|phone|mob|mobile|cell|fax|gsm|off(?=[.: ]{1,3}[+(]?\\d)|office|bureau|direct|portable|e-?mail|mail|web|site|std|standard|linkedin|teams"
                    + "|poste|ext)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final int TITLE_WORDS = 9;

    /** How a sentence begins, or what it has, that is no motto and no address. */
    private static final Pattern SENTENCE = Pattern.compile(
            "(i|i'\\p{L}+|we|we'\\p{L}+|he|she|they|it|it's|this|that|these|those|there|the|my|our|one|some|somebody|someone|who|what"
                    + "|why|where|how|je|j'\\p{L}+|nous|on|il|ils|elle|elles|ce|c'est|ca|cette?|ces|le|la|les|l'\\p{L}+|mon|ma"
                    + "|mes|notre|nos|un|une|des|du|qui|que"
                    + "|quoi|pourquoi|comment)\\b.*|.* (has|have|had|is|are|was|were|did|does|est|sont|ont|etait|va|vont)\\b.*"
                    + "|(.*[^\\p{L}])?(rules?|regles?|ports?|reviews?|revues?)\\b.*");

    private final Remark remark;

    SignOff(Remark remark) {
        this.remark = remark;
    }

    /** Whether a line is nothing but a sign-off, a label, a title, or where somebody is reached. */
    static boolean line(String line) {
        String folded = Folding.line(line);
        return thanks(folded) || ending(line) || LABEL.matcher(folded).matches() || reachedAt(line);
    }

    /** Whether what follows the line is a signature: somebody here is called so, or it takes leave. */
    boolean begins(String line) {
        String folded = Folding.line(line);
        return named(line)
                || ending(line)
                || (thanks(folded) && CLOSES.matcher(folded).matches());
    }

    boolean named(String line) {
        return remark.named(
                line.replaceAll("[*_]", "").replaceFirst("^\\s*[-~–—]\\s*", "").strip());
    }

    static boolean ending(String line) {
        return ENDING.matcher(Folding.line(line)).matches();
    }

    /** Whether a few words may stand in a signature: a title, or the name of a person, a company or a town. */
    static boolean like(String line) {
        return titled(line) || capitalised(line);
    }

    static boolean title(String line) {
        String folded = Folding.line(line);
        return titled(line)
                && !sentence(line)
                && !Retraction.in(line)
                && line.codePoints().anyMatch(Character::isLowerCase)
                && (TITLE_FIRST.matcher(folded).matches() || begunInCapitals(line));
    }

    /** Whether a line is a sentence, as nobody's signature has them. */
    static boolean sentence(String line) {
        return SENTENCE.matcher(Folding.line(line)).matches();
    }

    /** Whether a paragraph is what stands below every mail of a company. */
    static boolean notice(List<String> lines) {
        String whole = String.join(" ", lines);
        return Retraction.notice(whole) || noticeLine(whole) || lines.stream().allMatch(SignOff::noticeLine);
    }

    private static boolean noticeLine(String line) {
        String folded = Folding.line(line);
        return NOTICE.matcher(folded).matches() && !REVIEWED.matcher(folded).find();
    }

    private static boolean thanks(String folded) {
        return THANKS.matcher(folded).matches();
    }

    private static boolean titled(String line) {
        return line.strip().split("\\s+").length <= TITLE_WORDS
                && TITLE.matcher(Folding.line(line)).matches();
    }

    private static boolean capitalised(String line) {
        return begunInCapitals(line)
                && Arrays.stream(line.strip().split("\\s+"))
                        .map(word -> Folding.line(word).replaceAll("\\W", ""))
                        .noneMatch(word -> Remark.NO_NAME.matcher(word).matches());
    }

    private static boolean begunInCapitals(String line) {
        return Arrays.stream(line.strip().split("\\s+"))
                .filter(word -> !SMALL.matcher(word).matches())
                .allMatch(word -> word.matches("\\W*(\\p{Lu}.*|\\d.*)"));
    }

    static boolean reachedAt(String line) {
        String otherwise = PLACE.matcher(line).replaceAll("");
        String left = TELEPHONE.matcher(BY.matcher(otherwise).replaceAll(" ")).replaceAll("");
        return left.codePoints().noneMatch(Character::isLetter)
                && (!otherwise.equals(line) || TELEPHONE.matcher(line).find());
    }
}
