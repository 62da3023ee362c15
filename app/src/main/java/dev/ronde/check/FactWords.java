package dev.ronde.check;

import dev.ronde.check.derive.RuleDeriver.RuleLine;
import dev.ronde.check.derive.net.FrenchExposures;
import dev.ronde.check.derive.net.FrenchRules;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What of facts is words, in the language of who reads; shown, never stored or judged. */
final class FactWords {
    /** Schema of who gets through network rules. */
    static final String EXPOSURE = "network.exposure.v1";

    private FactWords() {}

    /** Returns what says facts of a schema in a language; facts stay as they are where nothing is known of it. */
    static UnaryOperator<Map<String, Object>> in(Locale language, String schema) {
        if (!language.getLanguage().equals("fr")) {
            return facts -> facts;
        }
        return facts -> answers(schema.equals(EXPOSURE) ? FrenchExposures.of(facts) : facts);
    }

    /** Returns what says a network rule in a language. */
    static UnaryOperator<RuleLine> ofRules(Locale language) {
        return language.getLanguage().equals("fr") ? FactWords::french : UnaryOperator.identity();
    }

    private static RuleLine french(RuleLine rule) {
        String owner = rule.owner();
        return new RuleLine(
                owner == null ? null : FrenchRules.owner(owner),
                FrenchRules.name(rule.name()),
                rule.priority(),
                rule.direction(),
                rule.access(),
                rule.protocol(),
                FrenchRules.place(rule.source()),
                FrenchRules.place(rule.destination()),
                rule.ports(),
                rule.enforced());
    }

    private static Map<String, Object> answers(Map<String, Object> facts) {
        Map<String, Object> words = new LinkedHashMap<>();
        facts.forEach((name, value) -> words.put(name, answer(value)));
        return words;
    }

    @SuppressWarnings("unchecked")
    private static Object answer(Object value) {
        if (value instanceof Map<?, ?> map) {
            return answers((Map<String, Object>) map);
        }
        if (value instanceof Boolean yes) {
            return yes ? "oui" : "non";
        }
        return value instanceof String || value instanceof Instant
                ? SaidDates.told(value.toString(), Locale.FRENCH)
                : value;
    }
}
