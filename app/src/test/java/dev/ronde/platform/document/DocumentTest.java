package dev.ronde.platform.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ronde.platform.document.Node.Mapping;
import dev.ronde.platform.document.Node.Scalar;
import dev.ronde.platform.document.Node.Scalar.Kind;
import dev.ronde.platform.document.Node.Sequence;
import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {

    @Test
    void keepsScalarsAsWrittenWithTheirLines() {
        Mapping root = (Mapping) Document.read("""
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
        assertThat(root.entries().get("country")).isEqualTo(new Scalar(2, Kind.TEXT, "NO"));
        assertThat(root.entries().get("code")).isEqualTo(new Scalar(3, Kind.WHOLE, "010"));
        assertThat(root.entries().get("version")).isEqualTo(new Scalar(4, Kind.DECIMAL, "1.10"));
        assertThat(root.entries().get("date")).isEqualTo(new Scalar(5, Kind.TEXT, "2026-01-31"));
        assertThat(root.entries().get("big")).isEqualTo(new Scalar(6, Kind.TEXT, "1_000"));
        assertThat(root.entries().get("empty")).isEqualTo(new Scalar(7, Kind.NOTHING, ""));
        Sequence list = (Sequence) root.entries().get("list");
        assertThat(list.items().get(0)).isEqualTo(new Scalar(9, Kind.TEXT, "a"));
        assertThat(list.items().get(1).line()).isEqualTo(10);
    }

    @Test
    void readsJsonToo() {
        Mapping root = (Mapping) Document.read("{\"a\": [1, true, null], \"b\": {\"c\": \"d\\n\"}}");
        assertThat(root.entries()).containsKeys("a", "b");
        assertThat(((Mapping) root.entries().get("b")).entries()).containsEntry("c", new Scalar(1, Kind.TEXT, "d\n"));
    }

    @Test
    void readsTextsOfCharactersBeyondTheFirstPlaneWhereverTheyStand() {
        String faces = "😀".repeat(2_000);
        for (String start : new String[] {"", "x", "xy"}) {
            Mapping root = (Mapping) Document.read("a: " + start + faces + "\nb: \"" + faces + "\"\n");
            assertThat(root.entries()).containsEntry("a", new Scalar(1, Kind.TEXT, start + faces));
            assertThat(root.entries()).containsEntry("b", new Scalar(2, Kind.TEXT, faces));
            Mapping both = (Mapping) Document.read("a: R&D " + start + faces + "\n");
            assertThat(both.entries())
                    .as("where anchors are looked for")
                    .containsEntry("a", new Scalar(1, Kind.TEXT, "R&D " + start + faces));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a: 1\\nb: 2\\na: 3 | 3 | twice
            a: &x 1\\nb: *x | 1 | anchors
            a: 1\\nb: &x [2] | 2 | anchors
            a: 1\\nb: *x | 2 | aliases
            a: 1\\n---\\nb: 2 | 2 | one document
            a: [1, 2 | 1 |
            a: b: c | 1 |
            \\ta: 1 | 1 |""")
    void namesTheLineOfWhatItRefuses(String text, int line, String words) {
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(() -> Document.read(text.replace("\\n", "\n").replace("\\t", "\t")))
                .satisfies(refused -> assertThat(refused.fault().line()).isBetween(line, line + 1))
                .satisfies(refused -> assertThat(refused.fault().message()).contains(words == null ? "" : words));
    }

    @Test
    void leadsAPointerToTheLineOfTheNearestThatIsThere() {
        Node root = Document.read("a:\n  - b: 1\n    c:\n      d: 2\n");
        assertThat(root.line("/a/0/c/d")).isEqualTo(4);
        assertThat(root.line("/a/0/c")).isEqualTo(3);
        assertThat(root.line("/a/0/x/y")).isEqualTo(2);
        assertThat(root.line("/a/7")).isEqualTo(1);
    }

    @Test
    void aFaultPointsToItsField() {
        List<Fault> faults = new ArrayList<>();
        Node body = Node.of(
                Json.tree("{\"note\":5,\"answers\":\"x\",\"waivers\":[{},3],\"names\":[\"a\",true],\"list\":{}}"));
        Fields fields = Fields.over(body, "", faults, "note", "answers", "waivers", "names", "list")
                .orElseThrow();
        fields.text("note");
        fields.child("answers");
        fields.children("waivers");
        fields.texts("names");
        fields.items("list");
        assertThat(faults)
                .extracting(fault -> fault.pointer() + " " + fault.code())
                .containsExactly(
                        "/note bad_value",
                        "/answers bad_value",
                        "/waivers/1 bad_value",
                        "/names/1 bad_value",
                        "/list not_a_list");
        assertThat(faults.get(1).message()).isEqualTo("'answers' must be an object");
    }

    @Test
    void aHundredFaultsSayEnough() {
        List<Fault> faults = new ArrayList<>();
        String many = IntStream.range(0, 1_000).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());
        Fields.over(Document.read(many), "", faults, "a");
        assertThat(faults).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({"0x1F, decimal digits", "0o17, decimal digits", "99999999999999999999, too large"})
    void saysWhyANumberIsNone(String number, String why) {
        List<Fault> faults = new ArrayList<>();
        Node root = Document.read("n: " + number);
        Fields.over(root, "", faults, "n").orElseThrow().whole("n");
        assertThat(faults.get(0).message()).contains(why);
        assertThatExceptionOfType(DocumentException.class)
                .isThrownBy(root::plain)
                .satisfies(refused -> assertThat(refused.fault().message()).contains(why));
    }

    @Test
    void aFaultWithoutAMessageIsAFaultAllTheSame() {
        assertThat(SyntaxFault.reason(null).english()).isEqualTo("this cannot be read as YAML");
    }

    @Test
    void refusesBottomlessNesting() {
        assertThatExceptionOfType(DocumentException.class).isThrownBy(() -> Document.read("[".repeat(5000)));
        assertThatExceptionOfType(DocumentException.class).isThrownBy(() -> Document.read(""));
    }
}
