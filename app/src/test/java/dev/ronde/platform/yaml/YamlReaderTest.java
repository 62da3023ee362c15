package dev.ronde.platform.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ronde.platform.yaml.YamlNode.Mapping;
import dev.ronde.platform.yaml.YamlNode.Scalar;
import dev.ronde.platform.yaml.YamlNode.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

    @Test
    void keepsScalarsAsWrittenWithTheirLines() {
        Mapping root = (Mapping) YamlReader.read("""
                # comment
                country: NO
                code: 010
                version: 1.10
                date: 2026-01-31
                big: 1_000
                empty:
                list:
                  - a
                  - {b: true}
                """);
        assertThat(root.fields().get("country")).isEqualTo(new Scalar(2, "NO"));
        assertThat(root.fields().get("code")).isEqualTo(new Scalar(3, "010"));
        assertThat(root.fields().get("version")).isEqualTo(new Scalar(4, "1.10"));
        assertThat(root.fields().get("date")).isEqualTo(new Scalar(5, "2026-01-31"));
        assertThat(root.fields().get("big")).isEqualTo(new Scalar(6, "1_000"));
        assertThat(root.fields().get("empty")).isEqualTo(new Scalar(7, ""));
        Sequence list = (Sequence) root.fields().get("list");
        assertThat(list.items().get(0)).isEqualTo(new Scalar(9, "a"));
        assertThat(list.items().get(1).line()).isEqualTo(10);
    }

    @Test
    void readsJsonToo() {
        Mapping root = (Mapping) YamlReader.read("{\"a\": [1, true, null], \"b\": {\"c\": \"d\\n\"}}");
        assertThat(root.fields()).containsKeys("a", "b");
        assertThat(((Mapping) root.fields().get("b")).fields()).containsEntry("c", new Scalar(1, "d\n"));
    }

    @Test
    void readsTextsOfCharactersBeyondTheFirstPlaneWhereverTheyStand() {
        String faces = "😀".repeat(2_000);
        for (String start : new String[] {"", "x", "xy"}) {
            Mapping root = (Mapping) YamlReader.read("a: " + start + faces + "\nb: \"" + faces + "\"\n");
            assertThat(root.fields()).containsEntry("a", new Scalar(1, start + faces));
            assertThat(root.fields()).containsEntry("b", new Scalar(2, faces));
            Mapping both = (Mapping) YamlReader.read("a: R&D " + start + faces + "\n");
            assertThat(both.fields())
                    .as("where anchors are looked for")
                    .containsEntry("a", new Scalar(1, "R&D " + start + faces));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\nb: 2\\na: 3 | 3 | twice",
                "a: &x 1\\nb: *x | 1 | anchors",
                "a: 1\\nb: &x [2] | 2 | anchors",
                "a: 1\\nb: *x | 2 | aliases",
                "a: 1\\n---\\nb: 2 | 2 | one document",
                "a: [1, 2 | 1 | ",
                "a: b: c | 1 | ",
                "\\ta: 1 | 1 | ",
            })
    void namesTheLineOfWhatItRefuses(String text, int line, String words) {
        assertThatExceptionOfType(YamlSyntaxException.class)
                .isThrownBy(() -> YamlReader.read(text.replace("\\n", "\n").replace("\\t", "\t")))
                .satisfies(refused -> assertThat(refused.line()).isBetween(line, line + 1))
                .satisfies(refused -> assertThat(refused.reason()).contains(words == null ? "" : words));
    }

    @Test
    void aFaultWithoutAMessageIsAFaultAllTheSame() {
        assertThat(YamlFault.of(null)).isEqualTo(YamlFault.BROKEN);
        assertThat(YamlFault.words(null)).isEqualTo("this cannot be read as YAML");
    }

    @Test
    void refusesBottomlessNesting() {
        assertThatExceptionOfType(YamlSyntaxException.class).isThrownBy(() -> YamlReader.read("[".repeat(5000)));
        assertThatExceptionOfType(YamlSyntaxException.class).isThrownBy(() -> YamlReader.read(""));
    }
}
