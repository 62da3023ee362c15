package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.population.PartWriter;
import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of more rows than a part may have, here two instead of a million. */
@OnOneDatabase
class BundlePartsTest {

    private final Path home;

    @AutoClose
    private BundleFixture fixture;

    private Path folder;

    BundlePartsTest(DatabaseKind kind, @TempDir Path home) throws IOException {
        this.home = home;
        fixture = new BundleFixture(kind, home).lived();
        folder = BundleFixture.unpack(build(2, "parts"), home.resolve("out"));
    }

    private Path build(long rows, String name) throws IOException {
        Manifest manifest = new Manifest(
                BundleFixture.MARCH,
                BundleFixture.PAPER,
                fixture.test.ledger.keys().origin(),
                fixture.test.ledger.checkpoint(),
                BundleFixture.JEANNE.ref(),
                "",
                0);
        return fixture.builder(rows)
                .build(manifest, home.resolve(name), "w", (done, total) -> {})
                .file();
    }

    @Test
    void thePartsTogetherAreTheWholeAndVerify() throws IOException {
        Path whole = BundleFixture.unpack(build(PartWriter.ROWS, "whole"), home.resolve("whole-out"));
        for (String path : List.of("data/records.jsonl", "ledger/index.csv", "population/expected_vs_actual.csv")) {
            assertThat(Files.exists(folder.resolve(path + ".part0002")))
                    .as(path)
                    .isTrue();
            assertThat(Files.exists(whole.resolve(path + ".part0002"))).as(path).isFalse();
            assertThat(together(path)).isEqualTo(BundleFixture.lines(whole.resolve(path)));
        }
        assertThat(BundleFixture.lines(folder.resolve("ledger/index.csv.part0002")))
                .hasSize(3)
                .startsWith("index,leaf_hash,rec_type,line");
        assertThat(BundleFixture.read(folder.resolve("manifest.json")))
                .contains("\"rowsPerPart\":2", "\"path\":\"population/expected_vs_actual.csv.part0002\",\"sha256\":\"");
        assertThat(fixture.verify(folder, fixture.checkpointFile(home)).exitCode())
                .isZero();
        assertThat(fixture.verify(whole).exitCode()).isZero();
    }

    @Test
    void whatIsDoneToALaterPartIsFound() throws IOException {
        Path part = folder.resolve("data/records.jsonl.part0004");
        String text = BundleFixture.read(part);
        BundleFixture.write(part, text.replaceFirst("2026-03-02", "2026-03-03"));
        assertCode(10);
        fixture.sumAndSign(folder);
        assertCode(14);
        Files.delete(part);
        fixture.sumAndSign(folder);
        assertCode(14);
        BundleFixture.write(part, text);
        BundleFixture.write(folder.resolve("data/records.jsonl.part0099"), "{}\n");
        fixture.sumAndSign(folder);
        assertCode(14);
        Files.delete(folder.resolve("data/records.jsonl.part0099"));
        Path table = folder.resolve("population/expected_vs_actual.csv.part0002");
        String rows = BundleFixture.read(table);
        BundleFixture.write(table, rows.replace("missed", "pass"));
        fixture.sumAndSign(folder);
        assertCode(21);
        BundleFixture.write(table, rows);
        BundleFixture.write(folder.resolve("population/expected_vs_actual.csv.part0003"), rows);
        fixture.sumAndSign(folder);
        assertCode(21);
        part = folder.resolve("ledger/index.csv.part0002");
        BundleFixture.write(part, BundleFixture.lines(part).subList(0, 2));
        fixture.sumAndSign(folder);
        assertCode(13);
    }

    @Test
    void aLineBreakInsideQuotesEndsNoRow() throws IOException {
        Map<String, StringWriter> files = new TreeMap<>();
        try (Writer out = PartWriter.csv("t.csv", path -> files.computeIfAbsent(path, key -> new StringWriter()), 1)) {
            out.write("a,b\n1,\"two\nlines, \"\"quoted\"\"\"\n");
            out.write("2,x\n");
        }
        assertThat(files).hasSize(2);
        assertThat(files.get("t.csv")).hasToString("a,b\n1,\"two\nlines, \"\"quoted\"\"\"\n");
        assertThat(files.get("t.csv.part0002")).hasToString("a,b\n2,x\n");
    }

    private List<String> together(String path) {
        List<String> lines = BundleFixture.lines(folder.resolve(path));
        for (long part = 2; Files.exists(folder.resolve(PartWriter.path(path, part))); part++) {
            List<String> more = new ArrayList<>(BundleFixture.lines(folder.resolve(PartWriter.path(path, part))));
            if (path.endsWith(".csv")) {
                assertThat(more.remove(0)).as("the header").isEqualTo(lines.get(0));
            }
            lines.addAll(more);
        }
        return lines;
    }

    private void assertCode(int code) {
        EvidenceVerify.Result result = fixture.verify(folder);
        assertThat(result.exitCode()).as(String.join("\n", result.lines())).isEqualTo(code);
    }
}
