package dev.ronde.command;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "run",
        description = {
            "Run checks now, within the probe policy and its limits.",
            "With --wait it returns when all results are stored. Exit codes then: 3 where a check fails and no waiver covers it; 1 where none fails but one",
            "ended in error or has no result yet, which is not a pass; 0 otherwise. An outcome unknown is told on stderr and is 0: the check worked and cannot tell."
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
            JsonNode job = api.post("/api/v1/check-runs", ApiClient.fields("asset", asset, "check", check));
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
            return told(runs, done);
        });
    }

    /** Reports the runs without a verdict and returns the exit code: a missing answer never counts as safe. */
    private int told(List<JsonNode> runs, JsonNode job) {
        long errors = count(runs, "error");
        long missing = Math.max(0, job.path("failed").asLong() - errors);
        long unknown = count(runs, "unknown");
        if (errors > 0) {
            complain((errors == 1 ? "1 check ended in error and says" : errors + " checks ended in error and say")
                    + " nothing about the protection. Look at the reason, or at: ronde check explain RUN");
        }
        if (missing > 0) {
            complain(
                    (missing == 1 ? "1 check has" : missing + " checks have")
                            + " no result yet: the limits towards their targets put them off, or probing was stopped. They run by themselves.");
        }
        if (unknown > 0) {
            say((unknown == 1 ? "1 check" : unknown + " checks")
                    + " could not tell (unknown): that is not a pass either.");
        }
        if (runs.isEmpty() && missing == 0) {
            say("Nothing ran: no check applies to what was asked for.");
        }
        boolean failing = runs.stream()
                .anyMatch(run -> run.path("outcome").asString("").equals("fail")
                        && !run.path("waived").asBoolean(false));
        return failing ? CommandFailed.FINDINGS : errors + missing > 0 ? CommandFailed.FAILED : 0;
    }

    private static long count(List<JsonNode> runs, String outcome) {
        return runs.stream()
                .filter(run -> run.path("outcome").asString("").equals(outcome))
                .count();
    }

    private String path() {
        return "/api/v1/check-runs" + ApiClient.query("asset", asset, "check", check);
    }

    private void progress(JsonNode job) {
        if (root().verbose) {
            say(job.path("done").asString("0") + " of " + job.path("total").asString("0"));
        }
    }
}
