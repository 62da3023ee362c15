package dev.ronde.check.message;

import dev.ronde.check.derive.RuleDeriver.RuleLine;
import dev.ronde.check.derive.net.FrenchExposures;
import dev.ronde.platform.resource.PageDates;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What of facts is words, in the language of who reads; shown, never stored or judged. */
public final class FactTranslation {
    public static final String EXPOSURE = "network.exposure.v1";

    private static final Set<String> DOMAINS = Set.of("dns.mail.v1", "dns.authenticity.v1");

    /** Words that the records themselves use are not translated. */
    private static final Map<String, String> OF_DOMAINS = Map.ofEntries(
            Map.entry("none", "aucun"),
            Map.entry("several", "plusieurs"),
            Map.entry("invalid", "invalide"),
            Map.entry("open", "ouvert à tous"),
            Map.entry("neutral", "neutre"),
            Map.entry("undecided", "indécis"),
            Map.entry("monitor", "observation seule"),
            Map.entry("quarantine", "quarantaine"),
            Map.entry("reject", "rejet"),
            Map.entry("island", "signé, sans que le parent s’en porte garant"),
            Map.entry("unsigned", "non signé"),
            Map.entry("bogus", "mal signé"),
            Map.entry("unrestricted", "sans restriction"));

    private FactTranslation() {}

    /** Returns what says facts of a schema in a language; facts stay as they are where nothing is known of it. */
    public static UnaryOperator<Map<String, Object>> in(Locale language, String schema) {
        if (!language.getLanguage().equals("fr")) {
            return facts -> facts;
        }
        Map<String, String> words = DOMAINS.contains(schema) ? OF_DOMAINS : Map.of();
        return facts -> answers(schema.equals(EXPOSURE) ? FrenchExposures.of(facts) : facts, words);
    }

    public static UnaryOperator<RuleLine> ofRules(Locale language) {
        return language.getLanguage().equals("fr") ? FactTranslation::french : UnaryOperator.identity();
    }

    private static RuleLine french(RuleLine rule) {
        String owner = rule.owner();
        return new RuleLine(
                owner == null ? null : FrenchExposures.owner(owner),
                FrenchExposures.name(rule.name()),
                rule.priority(),
                rule.direction(),
                rule.access(),
                rule.protocol(),
                FrenchExposures.place(rule.source()),
                FrenchExposures.place(rule.destination()),
                rule.ports(),
                rule.enforced());
    }

    private static Map<String, Object> answers(Map<String, Object> facts, Map<String, String> known) {
        Map<String, Object> words = new LinkedHashMap<>();
        facts.forEach((name, value) -> words.put(name, answer(value, known)));
        return words;
    }

    @SuppressWarnings("unchecked")
    private static Object answer(Object value, Map<String, String> known) {
        if (value instanceof Map<?, ?> map) {
            return answers((Map<String, Object>) map, known);
        }
        if (value instanceof Boolean yes) {
            return yes ? "oui" : "non";
        }
        String word = value instanceof String text ? known.get(text) : null;
        if (word != null) {
            return word;
        }
        return value instanceof String || value instanceof Instant
                ? MessageDates.told(value.toString(), Locale.FRENCH)
                : value;
    }

    /** Days and instants as records have them, in the words of who reads another language: sentences of records hold them in ISO 8601. */
    static final class MessageDates {
        private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
        private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{5,18}Z");

        private MessageDates() {}

        /** Text that is not a date or an instant stays as it is; an instant is told in UTC and says so. */
        static String told(String text, Locale language) {
            try {
                if (DAY.matcher(text).matches()) {
                    return PageDates.day(LocalDate.parse(text), language);
                }
                if (INSTANT.matcher(text).matches()) {
                    return PageDates.moment(Instant.parse(text), ZoneOffset.UTC, language) + " UTC";
                }
            } catch (DateTimeException e) {
                // it only looks like one
            }
            return text;
        }
    }
}
