package dev.ronde.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Sends a mail to ourselves, waits for it and prints what it showed. */
final class MailTrialTable {
    private MailTrialTable() {}

    /** Runs one trial.
     *
     * @return 0 where nothing failed; 1 where something did or it did not come back in time */
    static int run(ApiClient api, CommandBase command, int seconds) {
        JsonNode trial = api.post("/api/v1/mail-trials", Map.of());
        String id = trial.path("id").asString("");
        long last = System.nanoTime() + seconds * 1_000_000_000L;
        while (waiting(trial) && System.nanoTime() < last) {
            ApiClient.pause();
            trial = api.get("/api/v1/mail-trials/" + id);
        }
        List<JsonNode> findings = new ArrayList<>();
        trial.path("findings").forEach(findings::add);
        if (command.format == Output.Format.json) {
            command.output().document(trial);
        } else {
            command.output().items(findings, "level", "topic", "said");
        }
        if (waiting(trial)) {
            command.say("It is not back after " + seconds + " seconds. Look later on /mail-trials/" + id + ".");
        }
        String state = trial.path("state").asString("");
        return state.equals("ok") || state.equals("warn") ? 0 : CommandFailed.FAILED;
    }

    private static boolean waiting(JsonNode trial) {
        return trial.path("state").asString("").equals("waiting");
    }
}
