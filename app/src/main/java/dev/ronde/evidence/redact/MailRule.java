package dev.ronde.evidence.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Set;

/**
 * Addresses of mail in every spelling seen in the wild. The one with a space before the @ is the spelling that another company's
 * redaction missed, which is how this product began.
 */
final class MailRule {
    private static final String BRACKET_DOT = "\\s{0,2}[\\[({<]\\s{0,2}(?:dot|point|punkt|\\.)\\s{0,2}[\\])}>]\\s{0,2}";
    private static final String DOT =
            "(?:\\.|\\s{1,2}\\.\\s{1,2}|" + BRACKET_DOT + "|\\s-{0,2}(?:dot|point|punkt)-{0,2}\\s)";
    private static final String WORD = "[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}.!#$%&'*+/=?^_{|}~-]{0,63}";
    private static final String LOCAL = "(?:\"[^\"\\n]{1,64}\"|" + WORD + ")";
    private static final String LABEL = "[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}-]{0,62}";
    private static final String HOST = LABEL + "(?:" + DOT + LABEL + "){0,8}";
    /** Any number of spaces, but few line ends. */
    private static final String APART = "(?:\\s{0,3}| +)";

    private static final String WITH_AT = "(?:" + WORD + BRACKET_DOT + "){0,4}" + LOCAL + "(" + APART
            + "(?:['\"`]?@{1,2}['\"`]?|[\\[({<]\\s{0,2}(?:at|@|arobase|chez)\\s{0,2}[\\])}>])" + APART + ")" + "("
            + HOST
            + "|\\[(?:ipv6:)?[0-9a-f:.]{2,45}])";
    private static final String IN_WORDS =
            "(" + WORD + ")\\s-{0,2}(?:at|arobase)-{0,2}\\s(" + LABEL + "(?:" + DOT + LABEL + "){1,8})";

    /** What stands behind an @ and is no host: digests, versions, units of systemd. */
    private static final Set<String> NO_HOST =
            Set.of("sha1", "sha256", "sha384", "sha512", "md5", "latest", "main", "master", "next");

    private static final Set<String> UNITS =
            Set.of("service", "socket", "timer", "mount", "automount", "target", "slice", "scope", "swap", "device");

    /** Words before "at host.tld" that are not a name. */
    private static final Set<String> NO_NAME = Set.of("""
            is was up it and or here look see find found host hosted server served service page site docs
            documented documentation available reachable answers answered listens listening located
            published resolves running endpoint described address data api open hosts lives stands more
            check visit details instructions login portal
            """.strip().split("\\s+", -1));

    /** OpenSSH and libssh name their own algorithms after their domains (RFC 4250 §4.6.1). */
    private static final String ALGORITHM =
            "(?i).*(?:sha|mac|gcm|curve|poly|cert|sntrup|zlib|ssh-)[^@]*@(?:libssh\\.org|openssh\\.com)";

    /** As identifiers are written: every dot in words, or a name with a dot before the sign. */
    private static final String UNDERSCORED = "[\\p{L}\\p{N}][\\p{L}\\p{N}.-]{0,63}_(?:at|arobase)_" + LABEL
            + "(?:_(?:dot|point|punkt)_" + LABEL + "){1,8}"
            + "|[\\p{L}\\p{N}-]{1,31}\\.[\\p{L}\\p{N}-]{1,31}_(?:at|arobase)_" + LABEL + "(?:\\." + LABEL + "){1,8}";

    private MailRule() {}

    static Rule spelled() {
        return new Rule("email", Pattern.compile("(?is)(" + WITH_AT + ")"), MailRule::isAddress);
    }

    static Rule inWords() {
        return new Rule("email", Pattern.compile("(?i)(" + IN_WORDS + ")"), MailRule::isSpoken);
    }

    static Rule underscored() {
        return Rule.of("email", "(?i)\\b(" + UNDERSCORED + ")");
    }

    private static boolean isAddress(Matcher matcher) {
        String sign = matcher.group(2);
        String host = matcher.group(3).toLowerCase(Locale.ROOT);
        String last = host.substring(host.lastIndexOf('.') + 1);
        boolean dotted = host.length() != last.length() || host.contains("dot") || host.startsWith("[");
        boolean apart =
                Character.isWhitespace(sign.charAt(0)) && Character.isWhitespace(sign.charAt(sign.length() - 1));
        boolean quoted = "'\"`".indexOf(sign.charAt(sign.length() - 1)) >= 0;
        // as in "field '@timestamp'"
        boolean opens = Character.isWhitespace(sign.charAt(0))
                && "'\"`".indexOf(sign.trim().charAt(0)) >= 0;
        if (NO_HOST.contains(host)
                || (quoted && host.equals("localhost"))
                || (opens && !dotted)
                || matcher.group().matches(ALGORITHM)
                || host.matches("v?[0-9]+(\\.[0-9]+)?(\\.[0-9]+)?([.-](rc|beta|alpha)[.0-9]*)?")) {
            return false;
        }
        return !(dotted && UNITS.contains(last))
                && (dotted || !apart || sign.trim().length() > 1);
    }

    private static boolean isSpoken(Matcher matcher) {
        String host = matcher.group(3);
        String last = host.substring(Math.max(host.lastIndexOf('.'), host.lastIndexOf(' ')) + 1);
        return last.matches("\\p{L}{2,24}")
                && !NO_NAME.contains(matcher.group(2).toLowerCase(Locale.ROOT));
    }
}
