package dev.ronde.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "asset",
        description = "The inventory.",
        subcommands = {AssetCommand.Import.class, AssetCommand.ListAll.class, AssetCommand.Export.class})
final class AssetCommand extends CommandGroup {

    enum Conflict {
        update,
        skip,
        stop
    }

    @Command(
            name = "import",
            description = {
                "Import assets from a CSV file.",
                "Good rows are applied, each refused one is listed and makes the exit code 3. A column that nobody knows is",
                "reported and refuses no row. Nothing is ever deleted."
            })
    static final class Import extends CommandBase {
        @Parameters(paramLabel = "FILE", description = "The CSV file; - is stdin.")
        String file = "";

        @Option(names = "--dry-run", description = "Say what would happen and change nothing.")
        boolean dryRun;

        @Option(
                names = "--on-conflict",
                paramLabel = "HOW",
                description = "What happens to an asset that exists: ${COMPLETION-CANDIDATES} (default update).")
        Conflict onConflict = Conflict.update;

        @Override
        public Integer call() {
            byte[] csv = InputFile.bytes(file);
            return withApi(api -> {
                JsonNode result = api.send(
                        "POST",
                        "/api/v1/assets/import?dry_run=" + dryRun + "&on_conflict=" + onConflict.name(),
                        "text/csv",
                        csv);
                List<JsonNode> errors = new ArrayList<>();
                result.path("errors").forEach(errors::add);
                List<JsonNode> remarks =
                        errors.stream().filter(Import::refusesNothing).toList();
                show(result, errors);
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

        private static boolean refusesNothing(JsonNode error) {
            return error.path("code").asString("").startsWith("unknown_column");
        }

        private void show(JsonNode result, List<JsonNode> errors) {
            switch (format) {
                case json -> output().document(result);
                case csv -> output().items(errors, "line", "column", "code", "message");
                case table -> {
                    out().printf(
                                    Locale.ROOT,
                                    "%screated %d, updated %d, unchanged %d, refused %d%n",
                                    dryRun ? "would have: " : "",
                                    result.path("created").asInt(0),
                                    result.path("updated").asInt(0),
                                    result.path("unchanged").asInt(0),
                                    result.path("refused").asInt(errors.size()));
                    if (!errors.isEmpty()) {
                        output().items(errors, "line", "column", "code", "message");
                    }
                }
            }
        }
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

    @Command(name = "list", description = "The assets, newest first.")
    static final class ListAll extends ApiCommand {
        @picocli.CommandLine.Mixin
        Filter filter = new Filter();

        @Override
        int run(ApiClient api) {
            return show(
                    api.items("/api/v1/assets" + filter.query()),
                    "ref",
                    "name",
                    "kind",
                    "owner",
                    "criticality",
                    "unit",
                    "address",
                    "port");
        }
    }

    @Command(name = "export", description = "The assets as CSV with the columns of the import.")
    static final class Export extends ApiCommand {
        @picocli.CommandLine.Mixin
        Filter filter = new Filter();

        @Option(
                names = {"-o", "--file"},
                paramLabel = "FILE",
                description = "Write to this file instead of stdout.")
        @Nullable
        Path file;

        @Override
        int run(ApiClient api) {
            if (format == Output.Format.json) {
                write(dev.ronde.platform.json.Json.write(api.items("/api/v1/assets" + filter.query())) + "\n");
            } else {
                write(api.text("/api/v1/assets.csv" + filter.query()));
            }
            return 0;
        }

        private void write(String text) {
            Path target = file;
            if (target == null) {
                out().print(text);
                out().flush();
                return;
            }
            try {
                Files.writeString(target, text, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw CommandFailed.of(
                        target + " cannot be written: " + e.getClass().getSimpleName() + ".");
            }
        }
    }
}
