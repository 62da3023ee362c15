package dev.ronde.platform.yaml;

import java.util.List;
import java.util.Map;

/** One node of a document, with the line (from 1) on which it starts. */
public sealed interface YamlNode {

    int line();

    record Mapping(int line, Map<String, YamlNode> fields) implements YamlNode {}

    record Sequence(int line, List<YamlNode> items) implements YamlNode {}

    /**
     * A scalar exactly as written: {@code 010} stays 010 and {@code NO} stays NO. An empty or null scalar is the empty
     * text.
     */
    record Scalar(int line, String text) implements YamlNode {}
}
