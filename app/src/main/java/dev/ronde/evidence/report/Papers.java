package dev.ronde.evidence.report;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.population.ActorName;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The papers an auditor files: the report as a PDF, and the tables as a workbook.
 *
 * @param model what the report shows
 * @param words the text of a key in the language of the papers
 */
record Papers(TableFiles tables, Map<String, Object> manifest, Map<String, Object> model, UnaryOperator<String> words) {
    private static final String PDF = "reports/report.pdf";
    private static final String WORKBOOK = "reports/evidence.xlsx";

    /** The figures of page one, in their order. */
    static final Map<String, List<String>> GROUPS = groups();

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put(
                "reviews",
                List.of(
                        "reviews_due",
                        "reviews_on_time",
                        "reviews_waiver",
                        "reviews_late",
                        "reviews_pending",
                        "reviews_missed",
                        "reviews_overdue",
                        "reviews_waiting",
                        "reviews_cancelled",
                        "reviews_gap"));
        groups.put(
                "runs",
                List.of(
                        "runs_due",
                        "runs_pass",
                        "runs_fail",
                        "runs_error",
                        "runs_unknown",
                        "runs_not_applicable",
                        "runs_missed"));
        groups.put(
                "population",
                List.of("assets_start", "assets_end", "assets_added", "assets_retired", "checks", "plans", "people"));
        groups.put(
                "open",
                List.of(
                        "controls",
                        "controls_covered",
                        "exceptions",
                        "gaps",
                        "exposures",
                        "exposures_open",
                        "waivers",
                        "waivers_in_force",
                        "changes"));
        return groups;
    }

    /** Who asked for the bundle, as the table of roles calls them. */
    static String preparer(TableFiles tables, String reference) {
        try {
            JsonNode people = Json.tree(Files.readString(tables.file("population/people.json")));
            return ActorName.of(reference, ref -> {
                for (JsonNode person : people) {
                    if (person.path("ref").asString("").equals(ref)) {
                        return person.path("name").asString("");
                    }
                }
                return ref;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes both, and returns their paths. */
    Set<String> write(String report, Path into) throws IOException {
        Instant sealedAt = (Instant) Objects.requireNonNull(model.get("sealed"));
        ReportPdf.write(report, sealedAt, into.resolve(PDF));
        Map<String, List<List<Object>>> sheets =
                Map.of("Summary", summary(), "Controls", controls(), "Samples", samples(), "IPE", source());
        EvidenceWorkbook.write(tables, sheets, sealedAt.toString(), into.resolve(WORKBOOK));
        return Set.of(PDF, WORKBOOK);
    }

    private List<List<Object>> summary() {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(words.apply("paper.figure"), words.apply("paper.count")));
        if (Boolean.TRUE.equals(model.get("test_clock"))) {
            rows.add(List.of(words.apply("paper.test_clock")));
        }
        for (String name : List.of("organisation", "origin", "preparer", "sealed_at", "from", "to")) {
            rows.add(List.of(words.apply("paper." + name), String.valueOf(model.get(name))));
        }
        Map<?, ?> figures = (Map<?, ?>) Objects.requireNonNull(model.get("figures"));
        GROUPS.forEach((group, names) -> names.forEach(name -> rows.add(List.of(
                words.apply("paper.group." + group) + " · " + words.apply("paper.figure." + name),
                String.valueOf(figures.get(name))))));
        return rows;
    }

    private List<List<Object>> controls() {
        List<List<Object>> rows = new ArrayList<>();
        for (Object item : (List<?>) Objects.requireNonNull(model.get("controls"))) {
            Map<?, ?> row = (Map<?, ?>) item;
            if (rows.isEmpty()) {
                rows.add(row.keySet().stream()
                        .map(column -> (Object) words.apply("paper.control." + column))
                        .toList());
            }
            rows.add(row.values().stream()
                    .map(cell -> cell.equals(-1L) ? "" : (Object) cell)
                    .toList());
        }
        return rows;
    }

    /** One below the other, each with the columns of its table. */
    private List<List<Object>> samples() throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        if (tables.has("samples")) {
            try (Stream<Path> files = Files.list(tables.file("samples"))) {
                for (String name : files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(".csv"))
                        .sorted()
                        .toList()) {
                    List<Object> header = new ArrayList<>(List.of("sample"));
                    header.addAll(tables.columns("samples/" + name));
                    rows.add(header);
                    tables.each("samples/" + name, row -> {
                        List<Object> cells = new ArrayList<>(List.of(name.replace(".csv", "")));
                        cells.addAll(row.cells());
                        rows.add(cells);
                    });
                }
            }
        }
        return rows;
    }

    /** Information produced by the entity: what was asked, of which state of the log, and the tables that answer, each with its hash. */
    private List<List<Object>> source() throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of("manifest.json", "value"));
        new TreeMap<>(manifest).forEach((name, value) -> {
            if (value instanceof Map<?, ?> members) {
                new TreeMap<>(members)
                        .forEach((member, inside) -> rows.add(List.of(name + "." + member, told(inside))));
            } else if (!name.equals("files")) {
                rows.add(List.of(name, told(value)));
            }
        });
        try (Stream<Path> files = Files.list(tables.file("population"))) {
            for (String name : files.map(file -> "population/" + file.getFileName())
                    .sorted()
                    .toList()) {
                rows.add(List.of(name + " SHA-256", Sha256.of(tables.file(name))));
            }
        }
        return rows;
    }

    private static String told(Object value) {
        return value instanceof String text ? text : Canonical.text(value);
    }
}
