package dev.ronde.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "asset", description = "The inventory.")
final class AssetCommand extends CommandGroup {
    private static final String[] ERROR = {"line", "column", "code", "message"};

    enum Conflict {
        update,
        skip,
        stop
    }

    static final class Filter {
        @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind; several with commas.")
        @Nullable
        String kind;

        @Option(names = "--owner", paramLabel = "EMAIL", description = "Only assets of this owner.")
        @Nullable
        String owner;

        @Option(names = "--unit", paramLabel = "UNIT", description = "Only assets of this unit.")
        @Nullable
        String unit;

        @Option(names = "--criticality", paramLabel = "LEVEL", description = "low, medium, high or critical.")
        @Nullable
        String criticality;

        @Option(names = "--tag", paramLabel = "TAG", description = "Only assets with this tag.")
        @Nullable
        String tag;

        String query() {
            return ApiClient.query("kind", kind, "owner", owner, "unit", unit, "criticality", criticality, "tag", tag);
        }
    }

    @Command(
            name = "import",
            description = {
                "Import assets from a CSV file.",
                "Good rows are applied, each refused one is listed and makes the exit code 3. A column that nobody knows is",
                "reported and refuses no row. Nothing is ever deleted."
            })
    int take(
            @Parameters(paramLabel = "FILE", description = "The CSV file; - is stdin.") String file,
            @Option(names = "--dry-run", description = "Say what would happen and change nothing.") boolean dryRun,
            @Option(
                            names = "--on-conflict",
                            paramLabel = "HOW",
                            defaultValue = "update",
                            description =
                                    "What happens to an asset that exists: ${COMPLETION-CANDIDATES} (default update).")
                    Conflict onConflict) {
        byte[] csv = InputFile.bytes(file);
        return withApi(api -> {
            JsonNode result = api.send(
                    "POST", "/api/v1/assets/import?dry_run=" + dryRun + "&on_conflict=" + onConflict, "text/csv", csv);
            List<JsonNode> errors = result.path("errors").valueStream().toList();
            List<JsonNode> remarks = errors.stream()
                    .filter(error -> error.path("code").asString("").startsWith("unknown_column"))
                    .toList();
            if (format() == Output.Format.json) {
                output().document(result);
            } else {
                imported(result, errors, dryRun);
            }
            remarks.forEach(remark -> say(remark.path("message").asString("")));
            if (!dryRun
                    && result.path("created").asInt(0) > 0
                    && !api.get("/api/v1/plans?limit=1").path("items").isEmpty()) {
                say("Reviews of new assets whose lead time has begun wait until a lead announces them:"
                        + " on the page of the plan, or with plan apply.");
            }
            return errors.size() == remarks.size() ? 0 : CommandFailed.FINDINGS;
        });
    }

    private void imported(JsonNode result, List<JsonNode> errors, boolean dryRun) {
        boolean table = format() == Output.Format.table;
        if (table) {
            out().printf(
                            Locale.ROOT,
                            "%screated %d, updated %d, unchanged %d, refused %d%n",
                            dryRun ? "would have: " : "",
                            result.path("created").asInt(0),
                            result.path("updated").asInt(0),
                            result.path("unchanged").asInt(0),
                            result.path("refused").asInt(errors.size()));
        }
        if (!table || !errors.isEmpty()) {
            output().items(errors, ERROR);
        }
    }

    @Command(name = "list", description = "The assets, newest first.")
    int list(@Mixin Filter filter) {
        return withApi(api -> show(
                api.items("/api/v1/assets" + filter.query()),
                "ref",
                "name",
                "kind",
                "owner",
                "criticality",
                "unit",
                "address",
                "port"));
    }

    @Command(name = "export", description = "The assets as CSV with the columns of the import, or as JSON on stdout.")
    int export(
            @Mixin Filter filter,
            @Option(
                            names = {"-o", "--file"},
                            paramLabel = "FILE",
                            description = "Write the CSV to this file instead of stdout.")
                    @Nullable
                    Path file)
            throws IOException {
        if (format() != Output.Format.json) {
            return save("/api/v1/assets.csv" + filter.query(), file);
        }
        if (file != null) {
            throw CommandFailed.usage("A file is CSV. For JSON, leave -o out: it comes on stdout.");
        }
        return withApi(api -> show(api.items("/api/v1/assets" + filter.query())));
    }
}
