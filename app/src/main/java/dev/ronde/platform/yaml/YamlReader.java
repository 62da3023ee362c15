package dev.ronde.platform.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

public final class YamlReader {

    private static final int MAX_DEPTH = 50;
    private static final YAMLFactory FACTORY = YAMLFactory.builder().build();

    private YamlReader() {}

    /**
     * Reads one document.
     *
     * @throws YamlSyntaxException with the line, where the text is not one well-formed document without anchors, aliases and
     *     duplicate keys
     */
    public static YamlNode read(String text) {
        YamlAnchors.firstLine(text).ifPresent(line -> {
            throw new YamlSyntaxException(
                    line, "anchors", "anchors (&name) and aliases (*name) are not read; write the content again");
        });
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), new WholeCharacters(text))) {
            if (parser.nextToken() == null) {
                throw new YamlSyntaxException(1, "empty", "the document is empty");
            }
            YamlNode node = node(parser, 0);
            if (parser.nextToken() != null) {
                throw new YamlSyntaxException(
                        line(parser), "one_document", "only one document is read; remove what follows it");
            }
            return node;
        } catch (JacksonException broken) {
            int line = Math.max(1, YamlFault.line(broken));
            String said = broken.getOriginalMessage();
            throw new YamlSyntaxException(
                    line, YamlFault.of(said).name().toLowerCase(Locale.ROOT), YamlFault.words(said));
        }
    }

    private static YamlNode node(JsonParser parser, int depth) {
        int line = line(parser);
        if (depth > MAX_DEPTH) {
            throw new YamlSyntaxException(
                    line, "deep", "nested deeper than " + MAX_DEPTH + " levels", String.valueOf(MAX_DEPTH));
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw new YamlSyntaxException(
                    line, "anchors", "anchors (&name) and aliases (*name) are not read; write the content again");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(parser, line, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            List<YamlNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(node(parser, depth + 1));
            }
            return new YamlNode.Sequence(line, List.copyOf(items));
        }
        String text = token == JsonToken.VALUE_NULL ? "" : parser.getString();
        return new YamlNode.Scalar(line, text == null ? "" : text);
    }

    private static YamlNode mapping(JsonParser parser, int line, int depth) {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int nameLine = line(parser);
            parser.nextToken();
            if (fields.put(name, node(parser, depth + 1)) != null) {
                throw new YamlSyntaxException(nameLine, "twice", "the key '" + name + "' stands twice; keep one", name);
            }
        }
        return new YamlNode.Mapping(line, fields);
    }

    private static int line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }
}
