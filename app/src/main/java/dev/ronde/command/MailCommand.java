package dev.ronde.command;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "mail",
        description = "The mail channel.",
        subcommands = {MailIngestCommand.class, MailCommand.Key.class})
final class MailCommand extends CommandGroup {
    @Command(name = "test", description = "Send a test mail at once and say what the mail server answered.")
    int test(@Parameters(paramLabel = "ADDRESS", description = "Where to send it.") String address) {
        return withApi(api -> {
            JsonNode answer = api.postArguments("/api/v1/mails/test", Map.of("to", address));
            output().items(List.of(answer), "verdict", "server", "phase", "smtp_code", "answer");
            say(answer.path("said").asString(""));
            return answer.path("verdict").asString("").equals("accepted") ? 0 : CommandFailed.FAILED;
        });
    }

    @Command(name = "key", description = "The keys that sign the links in mails.")
    static final class Key extends CommandGroup {
        private static final String KEYS = "/api/v1/mail-keys";

        @Command(name = "list", description = "Every key, when it was made, and how many live links it signed.")
        int list() {
            return withApi(
                    api -> show(api.items(KEYS), "kid", "created_at", "links", "disabled_at", "disabled_reason"));
        }

        @Command(
                name = "disable",
                description =
                        "Kill every link a key signed, because it may have leaked; their holders are mailed new ones.")
        int disable(
                @Parameters(paramLabel = "KID", description = "The number of the key.") int kid,
                @Option(
                                names = "--reason",
                                required = true,
                                paramLabel = "R",
                                description = "Why; it stands in the evidence.")
                        String reason) {
            return withApi(
                    api -> show(api.post(KEYS + "/" + kid + "/disable", Map.of("reason", reason)), "kid", "notices"));
        }
    }
}
