package dev.ronde.asset.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Compares two canonical documents of one source, setting by setting and sets element by element. Pure. */
final class SettingDiff {
    private static final Set<String> HARMLESS = Set.of(Effect.STRONGER.word(), Effect.NEUTRAL.word());

    private final Words words;
    private final Moving moving;
    private final List<Change> changes = new ArrayList<>();

    enum Moving {
        ALL,
        /** Those for the worse, and values that came or went: the others are nothing to decide about. */
        WORSE,
        NONE
    }

    private SettingDiff(Words words, Moving moving) {
        this.words = words;
        this.moving = moving;
    }

    static List<Change> between(SourceSchema schema, JsonNode before, JsonNode after, Words words, Moving moving) {
        return new SettingDiff(words, moving).of(schema, before, after);
    }

    static List<Change> all(SourceSchema schema, JsonNode content, Words words) {
        return between(schema, JsonNodeFactory.instance.objectNode(), content, words, Moving.ALL).stream()
                .map(change -> new Change(change.path(), change.title(), null, change.after(), Effect.NEUTRAL.word()))
                .toList();
    }

    private List<Change> of(SourceSchema schema, JsonNode before, JsonNode after) {
        compare(schema.root(), new Place("", ""), before, after, false);
        return List.copyOf(changes);
    }

    private record Place(String path, String around) {
        Place field(String name) {
            return new Place(path.isEmpty() ? name : path + "." + name, around);
        }

        Place element(String key, String title) {
            return new Place(path + "[" + key + "]", title);
        }

        Place titled(String title) {
            return new Place(path, title);
        }

        String title(String own) {
            return around.isEmpty() ? own : around + ", " + own;
        }
    }

    private void compare(
            SettingSpec spec, Place place, @Nullable JsonNode before, @Nullable JsonNode after, boolean inverted) {
        if (Objects.equals(before, after)) {
            return;
        }
        int known = changes.size();
        all(spec, place, before, after, inverted);
        List<Change> found = changes.subList(known, changes.size());
        if (spec.moving() && (moving == Moving.NONE || (moving == Moving.WORSE && harmless(before, after, found)))) {
            found.clear();
        }
    }

    private static boolean harmless(@Nullable JsonNode before, @Nullable JsonNode after, List<Change> found) {
        return before != null
                && after != null
                && found.stream().map(Change::effect).allMatch(HARMLESS::contains);
    }

    private void all(
            SettingSpec spec, Place place, @Nullable JsonNode before, @Nullable JsonNode after, boolean inverted) {
        switch (spec.kind()) {
            case OBJECT ->
                spec.children().forEach((name, child) -> {
                    if (!child.ignore()) {
                        compare(child, place.field(name), child(before, name), child(after, name), inverted);
                    }
                });
            case SET -> set(spec, place, before, after, inverted);
            default -> leaf(spec, place, before, after, inverted);
        }
    }

    private static @Nullable JsonNode child(@Nullable JsonNode parent, String name) {
        return parent == null ? null : parent.get(name);
    }

    private void leaf(
            SettingSpec spec, Place place, @Nullable JsonNode before, @Nullable JsonNode after, boolean inverted) {
        Place titled = place.titled(place.title(spec.titleOr(words.locale(), lastStep(place.path()))));
        add(spec, titled, shown(spec, before), shown(spec, after), Direction.ofValue(spec, before, after), inverted);
    }

    private @Nullable String shown(SettingSpec spec, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        return spec.secret() ? words.hidden() : words.value(value);
    }

    private void set(
            SettingSpec spec, Place place, @Nullable JsonNode before, @Nullable JsonNode after, boolean inverted) {
        if (spec.measure() != null) {
            leaf(spec, place, before, after, inverted);
            return;
        }
        Map<String, JsonNode> old = byKey(spec, before);
        Map<String, JsonNode> now = byKey(spec, after);
        if (old.isEmpty() && now.isEmpty()) {
            leaf(spec, place, before, after, inverted);
        }
        Map<String, JsonNode> all = new TreeMap<>(old);
        all.putAll(now);
        all.keySet().forEach(key -> element(spec, place, key, old.get(key), now.get(key), inverted));
    }

    private void element(
            SettingSpec spec,
            Place place,
            String key,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            boolean inverted) {
        String name = spec.titleOr(words.locale(), lastStep(place.path()));
        Place there = place.element(key, place.title(name + " " + key));
        if (before != null && after != null) {
            SettingSpec items = Objects.requireNonNull(spec.items());
            compare(items, there, before, after, inverted != Direction.inverted(spec, before, after));
        } else if (after != null) {
            add(spec, there, null, element(spec, after), Direction.ofAdded(spec, after), inverted);
        } else if (before != null) {
            add(spec, there, element(spec, before), null, Direction.ofRemoved(spec, before), inverted);
        }
    }

    private String element(SettingSpec set, JsonNode element) {
        if (set.secret() || (set.items() != null && set.items().secret())) {
            return words.hidden();
        }
        String template = set.showIn(words.locale());
        return template == null ? words.value(element) : Element.inWords(template, element, words);
    }

    private static Map<String, JsonNode> byKey(SettingSpec spec, @Nullable JsonNode set) {
        Map<String, JsonNode> elements = new TreeMap<>();
        if (set != null) {
            set.forEach(element -> elements.put(Element.key(spec.keys(), element), element));
        }
        return elements;
    }

    private void add(
            SettingSpec spec,
            Place place,
            @Nullable String before,
            @Nullable String after,
            Effect effect,
            boolean inverted) {
        Effect turned = inverted ? effect.opposite(spec.worseOr(Effect.WIDER)) : effect;
        changes.add(new Change(place.path(), place.around(), before, after, turned.word()));
    }

    private static String lastStep(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
