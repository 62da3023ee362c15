package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mechanism of an SPF record, written as RFC 7208 §12 demands: receivers give up a whole record for one that is not (§4.6).
 *
 * @param qualifier what becomes of mail that it matches, empty where nothing is said
 * @param name the word of the mechanism, in lower case
 * @param domain what stands behind the colon, without the length of a network; empty where nothing does
 * @param isWide whether it matches a part of the world that is nobody's
 */
record SpfTerm(String qualifier, String name, String domain, boolean isWide) {
    static final String OPEN = "open";

    static final String NEUTRAL = "neutral";

    private static final String BITS_IP4 = "(?:/(?<four>0|[1-9]|[12][0-9]|3[0-2]))?";
    private static final String BITS_IP6 = "/(?<six>0|[1-9][0-9]?|1[01][0-9]|12[0-8])";

    private static final Pattern MECHANISM =
            Pattern.compile("(?<qualifier>[+?~-]?)(?<name>all|include|exists|a|mx|ptr|ip4|ip6)(?<rest>[:/].*)?");
    private static final Pattern HOSTS = Pattern.compile("(?::(?<domain>.+?))?" + BITS_IP4 + "(?:/" + BITS_IP6 + ")?");
    private static final Pattern IP4 = Pattern.compile(":(?<address>[0-9.]{7,15})" + BITS_IP4);
    private static final Pattern IP6 =
            Pattern.compile(":(?<address>(?=[0-9a-f]*:)[0-9a-f:.]{2,45})(?:" + BITS_IP6 + ")?");

    private static final Pattern MACRO = Pattern.compile("%(\\{[slodiphcrtv][0-9]*r?[.+,/_=-]*\\}|[%_-])");
    private static final Pattern LITERALS = Pattern.compile("[!-$&-~]*+");
    private static final Pattern TOP_LABEL = Pattern.compile("(?![0-9]+$)[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    static Optional<SpfTerm> read(String text) {
        Matcher term = MECHANISM.matcher(text);
        if (!term.matches()) {
            return Optional.empty();
        }
        String qualifier = term.group("qualifier");
        String name = term.group("name");
        String rest = term.group("rest") == null ? "" : term.group("rest");
        return switch (name) {
            case "all" -> rest.isEmpty() ? Optional.of(new SpfTerm(qualifier, name, "", false)) : Optional.empty();
            case "ip4", "ip6" -> network(qualifier, name, rest);
            case "a", "mx" -> hosts(qualifier, name, rest);
            default -> names(qualifier, name, rest);
        };
    }

    private static Optional<SpfTerm> network(String qualifier, String name, String rest) {
        Matcher parts = (name.equals("ip4") ? IP4 : IP6).matcher(rest);
        if (!parts.matches() || HostName.literal(parts.group("address")).isEmpty()) {
            return Optional.empty();
        }
        boolean isWide = name.equals("ip4") ? isWide4(parts) : isWide6(parts);
        return Optional.of(new SpfTerm(qualifier, name, parts.group("address"), isWide));
    }

    private static Optional<SpfTerm> hosts(String qualifier, String name, String rest) {
        Matcher parts = HOSTS.matcher(rest);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String domain = parts.group("domain");
        boolean isWide = isWide4(parts) || isWide6(parts);
        return domain == null || isDomain(domain)
                ? Optional.of(new SpfTerm(qualifier, name, domain == null ? "" : domain, isWide))
                : Optional.empty();
    }

    private static Optional<SpfTerm> names(String qualifier, String name, String rest) {
        if (rest.isEmpty() && name.equals("ptr")) {
            return Optional.of(new SpfTerm(qualifier, name, "", false));
        }
        return rest.startsWith(":") && isDomain(rest.substring(1))
                ? Optional.of(new SpfTerm(qualifier, name, rest.substring(1), false))
                : Optional.empty();
    }

    private static boolean isWide4(Matcher parts) {
        return parts.group("four") != null && NetworkWidth.isEverybody4(Integer.parseInt(parts.group("four")));
    }

    private static boolean isWide6(Matcher parts) {
        return parts.group("six") != null && NetworkWidth.isEverybody6(Integer.parseInt(parts.group("six")));
    }

    /** A {@code domain-spec} ends with a macro, or with a dot and a top label (§7.1). */
    static boolean isDomain(String text) {
        if (!isText(text)) {
            return false;
        }
        Matcher macro = MACRO.matcher(text);
        int end = 0;
        while (macro.find()) {
            end = macro.end();
        }
        String tail = text.substring(end);
        if (tail.isEmpty()) {
            return end > 0;
        }
        String name = tail.endsWith(".") ? tail.substring(0, tail.length() - 1) : tail;
        int dot = name.lastIndexOf('.');
        return dot >= 0 && TOP_LABEL.matcher(name.substring(dot + 1)).matches();
    }

    /** A {@code macro-string}: visible characters, and a percent sign only at the start of a macro. */
    static boolean isText(String text) {
        return LITERALS.matcher(MACRO.matcher(text).replaceAll("")).matches();
    }

    boolean ends() {
        return name.equals("all") || (isWide && lets());
    }

    /** Only so many terms may ask the DNS (§4.6.4). */
    boolean asks() {
        return !name.equals("all") && !name.equals("ip4") && !name.equals("ip6");
    }

    String word() {
        return switch (qualifier) {
            case "-" -> "fail";
            case "~" -> "softfail";
            case "?" -> NEUTRAL;
            default -> OPEN;
        };
    }

    boolean lets() {
        return word().equals(OPEN) || word().equals(NEUTRAL);
    }
}
