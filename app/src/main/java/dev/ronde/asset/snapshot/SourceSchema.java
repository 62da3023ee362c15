package dev.ronde.asset.snapshot;

import dev.ronde.platform.document.WholeCharacters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * One file of {@code checks/sources}: the allow-list, the names and the directions of a snapshot source.
 *
 * @param source name of the source, which is the name of the file
 * @param canon version of the canonical form; digests of different versions are never compared
 * @param push commands that print the document and push it, REF standing for the asset; null where nobody wrote one
 * @param oneOf fields of which a document has one at least; null where it need not
 * @param whole whether a list of objects that is not named makes every judgement an error: it may be rules
 * @param bounds how large a document may be; null for what is usual
 * @param array field that a document which is an array stands for; null where documents are objects only
 */
record SourceSchema(
        String source,
        int canon,
        String title,
        @Nullable String titleFr,
        @Nullable String array,
        @Nullable List<String> oneOf,
        boolean whole,
        @Nullable Bounds bounds,
        Map<String, SettingSpec> fields,
        @Nullable List<String> push) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    SourceSchema {
        List<String> wrong = new ArrayList<>();
        fields.forEach((name, spec) -> check(name, spec, fields, wrong));
        checkAlternatives(source, oneOf == null ? List.of() : oneOf, fields, wrong);
        if (array != null && (fields.get(array) == null || fields.get(array).kind() == SettingSpec.Type.OBJECT)) {
            wrong.add("array names no set or list");
        }
        if (bounds != null && (bounds.depth() < 1 || bounds.list() < 1 || bounds.characters() < 1)) {
            wrong.add("bounds names depth, list and characters, each a number from 1");
        }
        if (canon < 1) {
            wrong.add("canon is a number from 1");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(source + ": " + String.join("; ", wrong));
        }
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with it
     */
    static SourceSchema read(String source, byte[] yaml) {
        SourceSchema schema;
        try {
            schema = YAML.treeToValue(
                    Shapes.expand(YAML.readTree(new WholeCharacters(new String(yaml, StandardCharsets.UTF_8)))),
                    SourceSchema.class);
        } catch (JacksonException | IllegalArgumentException broken) {
            throw new IllegalArgumentException(source + ": " + broken.getMessage(), broken);
        }
        if (!schema.source().equals(source)) {
            throw new IllegalArgumentException(source + ": the file says source: " + schema.source());
        }
        return schema;
    }

    SettingSpec root() {
        return new SettingSpec(
                SettingSpec.Type.OBJECT,
                fields,
                null,
                null,
                title,
                titleFr,
                null,
                null,
                null,
                null,
                null,
                false,
                false,
                false,
                true,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                array,
                oneOf,
                false,
                whole,
                false);
    }

    Bounds within() {
        return bounds == null ? Bounds.USUAL : bounds;
    }

    String titleIn(Locale locale) {
        return root().titleOr(locale, source);
    }

    private static void check(String path, SettingSpec spec, Map<String, SettingSpec> siblings, List<String> wrong) {
        if (spec.ignore()) {
            return;
        }
        boolean array = spec.kind() == SettingSpec.Type.SET || spec.kind() == SettingSpec.Type.LIST;
        if (array != (spec.items() != null)) {
            wrong.add(path + ": exactly sets and lists have items");
        }
        if ((spec.kind() == SettingSpec.Type.OBJECT) == (spec.fields() == null)) {
            wrong.add(path + ": exactly objects have fields");
        }
        if (spec.address() && spec.kind() != SettingSpec.Type.STRING) {
            wrong.add(path + ": only texts are addresses");
        }
        if (spec.strict() && spec.kind() != SettingSpec.Type.OBJECT) {
            wrong.add(path + ": only objects can be strict");
        }
        if (spec.whole() && spec.kind() != SettingSpec.Type.OBJECT) {
            wrong.add(path + ": only objects can be whole");
        }
        if (spec.flattened() && spec.kind() != SettingSpec.Type.OBJECT) {
            wrong.add(path + ": only objects can be flattened");
        }
        if (spec.arrayIn() != null && !array) {
            wrong.add(path + ": only sets and lists have array_in");
        }
        String into = spec.into();
        if (into != null && (siblings.get(into) == null || siblings.get(into).kind() != SettingSpec.Type.SET)) {
            wrong.add(path + ": into names no set beside it");
        }
        SettingSpec items = spec.items();
        if (items != null) {
            for (String key : spec.keys()) {
                if (!items.children().containsKey(key)) {
                    wrong.add(path + ": key " + key + " is no field of its items");
                }
            }
            check(path + "[]", items, Map.of(), wrong);
        }
        checkAlternatives(path, spec.alternatives(), spec.children(), wrong);
        spec.children().forEach((name, child) -> check(path + "." + name, child, spec.children(), wrong));
    }

    private static void checkAlternatives(
            String path, List<String> alternatives, Map<String, SettingSpec> fields, List<String> wrong) {
        for (String name : alternatives) {
            boolean flat = fields.values().stream()
                    .anyMatch(child -> child.flattened() && child.children().containsKey(name));
            if (!fields.containsKey(name) && !flat) {
                wrong.add(path + ": one_of names " + name + ", which is no field");
            }
        }
    }
}
