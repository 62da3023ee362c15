package dev.ronde.catalogue;

import dev.ronde.platform.problem.DidYouMean;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the fields of one map and collects every problem with its line. A value that is wrong or missing yields a harmless
 * default, so that reading goes on and the author sees all problems at once; nothing read with problems is ever used.
 */
final class Fields {
    private final YamlNode.Mapping mapping;
    private final List<LoadProblem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(YamlNode.Mapping mapping, List<LoadProblem> problems) {
        this.mapping = mapping;
        this.problems = problems;
    }

    int line() {
        return mapping.line();
    }

    int line(String name) {
        return mapping.keyLines().getOrDefault(name, mapping.line());
    }

    boolean has(String name) {
        return mapping.entries().containsKey(name);
    }

    void problem(int line, String message) {
        problems.add(new LoadProblem(line, message));
    }

    void problem(String name, String message) {
        problem(line(name), message);
    }

    List<LoadProblem> problems() {
        return problems;
    }

    void noOthers() {
        mapping.keyLines().forEach((name, line) -> {
            if (!known.contains(name)) {
                String meant = DidYouMean.question(name, known);
                problem(
                        line,
                        "unknown key '" + name + "'"
                                + (meant.isEmpty() ? "; allowed here: " + String.join(", ", known) : meant));
            }
        });
    }

    Optional<YamlNode> node(String name) {
        known.add(name);
        return Optional.ofNullable(mapping.entries().get(name));
    }

    /** All keys with their nodes, for maps whose keys are names chosen by the author. */
    Map<String, YamlNode> all() {
        known.addAll(mapping.entries().keySet());
        return mapping.entries();
    }

    Optional<String> text(String name) {
        return node(name)
                .flatMap(node -> scalar(name, node, YamlNode.Scalar.Kind.TEXT, "a text"))
                .map(YamlNode.Scalar::text)
                .map(String::strip)
                .filter(text -> {
                    if (text.isEmpty()) {
                        problem(name, "'" + name + "' is empty");
                    }
                    return !text.isEmpty();
                });
    }

    String requiredText(String name) {
        require(name);
        return text(name).orElse("");
    }

    Optional<Long> whole(String name) {
        return node(name)
                .flatMap(node -> scalar(name, node, YamlNode.Scalar.Kind.WHOLE, "a whole number"))
                .map(scalar -> {
                    try {
                        return Long.valueOf(scalar.text());
                    } catch (NumberFormatException e) {
                        problem(scalar.line(), "'" + name + "' is too large a number");
                        return 0L;
                    }
                });
    }

    Optional<Boolean> truth(String name) {
        return node(name)
                .flatMap(node -> scalar(name, node, YamlNode.Scalar.Kind.TRUTH, "true or false"))
                .map(scalar -> Boolean.valueOf(scalar.text()));
    }

    Optional<Duration> duration(String name) {
        return text(name).map(text -> {
            try {
                Duration duration = Duration.parse(text);
                if (duration.isNegative() || duration.isZero()) {
                    problem(name, "'" + name + "' must be longer than nothing");
                }
                return duration;
            } catch (DateTimeException e) {
                problem(
                        name,
                        "'" + name + "' must be a duration such as PT1H or P7D, not '" + text + "'"
                                + Spans.meant(text)
                                        .map(meant -> "; did you mean '" + meant + "'?")
                                        .orElse(""));
                return Duration.ofSeconds(1);
            }
        });
    }

    Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                problem(name, "'" + name + "' must be a time such as 2026-01-31T00:00:00Z");
                return Instant.EPOCH;
            }
        });
    }

    <T> Optional<T> word(String name, Function<String, Optional<T>> find, List<String> words) {
        return text(name).flatMap(text -> {
            Optional<T> found = find.apply(text);
            if (found.isEmpty()) {
                problem(
                        name,
                        "'" + text + "' is not a valid " + name + "; one of " + String.join(", ", words)
                                + DidYouMean.question(text, words));
            }
            return found;
        });
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (YamlNode item : items(name)) {
            scalar(name, item, YamlNode.Scalar.Kind.TEXT, "a list of texts")
                    .map(YamlNode.Scalar::text)
                    .ifPresent(texts::add);
        }
        return texts;
    }

    List<YamlNode> items(String name) {
        Optional<YamlNode> node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        problem(name, "'" + name + "' must be a list");
        return List.of();
    }

    Optional<Fields> child(String name) {
        return node(name).flatMap(node -> child(name, node));
    }

    Optional<Fields> child(String name, YamlNode node) {
        if (node instanceof YamlNode.Mapping child) {
            return Optional.of(new Fields(child, problems));
        }
        problem(node.line(), "'" + name + "' must be a map");
        return Optional.empty();
    }

    List<Fields> children(String name) {
        List<Fields> children = new ArrayList<>();
        items(name).forEach(item -> child(name, item).ifPresent(children::add));
        return children;
    }

    void require(String name) {
        known.add(name);
        if (!has(name)) {
            problem(line(), "required key '" + name + "' is missing");
        }
    }

    private Optional<YamlNode.Scalar> scalar(String name, YamlNode node, YamlNode.Scalar.Kind kind, String expected) {
        if (node instanceof YamlNode.Scalar scalar && scalar.kind() == kind) {
            return Optional.of(scalar);
        }
        String hint = node instanceof YamlNode.Scalar scalar && kind == YamlNode.Scalar.Kind.TEXT
                ? "; put '" + scalar.text() + "' in quotes"
                : "";
        problem(node.line(), "'" + name + "' must be " + expected + hint);
        return Optional.empty();
    }
}
