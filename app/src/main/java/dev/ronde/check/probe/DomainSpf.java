package dev.ronde.check.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    /** Most terms that may ask the DNS; a record with more says nothing (§4.6.4). */
    private static final int LOOKUPS = 10;

    private static final Pattern RECORD = Pattern.compile("(?i)v=spf1( .*)?");
    private static final Pattern MODIFIER = Pattern.compile("(?<name>[a-z][a-z0-9._-]*)=(?<value>.*)");

    private final DnsTalk dns;
    private int lookups;

    DomainSpf(DnsTalk dns) {
        this.dns = dns;
    }

    String of(String domain) throws IOException {
        List<String> texts;
        try {
            texts = dns.texts(domain);
        } catch (DnsTalk.UndecidedException e) {
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
        List<SpfTerm> terms = new ArrayList<>();
        Map<String, String> modifiers = new HashMap<>();
        for (String text :
                Stream.of(record.split(" ")).filter(term -> !term.isEmpty()).toList()) {
            Optional<SpfTerm> term = SpfTerm.read(text);
            term.ifPresent(terms::add);
            if (term.isEmpty() && !takes(modifiers, text)) {
                return INVALID;
            }
        }
        int end = 0;
        while (end < terms.size() && !terms.get(end).ends()) {
            end++;
        }
        if (end < terms.size() && terms.get(end).word().equals(SpfTerm.OPEN)) {
            return SpfTerm.OPEN;
        }
        for (SpfTerm term : terms.subList(0, end)) {
            String word = following(term);
            if (!word.isEmpty()) {
                return word;
            }
        }
        if (end < terms.size()) {
            return terms.get(end).word();
        }
        String redirect = modifiers.getOrDefault("redirect", "");
        return redirect.isEmpty() ? SpfTerm.NEUTRAL : elsewhere(redirect);
    }

    /** A modifier that RFC 7208 §6 knows may stand once; an explanation that names nothing is not one. */
    private static boolean takes(Map<String, String> modifiers, String text) {
        Matcher modifier = MODIFIER.matcher(text);
        if (!modifier.matches()) {
            return false;
        }
        String name = modifier.group("name");
        String value = modifier.group("value");
        return switch (name) {
            case "redirect" -> SpfTerm.isDomain(value) && modifiers.putIfAbsent(name, value) == null;
            case "exp" -> (value.isEmpty() || SpfTerm.isDomain(value)) && modifiers.putIfAbsent(name, value) == null;
            default -> SpfTerm.isText(value);
        };
    }

    /** Empty if it decides nothing; an include of a record that lets everybody through does so too. */
    private String following(SpfTerm term) throws IOException {
        if (!term.asks()) {
            return "";
        }
        if (!term.name().equals("include")) {
            return ++lookups > LOOKUPS ? INVALID : "";
        }
        String word = elsewhere(term.domain());
        return switch (word) {
            case SpfTerm.OPEN -> term.lets() ? term.word() : "";
            case INVALID, UNDECIDED -> word;
            default -> "";
        };
    }

    /** The result of another domain's record; without it this record is invalid (§5.2, §6.1). A macro is undecided. */
    private String elsewhere(String domain) throws IOException {
        if (++lookups > LOOKUPS) {
            return INVALID;
        }
        if (domain.contains("%")) {
            return UNDECIDED;
        }
        String name = DnsTalk.name(domain);
        String word = name.isEmpty() ? NONE : of(name);
        return word.equals(NONE) || word.equals(SEVERAL) ? INVALID : word;
    }
}
