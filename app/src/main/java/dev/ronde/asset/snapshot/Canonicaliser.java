package dev.ronde.asset.snapshot;

import dev.ronde.evidence.redact.Redactor;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Brings one pushed document into the canonical form of its source ({@code reviews.md} §4, {@code checks.md} Safety 9). */
final class Canonicaliser {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long EXACT = (1L << 53) - 1;
    private static final int MOST_ERRORS = 50;
    private static final int MOST_DROPPED = 100;
    private static final Redactor REDACTOR = Redactor.standard();

    private final SourceSchema schema;
    private final SecretHash secrets;
    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private final Unread.Gathered unread = new Unread.Gathered();
    private final SentPointers sent = new SentPointers();
    /** The rule being read, which must not lose a field; null outside rules. */
    private @Nullable String rule;

    private int characters;

    private Canonicaliser(SourceSchema schema, byte[] secretKey) {
        this.schema = schema;
        this.secrets = new SecretHash(secretKey);
    }

    /**
     * Returns the canonical form.
     *
     * @param secretKey key of the hash that stands for secret values
     * @throws Problem 422 with a pointer for each place that does not fit the source
     */
    static Canonical canonicalise(SourceSchema schema, JsonNode document, byte[] secretKey) {
        schema.within().require(schema.source(), document);
        Canonicaliser work = new Canonicaliser(schema, secretKey);
        String array = schema.array();
        JsonNode whole = document;
        if (array != null && document.isArray()) {
            whole = NODES.objectNode().set(array, document);
            work.sent.whole("/" + array);
        }
        JsonNode content = work.object(schema.root(), whole, "", "");
        if (!work.errors.isEmpty()) {
            throw Problem.invalid(work.errors);
        }
        ObjectNode kept = content instanceof ObjectNode object ? object : NODES.objectNode();
        work.unread.keepIn(kept);
        return Canonical.of(kept, List.copyOf(work.dropped));
    }

    private @Nullable JsonNode value(SettingSpec spec, JsonNode value, String pointer, String path) {
        if (spec.ignore() || value.isNull()) {
            return null;
        }
        return switch (spec.kind()) {
            case STRING -> text(spec, value, pointer, path);
            case BOOLEAN -> value.isBoolean() ? value : wrong(pointer, "true or false");
            case INTEGER -> integer(value, pointer);
            case OBJECT -> object(spec, value, pointer, path);
            case SET, LIST -> array(spec, value, pointer, path);
        };
    }

    private @Nullable JsonNode text(SettingSpec spec, JsonNode value, String pointer, String path) {
        if (!value.isString()) {
            return wrong(pointer, "a text");
        }
        characters += value.stringValue().length();
        if (characters > schema.within().characters()) {
            throw schema.within().tooMuchText(schema.source(), sent.of(pointer));
        }
        String text = Normalizer.normalize(value.stringValue(), Normalizer.Form.NFC);
        if (text.codePoints().anyMatch(Canonicaliser::unstorable)) {
            return error(pointer, "control_character", "Write plain text: a control character cannot be stored.");
        }
        if (spec.folded()) {
            text = text.toLowerCase(Locale.ROOT);
        }
        if (text.isEmpty() && spec.blankIsAbsent()) {
            return null;
        }
        if (spec.address()) {
            Optional<String> address = OneSpelling.of(text);
            if (address.isEmpty()) {
                return error(pointer, "no_address", "Write an IP address here, such as 0.0.0.0, ::1 or 192.0.2.7.");
            }
            text = address.get();
        }
        List<String> allowed = spec.allowed();
        if (allowed != null && !allowed.contains(text)) {
            return error(pointer, "unknown_word", "Write one of " + String.join(", ", allowed) + ".");
        }
        if (spec.secret()) {
            return NODES.stringNode(secrets.of(path, text));
        }
        return NODES.stringNode(allowed == null ? redacted(path, text) : text);
    }

    /** Adds a piece of the keyed hash, so that a changed value is seen and two values stay two. */
    private String redacted(String path, String text) {
        String kept = REDACTOR.text(text).kept();
        return kept.equals(text) ? text : kept + " #" + secrets.mark(path, text);
    }

    private static boolean unstorable(int point) {
        return (point < 0x20 && point != '\t' && point != '\n' && point != '\r')
                || (point >= 0xD800 && point <= 0xDFFF);
    }

    private @Nullable JsonNode integer(JsonNode value, String pointer) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || Math.abs(value.longValue()) > EXACT) {
            return wrong(pointer, "a whole number of at most 2^53-1");
        }
        return NODES.numberNode(value.longValue());
    }

    private @Nullable JsonNode object(SettingSpec spec, JsonNode value, String pointer, String path) {
        if (!value.isObject()) {
            return wrong(pointer, "an object");
        }
        String around = rule;
        rule = spec.strict() ? ruleAt(value, pointer) : around;
        lookForPages(value);
        JsonNode kept = fields(spec, value, pointer, path);
        rule = around;
        return kept;
    }

    private void lookForPages(JsonNode value) {
        if (rule == null) {
            value.properties().stream()
                    .filter(field -> Unread.continues(field.getKey(), field.getValue()))
                    .forEach(field -> unread.page(printable(field.getKey())));
        }
    }

    private static String ruleAt(JsonNode value, String pointer) {
        String name = Stream.of(value.path("name"), value.path("properties").path("name"), value.path("RuleNumber"))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asString)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
        return printable(
                name.isEmpty() ? place(pointer) : "rule " + REDACTOR.text(name).kept());
    }

    private static String place(String pointer) {
        return Arrays.stream(pointer.substring(1).split("/", -1))
                .map(step -> step.matches("[0-9]{1,6}") ? String.valueOf(Integer.parseInt(step) + 1) : step)
                .collect(Collectors.joining(" "));
    }

    private @Nullable JsonNode fields(SettingSpec spec, JsonNode value, String pointer, String path) {
        Map<String, JsonNode> kept = new TreeMap<>();
        Map<String, ObjectNode> gathered = gathered(spec, value, pointer);
        value.properties().stream()
                .filter(entry -> !gathered.containsKey(entry.getKey()) && !spec.takesBeside(entry.getKey()))
                .forEach(entry -> field(spec, entry, pointer, path, kept));
        gathered.forEach((name, nested) -> field(spec, Map.entry(name, nested), pointer, path, kept));
        spec.children().forEach((name, child) -> {
            if (child.required() && !kept.containsKey(name)) {
                JsonNode sent = value.get(name);
                if (sent == null || sent.isNull()) {
                    error(pointer + "/" + name, "required", "This source needs " + name + " here.");
                }
            }
        });
        requireOne(spec, value, pointer);
        merge(spec, kept);
        return kept.isEmpty() && spec.blankIsAbsent()
                ? null
                : NODES.objectNode().setAll(kept);
    }

    /** A missing list must not pass for an empty one: it may be there under another name. */
    private void requireOne(SettingSpec spec, JsonNode value, String pointer) {
        List<String> alternatives = spec.alternatives();
        if (!alternatives.isEmpty() && alternatives.stream().noneMatch(name -> isThere(spec, value, name))) {
            error(
                    pointer,
                    "required",
                    "This source needs " + String.join(" or ", alternatives)
                            + " here, if only an empty list; push all that the command prints.");
        }
    }

    private static boolean isThere(SettingSpec spec, JsonNode value, String name) {
        return value.hasNonNull(name)
                || spec.children().entrySet().stream()
                        .filter(child -> child.getValue().flattened())
                        .anyMatch(child -> value.path(child.getKey()).hasNonNull(name));
    }

    /** Moves the fields that some tools print beside their object into it. */
    private Map<String, ObjectNode> gathered(SettingSpec spec, JsonNode value, String pointer) {
        Map<String, ObjectNode> gathered = new TreeMap<>();
        spec.children().forEach((name, child) -> {
            JsonNode nested = value.get(name);
            if (child.flattened() && (nested == null || nested.isNull() || nested.isObject())) {
                ObjectNode all = nested instanceof ObjectNode object ? object.deepCopy() : NODES.objectNode();
                sent.beside(pointer + "/" + name, sentBeside(spec, value, child, nested instanceof ObjectNode));
                child.children().keySet().stream()
                        .filter(field -> value.has(field) && spec.takesBeside(field))
                        .forEach(field -> {
                            if (all.has(field)) {
                                error(
                                        pointer + "/" + field,
                                        "said_twice",
                                        "Write " + field + " once, here or in " + name + ".");
                            }
                            all.set(field, value.get(field));
                        });
                if (!all.isEmpty() || nested instanceof ObjectNode) {
                    gathered.put(name, all);
                }
            }
        });
        return gathered;
    }

    private static Set<String> sentBeside(SettingSpec spec, JsonNode value, SettingSpec child, boolean inside) {
        return child.children().keySet().stream()
                .filter(field -> !inside || (value.has(field) && spec.takesBeside(field)))
                .collect(Collectors.toSet());
    }

    private void field(
            SettingSpec spec,
            Map.Entry<String, JsonNode> entry,
            String pointer,
            String path,
            Map<String, JsonNode> kept) {
        String name = entry.getKey();
        SettingSpec child = spec.children().get(name);
        String childPath = path.isEmpty() ? name : path + "." + name;
        String step = Bounds.step(name);
        if (child == null) {
            spec.meantBy(name)
                    .ifPresent(meant -> error(
                            pointer + "/" + step,
                            "misspelt_field",
                            "Write " + meant + ": upper and lower case matter in the names of fields."));
            if (unread.full()) {
                // what is said of a document names so many and no more
            } else if (rule != null && Unread.says(entry.getValue())) {
                unread.field(rule, printable(REDACTOR.text(name).kept()));
            } else if (spec.whole() && Unread.holdsObjects(entry.getValue())) {
                unread.field(
                        pointer.isEmpty() ? "the document" : printable(place(pointer)),
                        printable(REDACTOR.text(name).kept()));
            }
            if (dropped.size() < MOST_DROPPED) {
                dropped.add(printable(childPath));
            }
            return;
        }
        JsonNode canonical = value(child, entry.getValue(), pointer + "/" + step, childPath);
        if (canonical != null) {
            kept.put(name, canonical);
        }
    }

    private void merge(SettingSpec spec, Map<String, JsonNode> kept) {
        spec.children().forEach((name, child) -> {
            String target = child.into();
            JsonNode single = target == null ? null : kept.remove(name);
            if (target == null || single == null) {
                return;
            }
            SettingSpec set = spec.children().get(target);
            ArrayNode all = NODES.arrayNode();
            JsonNode present = kept.get(target);
            if (present instanceof ArrayNode array) {
                array.forEach(all::add);
            }
            Arrays.stream(single.stringValue().split(",", -1))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .map(part ->
                            set != null && set.items() != null && set.items().folded()
                                    ? part.toLowerCase(Locale.ROOT)
                                    : part)
                    .forEach(all::add);
            if (!all.isEmpty()) {
                kept.put(target, sorted(List.of(), all));
            }
        });
    }

    /** A null in a list may be a rule that got lost on the way, so it is refused. */
    private @Nullable JsonNode element(SettingSpec items, JsonNode value, String pointer, String path) {
        return value.isNull() && !items.ignore()
                ? error(pointer, "null_element", "Write the element, or leave it out: null in a list says nothing.")
                : value(items, value, pointer, path);
    }

    private @Nullable JsonNode array(SettingSpec spec, JsonNode given, String pointer, String path) {
        SettingSpec items = spec.items();
        JsonNode listed = spec.arrayIn() == null ? null : given.get(spec.arrayIn());
        JsonNode value = listed == null ? given : listed;
        if (!value.isArray() || items == null) {
            return wrong(pointer, "an array");
        }
        if (listed != null) {
            lookForPages(given);
            sent.within(pointer, String.valueOf(spec.arrayIn()));
        }
        ArrayNode all = NODES.arrayNode();
        for (int index = 0; index < value.size(); index++) {
            JsonNode element = element(items, value.get(index), pointer + "/" + index, path + "[]");
            if (element != null) {
                all.add(element);
            }
        }
        if (all.isEmpty() && spec.blankIsAbsent()) {
            return null;
        }
        if (spec.kind() == SettingSpec.Type.LIST) {
            return all;
        }
        if (!spec.keys().isEmpty()) {
            refuseDoubles(spec, all, pointer);
        }
        return sorted(spec.keys(), all);
    }

    private void refuseDoubles(SettingSpec spec, ArrayNode all, String pointer) {
        boolean spelt = spec.keyedByAddress();
        Map<String, JsonNode> seen = new TreeMap<>();
        for (JsonNode element : all) {
            String key = Element.key(spec.keys(), element);
            JsonNode other = seen.putIfAbsent(key, element);
            if (other != null && !(spelt && other.equals(element))) {
                error(
                        pointer,
                        "duplicate_element",
                        "Two elements have the same " + String.join(", ", spec.keys()) + ": " + printable(key) + ".");
            }
        }
    }

    /** Sorted by key; elements that are equal in every field are kept once. */
    static ArrayNode sorted(List<String> keys, ArrayNode elements) {
        Map<String, JsonNode> byText = new TreeMap<>();
        for (JsonNode element : elements) {
            byText.put(Element.key(keys, element) + '\u0000' + element, element);
        }
        return NODES.arrayNode().addAll(byText.values());
    }

    private @Nullable JsonNode wrong(String pointer, String wanted) {
        return error(pointer, "wrong_type", "Write " + wanted + " here.");
    }

    private @Nullable JsonNode error(String pointer, String code, String message) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(new FieldError(sent.of(pointer), code, message));
        }
        return null;
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^\\p{Print}]", "?");
        return Cut.marked(plain, 201);
    }
}
