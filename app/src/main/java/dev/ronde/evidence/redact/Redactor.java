package dev.ronde.evidence.redact;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes keys, tokens and personal data out of texts. Linear in the length of a text, and fails closed: a text that is too long, that
 * takes too long, or on which a rule breaks is dropped whole. Safe for many threads.
 */
public final class Redactor {
    /** Grows with every change of the rules; the nightly scan starts anew when it does. */
    public static final int RULES = 4;

    /** Longest text that is looked at, in characters. */
    public static final int LONGEST = 65_536;

    /** Replaces a text that could not be looked at. */
    public static final String DROPPED = "«dropped:redactor»";

    private static final String DROPPED_RULE = "dropped";
    private static final String KEY_RULE = "key";
    private static final long PATIENCE_NANOS = 2_000_000_000L;
    private static final int DEEPEST = 64;
    private static final int LONGEST_PATH = 200;

    private final List<Rule> rules;
    private final LongSupplier nanos;
    private final CleanTexts clean = new CleanTexts();
    private final CleanTexts harmlessNames = new CleanTexts();

    Redactor(List<Rule> rules, LongSupplier nanos) {
        this.rules = List.copyOf(rules);
        this.nanos = nanos;
    }

    public static Redactor standard() {
        List<Rule> all = Stream.concat(SecretRules.ALL.stream(), PersonalRules.ALL.stream())
                .toList();
        return new Redactor(all, System::nanoTime);
    }

    /** Returns the text without what may not be kept; the same text where nothing is found. */
    public Redacted<String> text(String text) {
        if (isHarmless(text) || clean.holds(text)) {
            return new Redacted<>(text, Map.of());
        }
        if (text.length() > LONGEST) {
            return new Redacted<>(DROPPED, Map.of(DROPPED_RULE, 1));
        }
        try {
            return look(text);
        } catch (RuntimeException | StackOverflowError e) {
            // Fails closed: what cannot be looked at is not kept. The text itself must not reach a log either.
            return new Redacted<>(DROPPED, Map.of(DROPPED_RULE, 1));
        }
    }

    /** Nothing that any rule looks for is this short without an @, a space, a colon or an equals sign, but a telephone number of ten digits. */
    private static boolean isHarmless(String text) {
        return text.length() <= 10
                && (text.length() < 10 || text.charAt(0) != '0')
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '.'
                                || c == '-'
                                || c == '_'
                                || c == '/');
    }

    private Redacted<String> look(String text) {
        long deadline = nanos.getAsLong() + PATIENCE_NANOS;
        Map<String, Integer> counts = new TreeMap<>();
        String copy = PlainText.of(text);
        for (Rule rule : rules) {
            copy = rule.apply(copy, counts);
            if (nanos.getAsLong() - deadline > 0) {
                return new Redacted<>(DROPPED, Map.of(DROPPED_RULE, 1));
            }
        }
        if (counts.isEmpty()) {
            clean.add(text);
            return new Redacted<>(text, Map.of());
        }
        return new Redacted<>(copy, counts);
    }

    /** Returns a document of maps, lists and plain values with every text in it redacted, by its name and by its content. */
    public Redacted<Map<String, Object>> document(Map<String, ?> document) {
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, Object> kept = new LinkedHashMap<>();
        document.forEach((name, item) -> kept.put(name, value(name, item, counts, 0)));
        return new Redacted<>(kept, counts);
    }

    record Place(String place, String rule) {}

    /** Returns the paths of all places that would change; never the text. */
    List<Place> places(String path, Object content) {
        return places(path, content, true);
    }

    /** Like {@link #places}, but the rules apply whatever the field is called, as for texts of snapshots. */
    List<Place> textPlaces(String path, Object content) {
        return places(path, content, false);
    }

    private List<Place> places(String path, Object content, boolean named) {
        List<Place> places = new ArrayList<>();
        if (content instanceof Map<?, ?> map) {
            map.forEach((name, below) -> {
                if (below != null) {
                    places.addAll(places(path + "." + name, below, named));
                }
            });
        } else if (content instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                places.addAll(places(path + "[" + i + "]", list.get(i), named));
            }
        } else if (content instanceof String text) {
            Map<String, Integer> counts = new TreeMap<>();
            if (named) {
                text(path.substring(path.lastIndexOf('.') + 1), text, counts);
            } else {
                counts.putAll(text(text).counts());
            }
            String shortened = Cut.to(path, LONGEST_PATH);
            counts.keySet().forEach(rule -> places.add(new Place(shortened, rule)));
        }
        return places;
    }

    @SuppressWarnings("NullAway") // maps of facts hold no nulls, and a null of somebody else's stays one
    private Object value(String name, @Nullable Object item, Map<String, Integer> counts, int depth) {
        if (item instanceof String text) {
            return text(name, text, counts);
        }
        if (depth > DEEPEST) {
            counts.merge(DROPPED_RULE, 1, Integer::sum);
            return DROPPED;
        }
        if (item instanceof Map<?, ?> map) {
            Map<String, Object> kept = new LinkedHashMap<>();
            map.forEach((key, below) ->
                    kept.put(String.valueOf(key), value(String.valueOf(key), below, counts, depth + 1)));
            return kept;
        }
        if (item instanceof List<?> list) {
            List<Object> kept = new ArrayList<>();
            list.forEach(below -> kept.add(value(name, below, counts, depth + 1)));
            return kept;
        }
        return item;
    }

    private String text(String name, String text, Map<String, Integer> counts) {
        if (text.length() > 3 && !Rule.TAKEN_OUT.matcher(text).matches() && isSensitive(name)) {
            counts.merge(KEY_RULE, 1, Integer::sum);
            return "«redacted:" + KEY_RULE + "»";
        }
        Redacted<String> redacted = text(text);
        redacted.counts().forEach((rule, count) -> counts.merge(rule, count, Integer::sum));
        return redacted.kept();
    }

    private boolean isSensitive(String name) {
        if (harmlessNames.holds(name)) {
            return false;
        }
        boolean sensitive = SensitiveKey.matches(name);
        if (!sensitive) {
            harmlessNames.add(name);
        }
        return sensitive;
    }
}
