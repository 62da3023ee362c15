package dev.ronde.platform.http;

import dev.ronde.platform.Lazy;
import dev.ronde.platform.resource.Overlay;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The API's description, written by hand per feature in {@code openapi/<feature>.yaml} and merged; what it declares is enforced. Read when
 * the API is first used.
 */
public final class OpenApi implements Routes {
    private static final Lazy<YAMLMapper> YAML = Lazy.of(YAMLMapper::new);

    private static final Lazy<Description> DESCRIPTION = Lazy.of(OpenApi::describe);

    private final String version;
    private final Set<String> absent;

    public OpenApi(String version) {
        this(version, Set.of());
    }

    /** The description of a server that does not serve some paths, such as {@code /test/clock}: it does not name them. */
    public OpenApi(String version, Set<String> absent) {
        this.version = version;
        this.absent = absent;
    }

    @Override
    public void register(Router router) {
        router.get(
                "/api/openapi.yaml",
                Access.ANYONE,
                context ->
                        context.contentType("application/yaml; charset=utf-8").result(yaml()));
    }

    /** What one operation declares. */
    public record Operation(List<String> queryParameters, boolean takesBody) {}

    private record Description(ObjectNode document, Map<String, Operation> operations) {}

    private static Description describe() {
        Overlay files = Overlay.of("openapi", null);
        ObjectNode document =
                (ObjectNode) YAML.get().readTree(files.text("base.yaml").orElseThrow());
        for (String file : files.list("", ".yaml")) {
            if (!file.equals("base.yaml")) {
                merge(document, file, YAML.get().readTree(files.text(file).orElseThrow()));
            }
        }
        Map<String, Operation> operations = new LinkedHashMap<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        JsonNode declared = operation.getValue();
                        operations.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " /api/v1" + path.getKey(),
                                new Operation(
                                        queryNames(document, path.getValue(), declared), declared.has("requestBody")));
                    }
                }));
        return new Description(document, operations);
    }

    private static void merge(ObjectNode document, String file, JsonNode part) {
        for (String section : List.of("paths", "schemas")) {
            ObjectNode target = section.equals("paths")
                    ? (ObjectNode) document.get("paths")
                    : (ObjectNode) document.get("components").get("schemas");
            if (part.get(section) != null) {
                part.get(section).properties().forEach(entry -> {
                    if (target.has(entry.getKey())) {
                        throw new IllegalStateException("openapi/" + file + " repeats " + entry.getKey());
                    }
                    target.set(entry.getKey(), entry.getValue());
                });
            }
        }
    }

    private static List<String> queryNames(JsonNode document, JsonNode path, JsonNode operation) {
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode owner : List.of(path, operation)) {
            if (owner.get("parameters") != null) {
                owner.get("parameters").forEach(parameter -> {
                    JsonNode resolved = resolve(document, parameter);
                    if (resolved.path("in").asString("").equals("query")) {
                        names.add(resolved.path("name").asString(""));
                    }
                });
            }
        }
        return List.copyOf(names);
    }

    private static JsonNode resolve(JsonNode document, JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    /** The operations that are described, by names such as {@code GET /api/v1/assets}; also of paths that this server does not serve. */
    public Map<String, Operation> operations() {
        return DESCRIPTION.get().operations();
    }

    public String yaml() {
        ObjectNode document = DESCRIPTION.get().document().deepCopy();
        ((ObjectNode) document.get("info")).put("version", version);
        ((ObjectNode) document.get("paths")).remove(absent);
        return YAML.get().writeValueAsString(document);
    }
}
