package dev.ronde.command;

import dev.ronde.platform.yaml.YamlNode;
import dev.ronde.platform.yaml.YamlReader;
import dev.ronde.platform.yaml.YamlSyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file of waivers as the API takes it, with the line of every field. Keys are written as in {@code boundTo} or {@code bound_to}. */
final class WaiverFile {
    private final String name;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final Object document;

    private WaiverFile(String name, YamlNode root) {
        this.name = name;
        this.document = value(root, "");
    }

    /**
     * Reads a file.
     *
     * @throws CommandFailed with the line, where it is not YAML
     */
    static WaiverFile read(String name) {
        try {
            return new WaiverFile(name, YamlReader.read(InputFile.text(name)));
        } catch (YamlSyntaxException e) {
            throw new CommandFailed(
                    CommandFailed.FAILED, name + " cannot be used:\n  line " + e.line() + ": " + e.reason());
        }
    }

    Object document() {
        return document;
    }

    /** Where a JSON pointer (RFC 6901) points: file, line and field; a missing value is placed where it belongs. */
    String place(String pointer) {
        String known = pointer;
        while (!lines.containsKey(known)) {
            known = known.substring(0, Math.max(0, known.lastIndexOf('/')));
        }
        return name + " line " + lines.get(known) + ", "
                + pointer.substring(pointer.startsWith("/") ? 1 : 0).replace('/', '.');
    }

    private Object value(YamlNode node, String pointer) {
        lines.put(pointer, node.line());
        if (node instanceof YamlNode.Mapping mapping) {
            Map<String, Object> fields = new LinkedHashMap<>();
            mapping.fields().forEach((key, field) -> {
                String snake = key.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
                fields.put(snake, value(field, pointer + "/" + snake));
            });
            return fields;
        }
        if (node instanceof YamlNode.Sequence sequence) {
            List<YamlNode> items = sequence.items();
            Object[] values = new Object[items.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(items.get(i), pointer + "/" + i);
            }
            return List.of(values);
        }
        return ((YamlNode.Scalar) node).text();
    }
}
