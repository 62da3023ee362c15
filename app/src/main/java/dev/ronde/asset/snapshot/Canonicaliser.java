package dev.ronde.asset.snapshot;

import dev.ronde.evidence.redact.Redactor;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    private final KeptText words;
    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private final Unread.Gathered unread = new Unread.Gathered();
    /** The rule being read, which must not lose a field; null outside rules. */
    private @Nullable String rule;

    private int characters;

    private Canonicaliser(SourceSchema schema, KeptText words) {
        this.schema = schema;
        this.words = words;
    }

    /**
     * A place in the canonical form and in the document as it was sent, both as JSON pointers: fields may stand beside the object they belong
     * to, and lists inside an object or instead of the whole document.
     *
     * @param path names it without the numbers of elements
     */
    private record Place(String kept, String sent, String path) {
        Place field(String name) {
            String step = "/" + Bounds.step(name);
            return new Place(kept + step, sent + step, path.isEmpty() ? name : path + "." + name);
        }

        Place element(int index) {
            return new Place(kept + "/" + index, sent + "/" + index, path + "[]");
        }

        Place sentAt(String other) {
            return new Place(kept, other, path);
        }
    }

    private record Field(JsonNode value, Place at) {}

    /**
     * Returns the canonical form.
     *
     * @param secretKey key of the hash that stands for secret values
     * @throws Problem 422 with a pointer for each place that does not fit the source
     */
    static Document canonicalise(SourceSchema schema, JsonNode document, byte[] secretKey) {
        schema.within().require(schema.source(), document);
        Canonicaliser work = new Canonicaliser(schema, KeptText.of(secretKey));
        Place whole = new Place("", "", "");
        String array = schema.array();
        JsonNode content;
        if (array != null && document.isArray()) {
            Field list = new Field(document, whole.field(array).sentAt(""));
            content = work.object(schema.root(), Map.of(array, list), whole);
        } else {
            content = work.object(schema.root(), document, whole);
        }
        if (!work.errors.isEmpty()) {
            throw Problem.invalid(work.errors);
        }
        ObjectNode kept = content instanceof ObjectNode object ? object : NODES.objectNode();
        work.unread.keepIn(kept);
        return Document.of(schema, kept, List.copyOf(work.dropped));
    }

    private @Nullable JsonNode value(SettingSpec spec, JsonNode value, Place at) {
        if (spec.ignore() || value.isNull()) {
            return null;
        }
        return switch (spec.kind()) {
            case STRING -> text(spec, value, at);
            case BOOLEAN -> value.isBoolean() ? value : wrong(at, "true or false");
            case INTEGER -> integer(value, at);
            case OBJECT -> object(spec, value, at);
            case SET, LIST -> array(spec, value, at);
        };
    }

    private @Nullable JsonNode text(SettingSpec spec, JsonNode value, Place at) {
        if (!value.isString()) {
            return wrong(at, "a text");
        }
        characters += value.stringValue().length();
        if (characters > schema.within().characters()) {
            throw schema.within().tooMuchText(schema.source(), at.sent());
        }
        String text = Normalizer.normalize(value.stringValue(), Normalizer.Form.NFC);
        if (text.codePoints().anyMatch(KeptText::unstorable)) {
            return error(at, "control_character", "Write plain text: a control character cannot be stored.");
        }
        if (spec.folded()) {
            text = text.toLowerCase(Locale.ROOT);
        }
        if (text.isEmpty() && spec.blankIsAbsent()) {
            return null;
        }
        if (spec.address()) {
            Optional<String> address = KeptText.address(text);
            if (address.isEmpty()) {
                return error(at, "no_address", "Write an IP address here, such as 0.0.0.0, ::1 or 192.0.2.7.");
            }
            text = address.get();
        }
        List<String> allowed = spec.allowed();
        if (allowed != null && !allowed.contains(text)) {
            return error(at, "unknown_word", "Write one of " + String.join(", ", allowed) + ".");
        }
        if (spec.secret()) {
            return NODES.stringNode("hmac-sha256:" + words.hash(at.path(), text));
        }
        return NODES.stringNode(allowed == null ? words.redacted(at.path(), text) : text);
    }

    private @Nullable JsonNode integer(JsonNode value, Place at) {
        if (!value.isIntegralNumber() || !value.canConvertToLong() || Math.abs(value.longValue()) > EXACT) {
            return wrong(at, "a whole number of at most 2^53-1");
        }
        return NODES.numberNode(value.longValue());
    }

    private static Map<String, Field> fields(JsonNode object, Place at) {
        Map<String, Field> fields = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> fields.put(entry.getKey(), new Field(entry.getValue(), at.field(entry.getKey()))));
        return fields;
    }

    private static JsonNode in(Map<String, Field> sent, String name) {
        Field field = sent.get(name);
        return field == null ? NODES.missingNode() : field.value();
    }

    private @Nullable JsonNode object(SettingSpec spec, JsonNode value, Place at) {
        return value.isObject() ? object(spec, fields(value, at), at) : wrong(at, "an object");
    }

    private @Nullable JsonNode object(SettingSpec spec, Map<String, Field> sent, Place at) {
        String around = rule;
        rule = spec.strict() ? ruleAt(sent, at) : around;
        lookForPages(sent);
        JsonNode kept = settings(spec, sent, at);
        rule = around;
        return kept;
    }

    private void lookForPages(Map<String, Field> sent) {
        if (rule == null) {
            sent.forEach((name, field) -> {
                if (Unread.continues(name, field.value())) {
                    unread.page(printable(name));
                }
            });
        }
    }

    private static String ruleAt(Map<String, Field> sent, Place at) {
        String name = Stream.of(in(sent, "name"), in(sent, "properties").path("name"), in(sent, "RuleNumber"))
                .filter(JsonNode::isValueNode)
                .map(JsonNode::asString)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
        return printable(
                name.isEmpty() ? inWords(at) : "rule " + REDACTOR.text(name).kept());
    }

    private static String inWords(Place at) {
        return Arrays.stream(at.kept().substring(1).split("/", -1))
                .map(step -> step.matches("[0-9]{1,6}") ? String.valueOf(Integer.parseInt(step) + 1) : step)
                .collect(Collectors.joining(" "));
    }

    private @Nullable JsonNode settings(SettingSpec spec, Map<String, Field> sent, Place at) {
        Map<String, JsonNode> kept = new TreeMap<>();
        Map<String, SettingSpec> flattened = new TreeMap<>();
        spec.children().forEach((name, child) -> {
            JsonNode nested = in(sent, name);
            if (child.flattened() && (nested.isMissingNode() || nested.isNull() || nested.isObject())) {
                flattened.put(name, child);
            }
        });
        sent.forEach((name, field) -> {
            if (!flattened.containsKey(name) && !spec.takesBeside(name)) {
                field(spec, name, field, at, kept);
            }
        });
        flattened.forEach(
                (name, child) -> gather(spec, name, sent, at).ifPresent(canonical -> kept.put(name, canonical)));
        spec.children().forEach((name, child) -> {
            JsonNode value = in(sent, name);
            if (child.required() && !kept.containsKey(name) && (value.isMissingNode() || value.isNull())) {
                error(at.field(name), "required", "This source needs " + name + " here.");
            }
        });
        requireOne(spec, sent, at);
        merge(spec, kept);
        return kept.isEmpty() && spec.blankIsAbsent()
                ? null
                : NODES.objectNode().setAll(kept);
    }

    /** A missing list must not pass for an empty one: it may be there under another name. */
    private void requireOne(SettingSpec spec, Map<String, Field> sent, Place at) {
        List<String> alternatives = spec.alternatives();
        if (!alternatives.isEmpty() && alternatives.stream().noneMatch(name -> isThere(spec, sent, name))) {
            error(
                    at,
                    "required",
                    "This source needs " + String.join(" or ", alternatives)
                            + " here, if only an empty list; push all that the command prints.");
        }
    }

    private static boolean isThere(SettingSpec spec, Map<String, Field> sent, String name) {
        JsonNode value = in(sent, name);
        return !(value.isMissingNode() || value.isNull())
                || spec.children().entrySet().stream()
                        .filter(child -> child.getValue().flattened())
                        .anyMatch(child -> in(sent, child.getKey()).hasNonNull(name));
    }

    /** An object of which some tools print fields beside it; empty where nothing of it was sent. */
    private Optional<JsonNode> gather(SettingSpec spec, String name, Map<String, Field> sent, Place around) {
        SettingSpec child = Objects.requireNonNull(spec.children().get(name));
        boolean inside = in(sent, name).isObject();
        Place at = inside ? around.field(name) : around.field(name).sentAt(around.sent());
        Map<String, Field> all = inside ? fields(in(sent, name), at) : new LinkedHashMap<>();
        child.children().keySet().stream().filter(spec::takesBeside).forEach(field -> {
            Field beside = sent.get(field);
            if (beside != null) {
                Place there = at.field(field).sentAt(beside.at().sent());
                if (all.put(field, new Field(beside.value(), there)) != null) {
                    error(there, "said_twice", "Write " + field + " once, here or in " + name + ".");
                }
            }
        });
        return (all.isEmpty() && !inside) || child.ignore()
                ? Optional.empty()
                : Optional.ofNullable(object(child, all, at));
    }

    private void field(SettingSpec spec, String name, Field field, Place around, Map<String, JsonNode> kept) {
        SettingSpec child = spec.children().get(name);
        if (child != null) {
            JsonNode canonical = value(child, field.value(), field.at());
            if (canonical != null) {
                kept.put(name, canonical);
            }
            return;
        }
        spec.meantBy(name)
                .ifPresent(meant -> error(
                        field.at(),
                        "misspelt_field",
                        "Write " + meant + ": upper and lower case matter in the names of fields."));
        if (unread.full()) {
            // what is said of a document names so many and no more
        } else if (rule != null && Unread.says(field.value())) {
            unread.field(rule, printable(REDACTOR.text(name).kept()));
        } else if (spec.whole() && Unread.holdsObjects(field.value())) {
            unread.field(
                    around.kept().isEmpty() ? "the document" : printable(inWords(around)),
                    printable(REDACTOR.text(name).kept()));
        }
        if (dropped.size() < MOST_DROPPED) {
            dropped.add(printable(field.at().path()));
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
                kept.put(target, Element.sorted(List.of(), all));
            }
        });
    }

    /** A null in a list may be a rule that got lost on the way, so it is refused. */
    private @Nullable JsonNode element(SettingSpec items, JsonNode value, Place at) {
        return value.isNull() && !items.ignore()
                ? error(at, "null_element", "Write the element, or leave it out: null in a list says nothing.")
                : value(items, value, at);
    }

    private @Nullable JsonNode array(SettingSpec spec, JsonNode given, Place around) {
        SettingSpec items = spec.items();
        JsonNode listed = spec.arrayIn() == null ? null : given.get(spec.arrayIn());
        JsonNode value = listed == null ? given : listed;
        if (!value.isArray() || items == null) {
            return wrong(around, "an array");
        }
        Place at = around;
        if (listed != null) {
            lookForPages(fields(given, around));
            at = around.sentAt(around.sent() + "/" + spec.arrayIn());
        }
        ArrayNode all = NODES.arrayNode();
        for (int index = 0; index < value.size(); index++) {
            JsonNode element = element(items, value.get(index), at.element(index));
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
            refuseDoubles(spec, all, at);
        }
        return Element.sorted(spec.keys(), all);
    }

    private void refuseDoubles(SettingSpec spec, ArrayNode all, Place at) {
        boolean spelt = spec.keyedByAddress();
        Map<String, JsonNode> seen = new TreeMap<>();
        for (JsonNode element : all) {
            String key = Element.key(spec.keys(), element);
            JsonNode other = seen.putIfAbsent(key, element);
            if (other != null && !(spelt && other.equals(element))) {
                error(
                        at,
                        "duplicate_element",
                        "Two elements have the same " + String.join(", ", spec.keys()) + ": " + printable(key) + ".");
            }
        }
    }

    private @Nullable JsonNode wrong(Place at, String wanted) {
        return error(at, "wrong_type", "Write " + wanted + " here.");
    }

    private @Nullable JsonNode error(Place at, String code, String message) {
        if (errors.size() < MOST_ERRORS) {
            errors.add(new FieldError(at.sent(), code, message));
        }
        return null;
    }

    private static String printable(String text) {
        String plain = text.replaceAll("[^\\p{Print}]", "?");
        return Cut.marked(plain, 201);
    }
}
