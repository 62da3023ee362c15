package dev.ronde.mail.inbound;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entities of HTML 4 that mail programs write, and numeric ones. */
final class HtmlEntities {
    private static final String LATIN =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr "
                    + "deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest "
                    + "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml "
                    + "ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig "
                    + "agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml "
                    + "eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

    private static final int LONGEST = 12;

    private static final Map<String, String> NAMED = named();

    private HtmlEntities() {}

    private static Map<String, String> named() {
        Map<String, String> all = new HashMap<>(Map.ofEntries(
                Map.entry("amp", "&"),
                Map.entry("lt", "<"),
                Map.entry("gt", ">"),
                Map.entry("quot", "\""),
                Map.entry("apos", "'"),
                Map.entry("oelig", "œ"),
                Map.entry("OElig", "Œ"),
                Map.entry("euro", "€"),
                Map.entry("ndash", "–"),
                Map.entry("mdash", "—"),
                Map.entry("lsquo", "‘"),
                Map.entry("rsquo", "’"),
                Map.entry("ldquo", "“"),
                Map.entry("rdquo", "”"),
                Map.entry("hellip", "…"),
                Map.entry("bull", "•"),
                Map.entry("ensp", " "),
                Map.entry("emsp", " "),
                Map.entry("thinsp", " "),
                Map.entry("zwnj", ""),
                Map.entry("zwj", "")));
        String[] latin = LATIN.split(" ");
        for (int index = 0; index < latin.length; index++) {
            all.put(latin[index], String.valueOf((char) (0xA0 + index)));
        }
        return Map.copyOf(all);
    }

    static String text(String source) {
        if (source.indexOf('&') < 0) {
            return source;
        }
        StringBuilder text = new StringBuilder(source.length());
        int place = 0;
        while (place < source.length()) {
            int semicolon = source.charAt(place) == '&'
                    ? source.substring(place, Math.min(source.length(), place + LONGEST))
                                    .indexOf(';')
                            + place
                    : place;
            String named = semicolon > place ? resolve(source.substring(place + 1, semicolon)) : null;
            text.append(named == null ? source.substring(place, place + 1) : named);
            place = named == null ? place + 1 : semicolon + 1;
        }
        return text.toString();
    }

    /** The name comes without {@code &} and {@code ;}; null if it is not an entity. */
    private static @Nullable String resolve(String name) {
        if (!name.startsWith("#")) {
            return NAMED.get(name);
        }
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        String digits = name.substring(hex ? 2 : 1);
        if (digits.isEmpty() || digits.length() > 7) {
            return null;
        }
        try {
            int point = Integer.parseInt(digits, hex ? 16 : 10);
            boolean text = Character.isValidCodePoint(point) && (point >= 0x20 || point == '\n');
            return text && !(point >= 0xD800 && point <= 0xDFFF) ? Charsets.clean(Character.toString(point)) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
