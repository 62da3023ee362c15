package dev.ronde.command;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code check run}. */
@Command(
        name = "run",
        description = {
            "Run checks now, within the probe policy and its limits.",
            "With --wait it returns when all results are stored, and with exit code 3 when a check fails."
        })
final class CheckRunCommand extends CommandBase {
    @Option(names = "--asset", paramLabel = "REF", description = "Only this asset.")
    @Nullable
    String asset;

    @Option(names = "--check", paramLabel = "ID", description = "Only this check.")
    @Nullable
    String check;

    @Option(names = "--wait", description = "Wait for the results. Without a running server it always waits.")
    boolean wait;

    @Override
    public Integer call() {
        return withSession(session -> {
            ApiClient api = session.client();
            Map<String, Object> body = new LinkedHashMap<>();
            if (asset != null) {
                body.put("asset", asset);
            }
            if (check != null) {
                body.put("check", check);
            }
            JsonNode job = api.post("/api/v1/check-runs", body);
            if (!wait && !session.own()) {
                out().println(job.path("id").asString(""));
                say("Running. Look at it with: ronde check run --wait, or /jobs/"
                        + job.path("id").asString(""));
                return 0;
            }
            JsonNode done = api.await(job, this::progress);
            Instant since = Instant.parse(done.path("started_at").asString(""));
            List<JsonNode> runs = api.itemsWhile(
                    path(),
                    run -> !Instant.parse(run.path("finished_at").asString("")).isBefore(since));
            output().items(runs, "asset", "check", "outcome", "reason", "severity", "waived", "id");
            boolean failing = runs.stream()
                    .anyMatch(run -> run.path("outcome").asString("").equals("fail")
                            && !run.path("waived").asBoolean(false));
            return failing ? CommandFailed.FINDINGS : 0;
        });
    }

    private String path() {
        return "/api/v1/check-runs" + ApiClient.query("asset", asset, "check", check);
    }

    private void progress(JsonNode job) {
        if (verbose) {
            say(job.path("done").asString("0") + " of " + job.path("total").asString("0"));
        }
    }
}
