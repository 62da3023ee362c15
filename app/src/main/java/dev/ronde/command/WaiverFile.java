package dev.ronde.command;

import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.DocumentException;
import dev.ronde.platform.document.Node;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A file of waivers as the API takes it, with the line of every field. Keys are written as in {@code boundTo} or {@code bound_to}. */
record WaiverFile(String name, Node root) {
    /**
     * Reads a file.
     *
     * @throws CommandFailed with the line, where it is not YAML
     */
    static WaiverFile read(String name) {
        try {
            return new WaiverFile(name, snaked(Document.read(InputFile.text(name))));
        } catch (DocumentException e) {
            throw CommandFailed.of(name + " cannot be used:\n  " + e.fault().sentence());
        }
    }

    Object document() {
        return root.texts();
    }

    /** Where a JSON pointer (RFC 6901) points: file, line and field; a missing value is placed where it belongs. */
    String place(String pointer) {
        return name + " line " + root.line(pointer) + ", "
                + pointer.substring(pointer.startsWith("/") ? 1 : 0).replace('/', '.');
    }

    private static Node snaked(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node> entries = new LinkedHashMap<>();
            Map<String, Integer> lines = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> {
                String snake = key.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
                entries.put(snake, snaked(value));
                lines.put(snake, mapping.keyLines().getOrDefault(key, value.line()));
            });
            return new Node.Mapping(mapping.line(), entries, lines);
        }
        return node instanceof Node.Sequence list
                ? new Node.Sequence(
                        list.line(),
                        list.items().stream().map(WaiverFile::snaked).toList())
                : node;
    }
}
