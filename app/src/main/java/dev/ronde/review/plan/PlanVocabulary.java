package dev.ronde.review.plan;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.Framework;
import dev.ronde.catalogue.Protections;
import dev.ronde.platform.document.Reason;
import dev.ronde.platform.text.TextFault;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The words and texts a plan may use: kinds and protections of {@code checks/protections.yaml}, controls of the framework files and of frameworks
 * without one. An empty vocabulary knows nothing and takes any word: what is stored stays readable whatever becomes of the files.
 */
public record PlanVocabulary(Set<String> protections, Set<String> kinds, Map<String, Framework> frameworks) {

    public static final PlanVocabulary ANY = new PlanVocabulary(Set.of(), Set.of(), Map.of());

    public PlanVocabulary {
        protections = Set.copyOf(protections);
        kinds = Set.copyOf(kinds);
        frameworks = Map.copyOf(frameworks);
    }

    public static PlanVocabulary of(Catalogue catalogue) {
        Protections protections = catalogue.protections();
        return new PlanVocabulary(protections.keys(), protections.kinds(), catalogue.frameworks());
    }

    String id(String text) {
        if (!text.equals("new") || equals(ANY)) {
            return text;
        }
        throw Reason.of("reserved_id", "'" + text + "' is the name of a page; write another id", text)
                .refusal();
    }

    String line(String text) {
        return honest(text, TextFault.inLine(text));
    }

    String lines(String text) {
        return honest(text, TextFault.inLines(text));
    }

    private String honest(String text, Optional<TextFault> fault) {
        if (fault.isEmpty() || equals(ANY)) {
            return text;
        }
        throw Reason.of(fault.get().code(), fault.get().english(), fault.get().character())
                .refusal();
    }

    String protection(String text) {
        if (taken(protections, text)) {
            return text;
        }
        throw Reason.of("no_protection", "there is no protection '" + text + "'", text)
                .meaning(text, protections)
                .refusal();
    }

    /** A kind that is known, or a prefix that at least one known kind has. */
    String kind(String text) {
        if (text.equals("*")
                || taken(kinds, text)
                || kinds.stream().anyMatch(kind -> Protections.matches(text, kind))) {
            return text;
        }
        if (text.endsWith(".*")) {
            Set<String> prefixes = kinds.stream()
                    .flatMap(kind -> prefixes(kind).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            throw Reason.of("no_kinds", "no kind of asset fits '" + text + "'", text)
                    .meaning(text, prefixes)
                    .refusal();
        }
        throw Reason.of("no_kind", "there is no kind of asset '" + text + "'", text)
                .meaning(text, kinds)
                .refusal();
    }

    private static Collection<String> prefixes(String kind) {
        Set<String> prefixes = new LinkedHashSet<>();
        for (int dot = kind.indexOf('.'); dot > 0; dot = kind.indexOf('.', dot + 1)) {
            prefixes.add(kind.substring(0, dot) + ".*");
        }
        return prefixes;
    }

    /** Accepts any control of a framework without a file, because its controls are not known. */
    String control(String text) {
        if (frameworks.isEmpty()) {
            return text;
        }
        String[] parts = text.split(":", 2);
        Optional<Framework> framework = Optional.ofNullable(frameworks.get(parts[0]));
        if (framework.isPresent() && !framework.get().has(parts[1])) {
            List<String> controls =
                    framework.get().controls().keySet().stream().sorted().toList();
            throw Reason.of(
                            "no_control",
                            "framework " + parts[0] + " has no control '" + parts[1] + "'",
                            parts[0],
                            parts[1])
                    .meaning(parts[1], controls)
                    .refusal();
        }
        return text;
    }

    /** The frameworks a plan names and that have no file, so that a typing error in them shows nowhere else. */
    public Set<String> unknownFrameworks(PlanDefinition plan) {
        return frameworks.isEmpty()
                ? Set.of()
                : plan.frameworks().stream()
                        .map(control -> control.split(":", 2)[0])
                        .filter(framework -> !frameworks.containsKey(framework))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean taken(Set<String> known, String text) {
        return known.isEmpty() || known.contains(text);
    }
}
