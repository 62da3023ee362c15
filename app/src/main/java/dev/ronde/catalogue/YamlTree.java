package dev.ronde.catalogue;

import dev.ronde.platform.yaml.WholeCharacters;
import dev.ronde.platform.yaml.YamlAnchors;
import dev.ronde.platform.yaml.YamlFault;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads one YAML document strictly: no duplicate keys, anchors, aliases, tags, second documents, deep nesting or large files. */
final class YamlTree {
    static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_DEPTH = 24;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t\\u0085]]");
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();

    private final YAMLParser parser;
    private int depth;

    private YamlTree(YAMLParser parser) {
        this.parser = parser;
    }

    static YamlNode.Mapping parse(byte[] file) throws YamlException {
        if (file.length > MAX_BYTES) {
            throw new YamlException(0, "the file is too large; of bytes " + MAX_BYTES + " are allowed");
        }
        String text = decode(file);
        requirePrintable(text);
        OptionalInt anchor = YamlAnchors.firstLine(text);
        if (anchor.isPresent()) {
            throw new YamlException(anchor.getAsInt(), "anchors are not allowed; write the value out");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), new WholeCharacters(text))) {
            YamlTree tree = new YamlTree((YAMLParser) parser);
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new YamlException(1, "the file is empty");
            }
            YamlNode root = tree.node(first);
            if (parser.nextToken() != null) {
                throw new YamlException(tree.line(), "one document a file; this is a second one");
            }
            if (!(root instanceof YamlNode.Mapping mapping)) {
                throw new YamlException(root.line(), "the file must be a map of fields");
            }
            return mapping;
        } catch (JacksonException e) {
            throw new YamlException(YamlFault.line(e), YamlFault.words(e.getOriginalMessage()));
        }
    }

    private static String decode(byte[] file) throws YamlException {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        CharBuffer text = CharBuffer.allocate(file.length + 1);
        if (StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true).isError()) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += file[i] == '\n' ? 1 : 0;
            }
            throw new YamlException(line, "the file is not UTF-8 from here on; save it in that encoding");
        }
        return text.flip().toString();
    }

    /** The YAML library refuses these too, but does not say where they are. */
    private static void requirePrintable(String text) throws YamlException {
        Matcher control = CONTROL.matcher(text);
        if (control.find()) {
            String before = text.substring(0, control.start());
            throw new YamlException(
                    1
                            + (int) before.chars()
                                    .filter(character -> character == '\n')
                                    .count(),
                    String.format(
                            "the control character U+%04X is not allowed",
                            (int) control.group().charAt(0)));
        }
    }

    private YamlNode node(JsonToken token) throws YamlException {
        int line = line();
        if (parser.isCurrentAlias()) {
            throw new YamlException(line, "aliases are not allowed; write the value out");
        }
        if (parser.getTypeId() != null) {
            throw new YamlException(line, "tags such as !!type are not allowed");
        }
        if (token.isStructStart() && depth == MAX_DEPTH) {
            throw new YamlException(line, "maps and lists may lie in one another " + MAX_DEPTH + " deep, not deeper");
        }
        return switch (token) {
            case START_OBJECT -> mapping(line);
            case START_ARRAY -> sequence(line);
            case VALUE_NUMBER_INT -> scalar(line, YamlNode.Scalar.Kind.WHOLE);
            case VALUE_NUMBER_FLOAT -> scalar(line, YamlNode.Scalar.Kind.DECIMAL);
            case VALUE_TRUE, VALUE_FALSE -> scalar(line, YamlNode.Scalar.Kind.TRUTH);
            case VALUE_NULL -> scalar(line, YamlNode.Scalar.Kind.NOTHING);
            default -> scalar(line, YamlNode.Scalar.Kind.TEXT);
        };
    }

    private YamlNode scalar(int line, YamlNode.Scalar.Kind kind) {
        return new YamlNode.Scalar(line, kind, parser.getString());
    }

    private YamlNode mapping(int line) throws YamlException {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Map<String, Integer> keyLines = new LinkedHashMap<>();
        depth++;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String key = parser.currentName();
            keyLines.put(key, line());
            entries.put(key, node(parser.nextToken()));
        }
        depth--;
        return new YamlNode.Mapping(line, entries, keyLines);
    }

    private YamlNode sequence(int line) throws YamlException {
        List<YamlNode> items = new ArrayList<>();
        depth++;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token));
        }
        depth--;
        return new YamlNode.Sequence(line, items);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
