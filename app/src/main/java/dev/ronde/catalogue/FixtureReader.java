package dev.ronde.catalogue;

import dev.ronde.platform.document.DocumentException;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code tests}; whether they pass and cover enough is for {@link CheckTester}. */
final class FixtureReader {
    private FixtureReader() {}

    static List<CheckDefinition.Fixture> read(Fields file, Map<String, Param> params) {
        List<CheckDefinition.Fixture> fixtures = new ArrayList<>();
        Set<String> names = new HashSet<>();
        file.require("tests");
        List<String> known = written(file);
        for (Fields child : file.children("tests")) {
            CheckDefinition.Fixture fixture = fixture(child, known, params);
            if (!names.add(fixture.name())) {
                child.problem("name", "two tests are named '" + fixture.name() + "'");
            }
            fixtures.add(fixture);
        }
        return fixtures;
    }

    /** Includes assertions that do not compile: they are reported once, not by every test that expects them. */
    private static List<String> written(Fields file) {
        List<Node> items = file.node("assert").orElse(null) instanceof Node.Sequence list ? list.items() : List.of();
        return items.stream()
                .filter(Node.Mapping.class::isInstance)
                .map(item -> ((Node.Mapping) item).entries().get("id"))
                .filter(Node.Scalar.class::isInstance)
                .map(id -> ((Node.Scalar) id).text())
                .toList();
    }

    private static CheckDefinition.Fixture fixture(Fields child, List<String> known, Map<String, Param> params) {
        String name = child.requiredText("name");
        child.require("expect");
        child.require("facts");
        Outcome expect = child.word("expect", Outcome.values(), Outcome::code).orElse(Outcome.ERROR);
        List<String> failed = child.has("failed") ? child.texts("failed") : null;
        if (failed != null) {
            child.known("failed", "no assertion", failed, known);
        }
        @Nullable String reason = child.text("reason").orElse(null);
        Map<String, Object> overrides = params(child, params);
        CheckDefinition.Fixture fixture = new CheckDefinition.Fixture(
                name,
                expect,
                failed,
                reason,
                map(child, "facts"),
                overrides,
                map(child, "asset"),
                child.instant("now").orElse(null),
                child.texts("mustNotStore"));
        child.noOthers();
        return fixture;
    }

    private static Map<String, Object> params(Fields child, Map<String, Param> params) {
        Map<String, Object> overrides = new LinkedHashMap<>();
        Map<String, Object> written = map(child, "params");
        for (String name : child.known("params", "no parameter", written.keySet(), params.keySet())) {
            Param.Type type = Objects.requireNonNull(params.get(name)).type();
            type.convert(Objects.requireNonNull(written.get(name)))
                    .ifPresentOrElse(
                            value -> overrides.put(name, value),
                            () -> child.problem("params", "'" + name + "' must be of type " + type.word()));
        }
        return overrides;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Fields child, String name) {
        return child.node(name)
                .map(node -> {
                    try {
                        return node.plain() instanceof Map<?, ?> map
                                ? (Map<String, Object>) map
                                : Map.<String, Object>of();
                    } catch (DocumentException e) {
                        child.faults().add(e.fault());
                        return Map.<String, Object>of();
                    }
                })
                .orElse(Map.of());
    }
}
