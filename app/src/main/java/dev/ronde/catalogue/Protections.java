package dev.ronde.catalogue;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The vocabulary of {@code checks/protections.yaml}: asset kinds, and the protections an asset of each kind can have. */
public record Protections(Map<String, Map<String, String>> titles, Map<String, List<String>> available) {
    public Set<String> kinds() {
        return available.keySet();
    }

    public Set<String> keys() {
        return titles.keySet();
    }

    /** Returns the protections an asset of this kind can have; empty for an unknown kind. */
    public List<String> available(String kind) {
        return available.getOrDefault(kind, List.of());
    }

    /** Returns the name of a protection in the language, in English where there is no translation, the key where there is none. */
    public String title(String key, Locale locale) {
        Map<String, String> byLanguage = titles.getOrDefault(key, Map.of());
        return Optional.ofNullable(byLanguage.get(locale.getLanguage())).orElse(byLanguage.getOrDefault("en", key));
    }

    /** Returns the patterns of which every kind can have the protection; of each other one the kinds that can. */
    List<String> able(List<String> patterns, String protection) {
        Set<String> able = new LinkedHashSet<>();
        for (String pattern : patterns) {
            List<String> covered =
                    kinds().stream().filter(kind -> matches(pattern, kind)).toList();
            List<String> with = covered.stream()
                    .filter(kind -> available(kind).contains(protection))
                    .toList();
            able.addAll(with.equals(covered) && !with.isEmpty() ? List.of(pattern) : with);
        }
        return List.copyOf(able);
    }

    /** Returns whether {@code pattern}, a kind or a prefix such as {@code host.*}, covers the kind. */
    public static boolean matches(String pattern, String kind) {
        return pattern.endsWith(".*")
                ? kind.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(kind);
    }

    static Protections read(Node.Mapping file, List<Fault> problems) {
        Fields fields = new Fields(file, problems);
        Map<String, Map<String, String>> titles = new LinkedHashMap<>();
        Map<String, List<String>> available = new LinkedHashMap<>();
        fields.require("protections");
        fields.require("kinds");
        fields.child("protections")
                .ifPresent(protections -> protections
                        .all()
                        .forEach((key, node) -> protections.child(key, node).ifPresent(child -> {
                            titles.put(key, Map.of("en", child.requiredText("en"), "fr", child.requiredText("fr")));
                            child.noOthers();
                        })));
        fields.child("kinds")
                .ifPresent(kinds -> kinds.all().keySet().forEach(kind -> {
                    List<String> keys = kinds.texts(kind);
                    kinds.known(kind, "unknown protection", keys, titles.keySet());
                    available.put(kind, List.copyOf(keys));
                }));
        fields.noOthers();
        return new Protections(titles, available);
    }
}
