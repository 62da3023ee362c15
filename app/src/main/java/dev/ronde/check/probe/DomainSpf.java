package dev.ronde.check.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What SPF (RFC 7208) says of mail of all others, those whom nothing in it names: the record of the domain, those it includes and the one
 * it redirects to.
 */
final class DomainSpf {
    private static final String NONE = "none";
    private static final String SEVERAL = "several";
    private static final String INVALID = "invalid";
    private static final String UNDECIDED = "undecided";
    private static final String OPEN = "open";
    private static final String NEUTRAL = "neutral";

    /** Terms that ask the DNS; with more of them a record says nothing (§4.6.4). */
    private static final int LOOKUPS = 10;

    /** Nobody's servers stand in a network of so few bits: whoever may send from it is all the others. */
    private static final int SHORTEST_IP4 = 8;

    private static final int SHORTEST_IP6 = 16;

    private static final Pattern RECORD = Pattern.compile("(?i)v=spf1( .*)?");
    private static final Pattern MECHANISM =
            Pattern.compile("([+?~-]?)(all|((include|exists):.+)|((a|mx|ptr)([:/].*)?)|(ip4|ip6):.+)");
    private static final Pattern MODIFIER = Pattern.compile("[a-z][a-z0-9._-]*=.*");
    private static final Pattern IP4_BITS = Pattern.compile("(ip4:[^/]*|(a|mx)(:[^/]*)?)/([0-9]{1,3})(//[0-9]{1,3})?");
    private static final Pattern IP6_BITS = Pattern.compile("(ip6:[^/]*/|(a|mx)(:[^/]*)?(/[0-9]{1,3})?//)([0-9]{1,3})");
    private static final Pattern ASKS = Pattern.compile("(include|exists|a|mx|ptr)([:/].*)?");

    private final DnsTalk dns;
    private int lookups;

    DomainSpf(DnsTalk dns) {
        this.dns = dns;
    }

    /** One mechanism before the end of a record: its qualifier and the rest, in lower case. */
    private record Term(String qualifier, String text) {
        /** Returns whether it matches a part of the world that is nobody's. */
        boolean isWide() {
            Matcher ip4 = IP4_BITS.matcher(text);
            Matcher ip6 = IP6_BITS.matcher(text);
            return (ip4.matches() && Integer.parseInt(ip4.group(4)) < SHORTEST_IP4)
                    || (ip6.matches() && Integer.parseInt(ip6.group(5)) < SHORTEST_IP6);
        }

        /** Returns whether what follows is for nobody any more. */
        boolean ends() {
            return text.equals("all") || (isWide() && lets());
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

    /** Returns the word for what happens to mail of all others. */
    String of(String domain) throws IOException {
        List<String> texts;
        try {
            texts = DomainProbe.told(dns.ask(domain, DnsMessage.TXT)).texts(DnsMessage.TXT);
        } catch (DomainProbe.UndecidedException e) {
            return UNDECIDED;
        }
        List<String> records =
                texts.stream().filter(text -> RECORD.matcher(text).matches()).toList();
        if (records.size() != 1) {
            return records.isEmpty() ? NONE : SEVERAL;
        }
        return word(records.get(0).substring("v=spf1".length()).toLowerCase(Locale.ROOT));
    }

    private String word(String record) throws IOException {
        List<Term> terms = new ArrayList<>();
        String redirect = "";
        for (String text :
                Stream.of(record.split(" ")).filter(term -> !term.isEmpty()).toList()) {
            Matcher mechanism = MECHANISM.matcher(text);
            if (mechanism.matches()) {
                terms.add(new Term(mechanism.group(1), mechanism.group(2)));
            } else if (text.startsWith("redirect=") && redirect.isEmpty()) {
                redirect = text.substring("redirect=".length());
            } else if (text.startsWith("redirect=") || !MODIFIER.matcher(text).matches()) {
                return INVALID;
            }
        }
        int end = 0;
        while (end < terms.size() && !terms.get(end).ends()) {
            end++;
        }
        if (end < terms.size() && terms.get(end).word().equals(OPEN)) {
            return OPEN;
        }
        for (Term term : terms.subList(0, end)) {
            String word = following(term);
            if (!word.isEmpty()) {
                return word;
            }
        }
        if (end < terms.size()) {
            return terms.get(end).word();
        }
        return redirect.isEmpty() ? NEUTRAL : elsewhere(redirect);
    }

    /** What a term says of all others, empty where that is nothing: who includes a record that lets everybody lets everybody. */
    private String following(Term term) throws IOException {
        if (!ASKS.matcher(term.text()).matches()) {
            return "";
        }
        if (!term.text().startsWith("include:")) {
            return ++lookups > LOOKUPS ? INVALID : "";
        }
        String word = elsewhere(term.text().substring("include:".length()));
        return switch (word) {
            case OPEN -> term.lets() ? term.word() : "";
            case INVALID, UNDECIDED -> word;
            default -> "";
        };
    }

    /** What the record of another domain says, without which this one is none (§5.2, §6.1); whom a macro names depends on who sends. */
    private String elsewhere(String domain) throws IOException {
        if (++lookups > LOOKUPS) {
            return INVALID;
        }
        if (domain.contains("%")) {
            return UNDECIDED;
        }
        String name = DomainProbe.domain(domain);
        String word = name.isEmpty() ? NONE : of(name);
        return word.equals(NONE) || word.equals(SEVERAL) ? INVALID : word;
    }
}
