package dev.ronde.command;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.CheckTester;
import dev.ronde.catalogue.EffectiveParams;
import dev.ronde.catalogue.Judge;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Translations;
import dev.ronde.catalogue.VocabularyException;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.json.JsonFault;
import dev.ronde.platform.problem.DidYouMean;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class CheckFiles {
    private static final JsonMapper PLAIN = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private static final String[] ROW = {"outcome", "reason", "detail", "severity", "assertion", "result", "message"};

    private CheckFiles() {}

    @Command(
            name = "test",
            description = {
                "Test check files by their own fixtures, and their texts in other languages.",
                "Also drops each assertion once: a test has to notice. Each fault is a line FILE:LINE: what. Exit code 3 when a check or its texts fail. Needs no database."
            })
    static final class Test extends CommandBase {
        @Parameters(
                arity = "0..1",
                paramLabel = "DIR",
                description =
                        "Folder of check files; without it all checks are tested, those of RONDE_CHECKS included.")
        @Nullable
        Path folder;

        @Override
        public Integer call() {
            Catalogue catalogue;
            try {
                catalogue = CheckCatalogue.load(folder, root().environment);
            } catch (VocabularyException e) {
                show(List.of(e.report()));
                say("No check was tested: all depend on this file.");
                return CommandFailed.FINDINGS;
            }
            List<CheckTester.Report> reports = QuietLog.without(() -> reports(catalogue));
            if (reports.isEmpty()) {
                throw CommandFailed.of(folder + " holds no check files (*.yaml).");
            }
            show(reports);
            long failed = reports.stream().filter(report -> !report.passed()).count();
            say(reports.size() - failed + " of " + reports.size() + " checks are fine.");
            return failed == 0 ? 0 : CommandFailed.FINDINGS;
        }

        private void show(List<CheckTester.Report> reports) {
            List<JsonNode> items = reports.stream().map(Test::item).toList();
            if (format() == Output.Format.table) {
                output().items(items, "check", "result", "tests");
                reports.stream()
                        .flatMap(report -> report.problems().stream())
                        .forEach(problem -> out().println(folder == null ? problem : folder.resolve(problem)));
            } else {
                output().items(items, "check", "result", "tests", "problem");
            }
        }

        private List<CheckTester.Report> reports(Catalogue catalogue) {
            Translations translations = catalogue.translations();
            List<CheckTester.Report> reports = new ArrayList<>();
            catalogue.entries().stream()
                    .filter(entry -> folder == null
                            || entry.operators()
                            || !entry.problems().isEmpty()
                            || translations.operators(entry))
                    .map(entry -> CheckTester.test(entry, translations))
                    .forEach(reports::add);
            catalogue
                    .strayFiles()
                    .forEach((path, reason) -> reports.add(new CheckTester.Report(path, 0, List.of(reason))));
            return reports;
        }

        private static JsonNode item(CheckTester.Report report) {
            return Output.item(
                    "check",
                    report.id(),
                    "result",
                    report.passed() ? "pass" : "fail",
                    "tests",
                    report.fixtures(),
                    "problem",
                    String.join("; ", report.problems()),
                    "problems",
                    report.problems());
        }
    }

    @Command(name = "eval", description = "Judge a file of facts by a check. Needs no database and reaches nothing.")
    static final class Eval extends CommandBase {
        @Parameters(paramLabel = "ID", description = "Id of the check.")
        String id = "";

        @Option(names = "--facts", paramLabel = "FILE", required = true, description = "JSON facts; - is stdin.")
        String facts = "";

        @Option(names = "--dir", paramLabel = "DIR", description = "Folder of check files over the packaged ones.")
        @Nullable
        Path folder;

        @Option(
                names = "--asset",
                paramLabel = "FIELD=VALUE",
                description = "A field of the asset, such as --asset criticality=high.")
        Map<String, String> asset = new LinkedHashMap<>();

        @Option(names = "--at", paramLabel = "INSTANT", description = "Time of the judgement (default now).")
        @Nullable
        String at;

        @Override
        public Integer call() {
            CheckDefinition check = sound(CheckCatalogue.load(folder, root().environment), id);
            Map<String, Object> variables = new LinkedHashMap<>(Map.of(
                    "ref",
                    "",
                    "name",
                    "",
                    "kind",
                    "",
                    "criticality",
                    "medium",
                    "tags",
                    List.of(),
                    "declared_ports",
                    List.of()));
            variables.putAll(asset);
            Judgement judgement = Judge.judge(
                    check,
                    new Judge.Input(
                            document(facts), EffectiveParams.defaults(check).values(), variables, now()));
            show(Json.tree(Json.write(judgement)));
            return 0;
        }

        private Instant now() {
            try {
                return at == null ? root().clock.instant() : Instant.parse(at);
            } catch (DateTimeException e) {
                throw CommandFailed.usage("--at is \"" + at + "\": write an instant such as 2026-03-02T08:00:00Z.");
            }
        }

        private void show(JsonNode judgement) {
            if (format() == Output.Format.json) {
                output().document(judgement);
                return;
            }
            List<JsonNode> assertions =
                    judgement.path("assertions").valueStream().toList();
            if (format() == Output.Format.csv) {
                output().items(rows(judgement, assertions), ROW);
                return;
            }
            output().items(List.of(judgement), "outcome", "reason", "detail", "severity");
            if (!assertions.isEmpty()) {
                out().println();
                output().items(assertions, "id", "result", "message");
            }
        }

        /** One row per assertion, each starting with the overall outcome; a single row if nothing was judged. */
        private static List<JsonNode> rows(JsonNode judgement, List<JsonNode> assertions) {
            List<Map<String, JsonNode>> each = assertions.isEmpty()
                    ? List.of(Map.of())
                    : assertions.stream()
                            .map(assertion -> Map.of(
                                    "assertion", assertion.path("id"),
                                    "result", assertion.path("result"),
                                    "message", assertion.path("message")))
                            .toList();
            return each.stream()
                    .map(fields -> {
                        ObjectNode row = (ObjectNode) judgement.deepCopy();
                        row.remove("assertions");
                        return (JsonNode) row.setAll(fields);
                    })
                    .toList();
        }
    }

    static CheckDefinition sound(Catalogue catalogue, String id) {
        catalogue.notUsed().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .ifPresent(entry -> {
                    throw CommandFailed.of(
                            "The check " + id + " is " + entry.problems().get(0).message() + ".");
                });
        CatalogueEntry entry = catalogue
                .find(id)
                .orElseThrow(() -> CommandFailed.of("There is no check " + id + known(catalogue, id)));
        if (!entry.problems().isEmpty()) {
            throw CommandFailed.of("The check " + id + " is broken, line "
                    + String.join(
                            "\n  line ",
                            entry.problems().stream().map(Object::toString).toList()));
        }
        return entry.sound().orElseThrow();
    }

    /** Ends a sentence about an unknown id with the nearest known id, or with all of them. */
    static String known(Catalogue catalogue, String id) {
        List<String> ids = catalogue.entries().stream().map(CatalogueEntry::id).toList();
        String meant = DidYouMean.question(id, ids);
        return meant.isEmpty() ? ". Known: " + String.join(", ", ids) : meant;
    }

    private static Map<String, Object> document(String file) {
        try {
            return PLAIN.readValue(InputFile.text(file), new TypeReference<Map<String, Object>>() {});
        } catch (JacksonException e) {
            throw CommandFailed.usage(file + " is not a JSON object: " + JsonFault.of(e) + ".");
        }
    }
}
