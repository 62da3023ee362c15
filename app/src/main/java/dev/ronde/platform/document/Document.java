package dev.ronde.platform.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Reads one YAML 1.2 document (JSON is YAML) strictly: no key twice, no anchors, aliases, tags, second document, control characters or deep
 * nesting.
 */
public final class Document {
    private static final int MAX_DEPTH = 24;
    private static final int MAX_CHARACTERS = 3_000_000;
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(MAX_CHARACTERS).build();
    private static final ScalarResolver RESOLVER = new CoreScalarResolver(false);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t\\u0085]]");

    private final Iterator<Event> events;
    private int depth;

    private Document(Iterator<Event> events) {
        this.events = events;
    }

    /**
     * Reads a text of at most 3,000,000 characters.
     *
     * @throws DocumentException with the line of what is wrong
     */
    public static Node read(String text) {
        requirePrintable(text);
        try {
            return new Document(new Parse(SETTINGS)
                            .parseReader(new WholeCharacters(text))
                            .iterator())
                    .document();
        } catch (YamlEngineException e) {
            String said = e.getMessage();
            throw new DocumentException(SyntaxFault.line(said), SyntaxFault.reason(said));
        }
    }

    /**
     * Reads a file of UTF-8 that holds a map.
     *
     * @throws DocumentException with the line of what is wrong
     */
    public static Node.Mapping mapping(byte[] file, int maxBytes) {
        if (file.length > maxBytes) {
            throw new DocumentException(0, "the file is larger than " + maxBytes + " bytes; shorten it");
        }
        Node root = read(decode(file));
        if (root instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw new DocumentException(root.line(), "the file must be a map of fields");
    }

    private static String decode(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        CharBuffer text = CharBuffer.allocate(file.length + 1);
        if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += file[i] == '\n' ? 1 : 0;
            }
            throw new DocumentException(line, "the file is not UTF-8 from here on; save it in that encoding");
        }
        return text.flip().toString();
    }

    /** The library refuses these too, but does not say on which line. */
    private static void requirePrintable(String text) {
        Matcher control = CONTROL.matcher(text);
        if (control.find()) {
            long before = text.chars()
                    .limit(control.start())
                    .filter(character -> character == '\n')
                    .count();
            String code = String.format("U+%04X", (int) control.group().charAt(0));
            throw new DocumentException(
                    1 + (int) before,
                    Reason.of("yaml_control", "the control character " + code + " is not allowed", code));
        }
    }

    private Node document() {
        events.next(); // the start of the stream
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            throw new DocumentException(1, Reason.of("yaml_empty", "the document is empty"));
        }
        Node root = node(events.next());
        events.next(); // the end of the document
        Event next = events.next();
        if (next.getEventId() != Event.ID.StreamEnd) {
            throw new DocumentException(
                    line(next), Reason.of("yaml_one_document", "only one document is read; remove what follows it"));
        }
        return root;
    }

    private Node node(Event event) {
        int line = line(event);
        requireAllowed(event, line);
        if (event instanceof ScalarEvent scalar) {
            return scalar(line, scalar);
        }
        if (depth++ == MAX_DEPTH) {
            throw new DocumentException(
                    line,
                    Reason.of("yaml_deep", "nested deeper than " + MAX_DEPTH + " levels", String.valueOf(MAX_DEPTH)));
        }
        Node node = event.getEventId() == Event.ID.MappingStart ? mapping(line) : sequence(line);
        depth--;
        return node;
    }

    private static void requireAllowed(Event event, int line) {
        Optional<Anchor> anchor = event instanceof NodeEvent node ? node.getAnchor() : Optional.empty();
        if (event instanceof AliasEvent || anchor.isPresent()) {
            throw new DocumentException(
                    line,
                    Reason.of(
                            "yaml_anchors",
                            "anchors (&name) and aliases (*name) are not allowed; write the value out"));
        }
        Optional<String> tag = event instanceof ScalarEvent scalar
                ? scalar.getTag()
                : event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
        if (tag.isPresent()) {
            throw new DocumentException(line, Reason.of("yaml_tag", "tags such as !!type are not allowed"));
        }
    }

    private static Node scalar(int line, ScalarEvent scalar) {
        Tag tag = scalar.isPlain() ? RESOLVER.resolve(scalar.getValue(), true) : Tag.STR;
        Node.Scalar.Kind kind = tag.equals(Tag.INT)
                ? Node.Scalar.Kind.WHOLE
                : tag.equals(Tag.FLOAT)
                        ? Node.Scalar.Kind.DECIMAL
                        : tag.equals(Tag.BOOL)
                                ? Node.Scalar.Kind.TRUTH
                                : tag.equals(Tag.NULL) ? Node.Scalar.Kind.NOTHING : Node.Scalar.Kind.TEXT;
        return new Node.Scalar(line, kind, kind == Node.Scalar.Kind.NOTHING ? "" : scalar.getValue());
    }

    private Node mapping(int line) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Integer> keyLines = new LinkedHashMap<>();
        for (Event key = events.next(); key.getEventId() != Event.ID.MappingEnd; key = events.next()) {
            requireAllowed(key, line(key));
            if (!(key instanceof ScalarEvent named)) {
                throw new DocumentException(
                        line(key), Reason.of("yaml_key", "a key must be one text; put it in quotes"));
            }
            String name = named.getValue();
            if (keyLines.put(name, line(key)) != null) {
                throw new DocumentException(
                        line(key), Reason.of("yaml_twice", "the key '" + name + "' stands twice; keep one", name));
            }
            entries.put(name, node(events.next()));
        }
        return new Node.Mapping(line, entries, keyLines);
    }

    private Node sequence(int line) {
        List<Node> items = new ArrayList<>();
        for (Event item = events.next(); item.getEventId() != Event.ID.SequenceEnd; item = events.next()) {
            items.add(node(item));
        }
        return new Node.Sequence(line, items);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
