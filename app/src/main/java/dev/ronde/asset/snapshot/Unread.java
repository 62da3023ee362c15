package dev.ronde.asset.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a document says of itself and the allow-list of its source would drop without a word, though it decides whether the rest can be
 * judged: that it is one page of several, and fields of a rule that nobody here understands. Kept are names, never values, in the
 * document itself, so that they are part of its digest.
 *
 * @param pages names of fields that tell where the next page is
 * @param fields one text for each field of a rule that is not known, naming both
 */
public record Unread(List<String> pages, List<String> fields) {
    private static final String PAGES = "$pages";
    private static final String FIELDS = "$unread";
    private static final int MOST = 20;
    private static final Set<String> CONTINUATIONS = Set.of(
            "nextpagetoken", "nexttoken", "nextlink", "skiptoken", "nextmarker", "continuationtoken", "istruncated");

    public static Unread of(Snapshot snapshot) {
        return new Unread(
                texts(snapshot.content().get(PAGES)), texts(snapshot.content().get(FIELDS)));
    }

    /** Returns whether the document is all there is, and all of it understood. */
    public boolean isEmpty() {
        return pages.isEmpty() && fields.isEmpty();
    }

    private static List<String> texts(@Nullable JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (list != null) {
            list.forEach(text -> texts.add(text.asString()));
        }
        return texts;
    }

    /** Whether the field says that more of the list is elsewhere; an empty one says that there is none. */
    static boolean continues(String name, JsonNode value) {
        String word = name.toLowerCase(Locale.ROOT).replaceFirst("^(@odata\\.|\\$)", "");
        return CONTINUATIONS.contains(word) && says(value) && !(value.isBoolean() && !value.booleanValue());
    }

    static boolean holdsObjects(JsonNode value) {
        return value.valueStream()
                .anyMatch(item -> (value.isArray() && item.isObject() && says(item)) || holdsObjects(item));
    }

    static boolean says(JsonNode value) {
        return !(value.isNull()
                || (value.isString() && value.stringValue().isBlank())
                || (value.isContainer() && value.isEmpty()));
    }

    static final class Gathered {
        private final Set<String> pages = new LinkedHashSet<>();
        private final Set<String> fields = new LinkedHashSet<>();

        void page(String name) {
            add(pages, name);
        }

        void field(String rule, String name) {
            add(fields, rule + ": '" + name + "'");
        }

        boolean full() {
            return fields.size() >= MOST;
        }

        private static void add(Set<String> texts, String text) {
            if (texts.size() < MOST) {
                texts.add(text);
            }
        }

        void keepIn(ObjectNode content) {
            keep(content, PAGES, pages);
            keep(content, FIELDS, fields);
        }

        private static void keep(ObjectNode content, String name, Set<String> texts) {
            if (!texts.isEmpty()) {
                ArrayNode list = content.putArray(name);
                texts.stream().sorted().forEach(list::add);
            }
        }
    }
}
