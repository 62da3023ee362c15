package dev.ronde.catalogue;

import dev.ronde.platform.document.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fits a packaged check to the operator's own vocabulary: what he removed is not a fault of the check. The check keeps the kinds that exist
 * and can have its protection, and the controls that exist; if no kind is left, it is not used.
 */
final class HouseVocabulary {
    private final Vocabulary vocabulary;
    private final Protections protections;

    HouseVocabulary(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.protections = vocabulary.protections();
    }

    Optional<LoadProblem> notUsed(Node.Mapping file) {
        String protection = text(file, "protection");
        if (protection.isEmpty() || !kinds(file, protection).isEmpty()) {
            return Optional.empty();
        }
        String why = protections.keys().contains(protection)
                ? "protections.yaml of this installation has the protection '" + protection + "' for none of its kinds"
                : "protections.yaml of this installation has no protection '" + protection + "'";
        return Optional.of(new LoadProblem(0, "not used here: " + why));
    }

    /** Returns the file without the kinds and controls that do not exist here. */
    Node.Mapping fitted(Node.Mapping file) {
        Map<String, Node> entries = new LinkedHashMap<>(file.entries());
        if (entries.get("appliesTo") instanceof Node.Mapping scope
                && scope.entries().get("kinds") instanceof Node.Sequence written) {
            List<Node> kinds = kinds(file, text(file, "protection")).stream()
                    .map(kind -> (Node) new Node.Scalar(written.line(), Node.Scalar.Kind.TEXT, kind))
                    .toList();
            entries.put("appliesTo", with(scope, "kinds", new Node.Sequence(written.line(), kinds)));
        }
        if (entries.get("mappings") instanceof Node.Mapping mappings) {
            Node.Mapping left = mappings;
            for (Map.Entry<String, Node> mapping : mappings.entries().entrySet()) {
                Framework framework = vocabulary.frameworks().get(mapping.getKey());
                if (framework != null && mapping.getValue() instanceof Node.Sequence controls) {
                    List<Node> known = controls.items().stream()
                            .filter(item -> framework.controls().containsKey(control(item)))
                            .toList();
                    left = with(left, mapping.getKey(), new Node.Sequence(controls.line(), known));
                }
            }
            entries.put("mappings", left);
        }
        return new Node.Mapping(file.line(), entries, file.keyLines());
    }

    /** Keeps a pattern if every kind it covers can have the protection, else lists those that can. */
    private List<String> kinds(Node.Mapping file, String protection) {
        Set<String> kept = new LinkedHashSet<>();
        for (String pattern : written(file)) {
            List<String> covered = protections.kinds().stream()
                    .filter(kind -> Protections.matches(pattern, kind))
                    .toList();
            List<String> able = covered.stream()
                    .filter(kind -> protections.available(kind).contains(protection))
                    .toList();
            if (!able.isEmpty() && able.equals(covered)) {
                kept.add(pattern);
            } else {
                kept.addAll(able);
            }
        }
        return List.copyOf(kept);
    }

    private static List<String> written(Node.Mapping file) {
        List<String> kinds = new ArrayList<>();
        if (file.entries().get("appliesTo") instanceof Node.Mapping scope
                && scope.entries().get("kinds") instanceof Node.Sequence list) {
            list.items().forEach(item -> kinds.add(item instanceof Node.Scalar scalar ? scalar.text() : ""));
        }
        return kinds;
    }

    private static String control(Node item) {
        return item instanceof Node.Mapping guarded
                ? text(guarded, "control")
                : item instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    private static String text(Node.Mapping map, String key) {
        return map.entries().get(key) instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    private static Node.Mapping with(Node.Mapping map, String key, Node value) {
        Map<String, Node> entries = new LinkedHashMap<>(map.entries());
        entries.put(key, value);
        return new Node.Mapping(map.line(), entries, map.keyLines());
    }
}
