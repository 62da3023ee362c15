package dev.ronde.review.plan;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.yaml.YamlNode;
import dev.ronde.platform.yaml.YamlNode.Mapping;
import dev.ronde.platform.yaml.YamlNode.Scalar;
import dev.ronde.platform.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one mapping, collecting every fault instead of stopping at the first. */
final class FieldReader {

    private final Mapping mapping;
    private final String pointer;
    private final List<PlanFault> faults;

    private FieldReader(Mapping mapping, String pointer, List<PlanFault> faults) {
        this.mapping = mapping;
        this.pointer = pointer;
        this.faults = faults;
    }

    /** Empty, with a fault, if the node is not a mapping; unknown keys are faults too. */
    static Optional<FieldReader> over(YamlNode node, String pointer, List<PlanFault> faults, String... known) {
        if (!(node instanceof Mapping mapping)) {
            String keys = String.join(", ", known);
            Reason reason = Reason.of("not_a_mapping", "write keys and values here: " + keys, keys);
            faults.add(new PlanFault(node.line(), pointer, "not_a_mapping", reason));
            return Optional.empty();
        }
        mapping.fields().forEach((name, field) -> {
            if (!List.of(known).contains(name)) {
                String keys = String.join(", ", known);
                Reason reason = Reason.of(
                                Problem.UNKNOWN_FIELD, "unknown key '" + name + "'; known keys: " + keys, name, keys)
                        .meaning(name, List.of(known));
                faults.add(new PlanFault(field.line(), pointer + "/" + name, Problem.UNKNOWN_FIELD, reason));
            }
        });
        return Optional.of(new FieldReader(mapping, pointer, faults));
    }

    boolean has(String name) {
        return mapping.fields().containsKey(name);
    }

    Optional<YamlNode> node(String name) {
        return Optional.ofNullable(mapping.fields().get(name));
    }

    String pointer(String name) {
        return pointer + "/" + name;
    }

    void fault(String name, String code, Reason reason) {
        faults.add(new PlanFault(line(name), pointer(name), code, reason));
    }

    void refuse(String name, Reason reason) {
        faults.add(new PlanFault(line(name), pointer(name), "bad_value", name, reason));
    }

    void require(String name, String example) {
        String english = "'" + name + "' is required, for example " + name + ": " + example;
        fault(name, "required", Reason.of("required", english, name, example));
    }

    private int line(String name) {
        YamlNode node = mapping.fields().get(name);
        return node == null ? mapping.line() : node.line();
    }

    /** A missing required scalar is a fault that shows the example. */
    Optional<String> text(String name, @Nullable String exampleIfRequired) {
        YamlNode node = mapping.fields().get(name);
        if (node == null) {
            if (exampleIfRequired != null) {
                require(name, exampleIfRequired);
            }
            return Optional.empty();
        }
        if (node instanceof Scalar scalar && !scalar.text().isBlank()) {
            return Optional.of(scalar.text().strip());
        }
        String english = "'" + name + "' must be a single value that is not empty";
        fault(name, "not_a_text", Reason.of("not_a_text", english, name));
        return Optional.empty();
    }

    /** A value that the parser refuses is a fault with the parser's message. */
    <T> Optional<T> parsed(String name, @Nullable String exampleIfRequired, Function<String, T> parser) {
        return text(name, exampleIfRequired).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (Reason.Refusal refused) {
                refuse(name, refused.reason());
                return Optional.empty();
            }
        });
    }

    /** Empty if absent. */
    List<String> words(String name, Function<String, String> check) {
        YamlNode node = mapping.fields().get(name);
        List<String> words = new ArrayList<>();
        if (node == null) {
            return words;
        }
        if (!(node instanceof Sequence sequence)) {
            String english = "'" + name + "' must be a list, for example " + name + ": [a, b]";
            fault(name, "not_a_list", Reason.of("not_a_list", english, name));
            return words;
        }
        for (int index = 0; index < sequence.items().size(); index++) {
            YamlNode item = sequence.items().get(index);
            String at = pointer(name) + "/" + index;
            try {
                if (!(item instanceof Scalar scalar) || scalar.text().isBlank()) {
                    throw Reason.of("one_word", "each entry must be one word").refusal();
                }
                words.add(check.apply(scalar.text().strip()));
            } catch (Reason.Refusal refused) {
                faults.add(new PlanFault(item.line(), at, "bad_value", name, refused.reason()));
            }
        }
        return words;
    }
}
