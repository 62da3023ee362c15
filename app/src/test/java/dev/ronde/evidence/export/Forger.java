package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.RangeProof;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.population.Population;
import dev.ronde.evidence.population.SealSpan;
import dev.ronde.evidence.report.BundleTexts;
import dev.ronde.evidence.report.Exceptions;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Who has the export key and the program: makes all that follows from the records once more, from those they want to be seen. */
final class Forger {
    private final BundleFixture fixture;
    private final Path folder;

    Forger(BundleFixture fixture, Path folder) {
        this.fixture = fixture;
        this.folder = folder;
    }

    /** Leaves only the hash of what matches, and counts it for a reason that sounds well. */
    void withhold(Predicate<String> hidden, String reason) {
        List<String> lines = new ArrayList<>();
        List<String> rows = new ArrayList<>(List.of("index,leaf_hash,rec_type,line"));
        List<String> records = BundleFixture.lines(folder.resolve("data/records.jsonl"));
        Set<String> gone = new HashSet<>();
        for (String row : BundleFixture.lines(folder.resolve("ledger/index.csv"))) {
            String[] cells = row.split(",", -1);
            if (cells[0].equals("index")) {
                continue;
            }
            String record = cells[3].isEmpty() ? "" : records.get(Integer.parseInt(cells[3]) - 1);
            boolean shown = !record.isEmpty() && !hidden.test(record);
            if (shown) {
                lines.add(record);
            } else if (!record.isEmpty()) {
                gone.add(String.valueOf(parse(record).get("id")));
            }
            rows.add(cells[0] + "," + cells[1] + "," + cells[2] + "," + (shown ? lines.size() : ""));
        }
        BundleFixture.write(folder.resolve("data/records.jsonl"), lines);
        BundleFixture.write(folder.resolve("ledger/index.csv"), rows);
        keep(
                "data/private.jsonl",
                text -> !gone.contains(String.valueOf(parse(text).get("record"))));
        Map<String, Object> manifest = manifest();
        int leaves = rows.size() - 1;
        int withheld = leaves - lines.size();
        manifest.put("counts", Map.of("leaves", leaves, "disclosed", lines.size(), "withheld", withheld));
        manifest.put("omissions", List.of(Map.of("what", "records", "count", withheld, "why", reason)));
        write(manifest);
        remake();
    }

    /** Shows only the places of a range, proved with honest hashes for what is cut off. */
    void cut(RangeProof range) {
        List<String> records = BundleFixture.lines(folder.resolve("data/records.jsonl"));
        List<String> rows = new ArrayList<>(List.of("index,leaf_hash,rec_type,line"));
        List<String> lines = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (String row : BundleFixture.lines(folder.resolve("ledger/index.csv"))) {
            String[] cells = row.split(",", -1);
            if (cells[0].equals("index")
                    || Long.parseLong(cells[0]) < range.from()
                    || Long.parseLong(cells[0]) >= range.until()) {
                continue;
            }
            if (!cells[3].isEmpty()) {
                lines.add(records.get(Integer.parseInt(cells[3]) - 1));
                ids.add(String.valueOf(parse(lines.get(lines.size() - 1)).get("id")));
            }
            rows.add(cells[0] + "," + cells[1] + "," + cells[2] + "," + (cells[3].isEmpty() ? "" : lines.size()));
        }
        BundleFixture.write(folder.resolve("ledger/index.csv"), rows);
        BundleFixture.write(folder.resolve("data/records.jsonl"), lines);
        keep(
                "data/private.jsonl",
                text -> ids.contains(String.valueOf(parse(text).get("record"))));
        keep("ledger/checkpoints.csv", row -> {
            String size = row.split(",")[0];
            return size.equals("size")
                    || (Long.parseLong(size) > range.from() && Long.parseLong(size) <= range.until());
        });
        keep("population/attestations.csv", row -> {
            String attestation = row.split(",")[1];
            return attestation.equals("attestation") || Long.parseLong(attestation) < range.until();
        });
        String shown = String.join("\n", lines);
        for (File blob :
                Objects.requireNonNull(folder.resolve("data/blobs").toFile().listFiles())) {
            if (!shown.contains(blob.getName().replaceAll("\\..*", ""))) {
                assertThat(blob.delete()).isTrue();
            }
        }
        BundleFixture.write(
                folder.resolve("ledger/range-proof.json"),
                Canonical.text(Map.of(
                                "n", range.size(),
                                "a", range.from(),
                                "b", range.until(),
                                "left", range.left().stream().map(Hash::hex).toList(),
                                "right", range.right().stream().map(Hash::hex).toList()))
                        + "\n");
        Map<String, Object> manifest = manifest();
        int leaves = rows.size() - 1;
        int withheld = leaves - lines.size();
        manifest.put("range", Map.of("from", range.from(), "until", range.until()));
        manifest.put("counts", Map.of("leaves", leaves, "disclosed", lines.size(), "withheld", withheld));
        manifest.put(
                "omissions",
                withheld == 0
                        ? List.of()
                        : List.of(Map.of("what", "records", "count", withheld, "why", "outside the period")));
        write(manifest);
        remake();
    }

    private void keep(String path, Predicate<String> kept) {
        List<String> lines = BundleFixture.lines(folder.resolve(path));
        lines.removeIf(kept.negate());
        BundleFixture.write(folder.resolve(path), lines);
    }

    /** Tables, totals, report and list of files, as the exporter makes them; signed. */
    void remake() {
        Map<String, Object> manifest = manifest();
        ExportScope scope = ExportScope.ofJson(manifest.get("scope"));
        Map<String, StringWriter> tables = new TreeMap<>();
        Map<String, String> names = new HashMap<>();
        people().forEach(person -> names.put(String.valueOf(person.get("ref")), String.valueOf(person.get("name"))));
        Exceptions exceptions = new Exceptions(scope);
        try {
            Population population = new Population(
                    scope,
                    path -> tables.computeIfAbsent(path, key -> new StringWriter()),
                    ref -> names.getOrDefault(ref, ref));
            Map<String, Map<String, String>> texts = texts();
            List<String> records = BundleFixture.lines(folder.resolve("data/records.jsonl"));
            SealSpan span = new SealSpan(scope.start(), scope.end());
            for (String row : BundleFixture.lines(folder.resolve("ledger/index.csv"))) {
                String[] cells = row.split(",", -1);
                if (cells[0].matches("[0-9]+")) {
                    if (cells[3].startsWith("purged")) {
                        population.purged(cells[2]);
                    } else {
                        population.count(cells[2], !cells[3].isEmpty());
                    }
                }
                if (cells[3].matches("[0-9]+")) {
                    Map<String, Object> record = parse(records.get(Integer.parseInt(cells[3]) - 1));
                    Leaf leaf = new Leaf(Long.parseLong(cells[0]), record);
                    Leaf told = leaf.with(texts.getOrDefault(String.valueOf(record.get("id")), Map.of()));
                    population.add(told);
                    exceptions.add(told);
                    if (leaf.type().equals(Leaf.SEAL)) {
                        population.sealed(leaf, span.next(leaf));
                    }
                }
            }
            population.finish();
            manifest.put("totals", population.totals().counts());
            tables.forEach((path, text) -> BundleFixture.write(folder.resolve(path), text.toString()));
            write(manifest);
            new BundleTexts().write(manifest, fixture.vkey(), exceptions, folder, folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        fixture.sumAndSign(folder);
    }

    Map<String, Object> manifest() {
        return parse(BundleFixture.read(folder.resolve("manifest.json")));
    }

    void write(Map<String, Object> manifest) {
        BundleFixture.write(folder.resolve("manifest.json"), Canonical.text(manifest) + "\n");
    }

    private List<Map<?, ?>> people() {
        String json = BundleFixture.read(folder.resolve("population/people.json"));
        List<Map<?, ?>> people = new ArrayList<>();
        ((List<?>) parse("{\"items\":" + json + "}").get("items")).forEach(item -> people.add((Map<?, ?>) item));
        return people;
    }

    private Map<String, Map<String, String>> texts() {
        Map<String, Map<String, String>> texts = new HashMap<>();
        for (String line : BundleFixture.lines(folder.resolve("data/private.jsonl"))) {
            Map<String, Object> text = parse(line);
            texts.computeIfAbsent(String.valueOf(text.get("record")), key -> new HashMap<>())
                    .put(String.valueOf(text.get("field")), String.valueOf(text.get("text")));
        }
        return texts;
    }

    private static Map<String, Object> parse(String json) {
        return new TreeMap<>(Canonical.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
}
