package dev.ronde.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says a filled message in other words where the facts that filled it are not at hand: it holds them itself. */
public final class Rewording {
    private static final String FACTS = "facts.";

    private Rewording() {}

    /**
     * Returns the message in other words; empty where it was not made of this template.
     *
     * @param own message of the check file with its places
     * @param other the same in another language, with the same places
     * @param stored the filled message as it was recorded
     * @param words says facts in the other language
     */
    public static Optional<String> of(
            String own, String other, String stored, UnaryOperator<Map<String, Object>> words) {
        Map<String, Integer> places = new LinkedHashMap<>();
        Matcher filled = form(own, places).matcher(stored);
        if (!filled.matches()) {
            return Optional.empty();
        }
        Map<String, Object> said = new LinkedHashMap<>();
        Map<String, Object> facts = new LinkedHashMap<>();
        places.forEach((path, group) -> (path.startsWith(FACTS) ? facts : said).put(path, value(filled.group(group))));
        said.putAll(words.apply(facts));
        StringBuilder told = new StringBuilder();
        Matcher place = EvidenceRules.PLACE.matcher(other);
        while (place.find()) {
            Object value = said.get(place.group(1));
            if (value == null) {
                return Optional.empty();
            }
            place.appendReplacement(told, Matcher.quoteReplacement(String.valueOf(value)));
        }
        return Optional.of(place.appendTail(told).toString());
    }

    /** Matches a filled template; a place that occurs twice must hold the same text twice. */
    private static Pattern form(String template, Map<String, Integer> places) {
        StringBuilder form = new StringBuilder();
        Matcher place = EvidenceRules.PLACE.matcher(template);
        int at = 0;
        while (place.find()) {
            form.append(Pattern.quote(template.substring(at, place.start())));
            Integer before = places.putIfAbsent(place.group(1), places.size() + 1);
            form.append(before == null ? "(.*?)" : "\\" + before);
            at = place.end();
        }
        return Pattern.compile(
                form.append(Pattern.quote(template.substring(at))).toString(), Pattern.DOTALL);
    }

    private static Object value(String text) {
        return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
    }
}
