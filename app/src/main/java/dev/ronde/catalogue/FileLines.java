package dev.ronde.catalogue;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where in a check file something stands; lines are 1-based, and 0 where it cannot be found. */
final class FileLines {
    private static final YamlNode.Sequence NOTHING = new YamlNode.Sequence(0, List.of());

    private final YamlNode.Mapping file;

    private FileLines(YamlNode.Mapping file) {
        this.file = file;
    }

    static FileLines of(String text) {
        try {
            return new FileLines(YamlTree.parse(text.getBytes(StandardCharsets.UTF_8)));
        } catch (YamlException e) {
            throw new IllegalStateException("a sound check file cannot be read again", e);
        }
    }

    int key(String key) {
        return file.keyLines().getOrDefault(key, 0);
    }

    int assertion(String id) {
        return list("assert").items().stream()
                .filter(item -> item instanceof YamlNode.Mapping map
                        && map.entries().get("id") instanceof YamlNode.Scalar named
                        && named.text().strip().equals(id))
                .mapToInt(YamlNode::line)
                .findFirst()
                .orElse(key("assert"));
    }

    int test(int number) {
        return test(number, "");
    }

    /** The line of the key in this test, or of the test if it has no such key. */
    int test(int number, String key) {
        List<YamlNode> tests = list("tests").items();
        if (number >= tests.size()) {
            return key("tests");
        }
        YamlNode test = tests.get(number);
        return test instanceof YamlNode.Mapping map ? map.keyLines().getOrDefault(key, map.line()) : test.line();
    }

    int fact(int number, String violation) {
        List<YamlNode> tests = list("tests").items();
        int line = test(number, "facts");
        if (number >= tests.size() || !(tests.get(number) instanceof YamlNode.Mapping test)) {
            return line;
        }
        YamlNode.Mapping at = test;
        for (String step : violation.split(":", 2)[0].split("\\.", -1)) {
            String key = step.replaceAll("\\[\\d+\\]$", "");
            line = at.keyLines().getOrDefault(key, line);
            if (!(at.entries().get(key) instanceof YamlNode.Mapping next)) {
                return line;
            }
            at = next;
        }
        return line;
    }

    private YamlNode.Sequence list(String key) {
        return file.entries().get(key) instanceof YamlNode.Sequence list ? list : NOTHING;
    }
}
