package dev.ronde.catalogue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.ronde.catalogue.cel.RegexSize;
import dev.ronde.platform.document.DocumentException;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code params}; a default that breaks its own bounds is refused. */
final class ParamReader {
    /** As a list's default: the ports of {@code sensitive-ports.yaml}, the operator's own if there is one. */
    private static final String SENSITIVE_PORTS = "sensitive-ports";

    private ParamReader() {}

    static Map<String, Param> read(Fields file, Vocabulary vocabulary) {
        Map<String, Param> params = new LinkedHashMap<>();
        file.child("params")
                .ifPresent(children -> children.all().forEach((name, node) -> {
                    if (!name.matches("[a-zA-Z][a-zA-Z0-9]{0,63}")) {
                        children.problem(name, "'" + name + "' cannot be the name of a parameter");
                    }
                    children.child(name, node).ifPresent(child -> params.put(name, param(name, child, vocabulary)));
                }));
        return params;
    }

    private static Param param(String name, Fields child, Vocabulary vocabulary) {
        child.require("type");
        child.require("default");
        Param.Type type =
                child.word("type", Param.Type.values(), Param.Type::word).orElse(Param.Type.BOOL);
        Object standard = type == Param.Type.LIST_STRING && names(child, SENSITIVE_PORTS)
                ? vocabulary.sensitivePorts()
                : plain(child, "default", type).orElse(false);
        boolean addOnly = child.text("merge")
                .filter(merge -> {
                    if (!merge.equals("add-only")) {
                        child.problem("merge", "'merge' can only be add-only");
                    }
                    return true;
                })
                .isPresent();
        Param param = new Param(
                type,
                standard,
                bound(child, "min", type),
                bound(child, "max", type),
                pattern(child, type),
                child.word("format", Param.Format.values(), Param.Format::word).orElse(null),
                child.whole("maxItems").orElse(null),
                list(child, "allowed", type),
                list(child, "atLeast", type),
                addOnly);
        for (String field : List.of("format", "maxItems")) {
            if (child.has(field) && type != Param.Type.LIST_STRING) {
                child.problem(field, "'" + field + "' is for lists of texts");
            }
        }
        child.noOthers();
        if (child.faults().isEmpty()) {
            param.outOfBounds(standard).ifPresent(bound -> child.problem("default", "'" + name + "' " + bound.told()));
        }
        return param;
    }

    private static boolean names(Fields child, String word) {
        return child.node("default")
                .filter(node -> node instanceof Node.Scalar scalar && word.equals(scalar.text()))
                .isPresent();
    }

    private static @Nullable Object bound(Fields child, String name, Param.Type type) {
        return plain(child, name, type).orElse(null);
    }

    private static Optional<Object> plain(Fields child, String name, Param.Type type) {
        return child.node(name).flatMap(node -> {
            try {
                Optional<Object> converted = type.convert(node.plain());
                if (converted.isEmpty()) {
                    child.problem(name, "'" + name + "' must be of type " + type.word());
                }
                return converted;
            } catch (DocumentException e) {
                child.faults().add(e.fault());
                return Optional.empty();
            }
        });
    }

    private static @Nullable Pattern pattern(Fields child, Param.Type type) {
        return child.text("pattern")
                .map(text -> {
                    if (type != Param.Type.STRING && type != Param.Type.LIST_STRING) {
                        child.problem("pattern", "'pattern' is for texts and lists of texts");
                    }
                    Optional<String> large = RegexSize.problem(text);
                    if (large.isPresent()) {
                        child.problem("pattern", "'pattern' " + large.get());
                        return null;
                    }
                    try {
                        return Pattern.compile(text);
                    } catch (PatternSyntaxException e) {
                        child.problem("pattern", "'pattern' is not a regular expression: " + e.getMessage());
                        return null;
                    }
                })
                .orElse(null);
    }

    /** Entries of {@code allowed} and {@code atLeast} have the parameter's type, or a list's entry type. */
    private static List<Object> list(Fields child, String name, Param.Type type) {
        Param.Type listType = switch (type) {
            case INT, LIST_INT -> Param.Type.LIST_INT;
            default -> Param.Type.LIST_STRING;
        };
        return plain(child, name, listType)
                .map(value -> List.<Object>copyOf((List<?>) value))
                .orElse(List.of());
    }
}
