package dev.ronde.command;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Results as OCSF events (class 2003, Compliance Finding), one JSON object a line, oldest first.",
            "For programs that gather security events. An event is the same run as long as its metadata.uid is the same."
        })
final class CheckExportCommand extends CommandBase {
    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "Runs that ended then or later, such as 2026-11-01T00:00:00Z.")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Runs that ended before; now, unless given.")
    @Nullable
    String to;

    @Option(names = "--asset", paramLabel = "REF", description = "Only this asset.")
    @Nullable
    String asset;

    @Option(names = "--check", paramLabel = "ID", description = "Only this check.")
    @Nullable
    String check;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only this one: pass, fail, error, unknown or not_applicable.")
    @Nullable
    String outcome;

    @Option(
            names = {"-o", "--file"},
            paramLabel = "FILE",
            description = "Write to this file instead of stdout.")
    @Nullable
    Path file;

    @Override
    public Integer call() throws IOException {
        String path = "/api/v1/check-runs.ocsf"
                + ApiClient.query("from", from, "to", to, "asset", asset, "check", check, "outcome", outcome);
        Path target = file;
        if (target == null) {
            return withApi(api -> {
                api.lines(path, line -> out().println(line));
                out().flush();
                return 0;
            });
        }
        try (OutputFile output = OutputFile.open(target)) {
            return withApi(api -> {
                api.download(path, output.part());
                output.finish();
                return 0;
            });
        }
    }
}
