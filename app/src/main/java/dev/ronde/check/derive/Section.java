package dev.ronde.check.derive;

import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.Addresses;
import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One object of a document and what people call it. Absent, null, {@code ""} and {@code []} are the same; anything of another type
 * than asked for is an {@link UnparsableException} that names the place.
 *
 * @param where what it is called in messages
 * @param fields its fields
 */
public record Section(String where, Map<?, ?> fields) {
    public boolean has(String name) {
        Object value = fields.get(name);
        return value != null && !"".equals(value) && !(value instanceof List<?> list && list.isEmpty());
    }

    public UnparsableException problem(String text) {
        return new UnparsableException(where, text);
    }

    public UnparsableException problem(Saying saying, Object... arguments) {
        return new UnparsableException(where, Said.of(saying, arguments));
    }

    public Optional<String> text(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (fields.get(name) instanceof String text) {
            return Optional.of(text.strip());
        }
        throw problem(Saying.FIELD_NO_TEXT, name);
    }

    public String required(String name) {
        return text(name).orElseThrow(() -> problem(Saying.FIELD_MISSING, name));
    }

    /** Returns a required text as one of some lower-case words, whatever its case. */
    public String word(String name, List<String> words) {
        String word = required(name).toLowerCase(Locale.ROOT);
        if (!words.contains(word)) {
            throw problem(Saying.FIELD_NOT_ONE_OF, name, shown(word), String.join(", ", words));
        }
        return word;
    }

    /** Returns a required whole number. */
    public int number(String name, int min, int max) {
        return whole(name, min, max).orElseThrow(() -> problem(Saying.FIELD_MISSING, name));
    }

    /** Returns the addresses of prefixes that stand in a field. */
    public AddressSet addresses(String name, List<String> prefixes) {
        return AddressSet.of(prefixes.stream()
                .flatMap(text -> Addresses.prefix(text)
                        .orElseThrow(() -> problem(Saying.FIELD_NO_ADDRESSES, name, shown(text)))
                        .ranges()
                        .stream())
                .toList());
    }

    public Optional<Integer> whole(String name, int min, int max) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (fields.get(name) instanceof Number number && number.longValue() >= min && number.longValue() <= max) {
            return Optional.of(number.intValue());
        }
        throw problem(Saying.FIELD_NO_NUMBER, name, shown(String.valueOf(fields.get(name))), min, max);
    }

    /** False if the document does not say. */
    public boolean truth(String name) {
        if (!has(name)) {
            return false;
        }
        if (fields.get(name) instanceof Boolean truth) {
            return truth;
        }
        throw problem(Saying.FIELD_NO_TRUTH, name);
    }

    /** Returns the texts of a list, or of a single text; what is separated by commas is split. */
    public List<String> texts(String name) {
        if (!has(name)) {
            return List.of();
        }
        Object value = fields.get(name);
        List<?> items = value instanceof List<?> list ? list : List.of(String.valueOf(value));
        if (!(value instanceof String) && !(value instanceof List<?>)) {
            throw problem(Saying.FIELD_NO_TEXTS, name);
        }
        List<String> texts = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof String text) || text.isBlank()) {
                throw problem(Saying.FIELD_HOLDS_NO_TEXT, name);
            }
            Stream.of(text.split(",", -1)).map(String::strip).forEach(texts::add);
        }
        return texts;
    }

    public Optional<Section> section(String name) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (fields.get(name) instanceof Map<?, ?> map) {
            return Optional.of(new Section(where, map));
        }
        throw problem(Saying.FIELD_NO_OBJECT, name);
    }

    /** Returns the objects of a list below; {@code what} names them until they say their own name. */
    public List<Section> sections(String name, String what) {
        if (!has(name)) {
            return List.of();
        }
        if (!(fields.get(name) instanceof List<?> list)) {
            throw problem(Saying.FIELD_NO_LIST, name);
        }
        List<Section> sections = new ArrayList<>();
        for (Object item : list) {
            String place = what + " " + (sections.size() + 1);
            if (!(item instanceof Map<?, ?> map)) {
                throw new UnparsableException(place, Said.of(Saying.NO_OBJECT));
            }
            sections.add(new Section(place, map));
        }
        return sections;
    }

    public Section named(String name) {
        return new Section(shown(name), fields);
    }

    /** Returns the object that {@code name} holds with the fields that stand beside it; both spellings of a vendor in one. */
    public Section flattened(String name) {
        if (!has(name)) {
            return this;
        }
        Map<Object, Object> all = new java.util.LinkedHashMap<>(fields);
        all.remove(name);
        section(name).orElseThrow().fields().forEach(all::put);
        return new Section(where, all);
    }

    /** Shortens foreign text and makes it printable; keeps the redactor's marks. */
    public static String shown(String text) {
        String plain = text.replaceAll("[^\\p{Print}\\p{L}\u00AB\u00BB]", "?");
        return Cut.marked(plain, 81);
    }
}
