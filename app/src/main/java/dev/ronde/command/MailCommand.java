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
        subcommands = {MailCommand.Test.class, MailIngestCommand.class, MailCommand.Key.class})
final class MailCommand extends CommandGroup {

    @Command(name = "test", description = "Send a test mail at once and say what the mail server answered.")
    static final class Test extends ApiCommand {
        @Parameters(paramLabel = "ADDRESS", description = "Where to send it.")
        String address = "";

        @Override
        int run(ApiClient api) {
            JsonNode answer = api.postArguments("/api/v1/mails/test", Map.of("to", address));
            output().items(List.of(answer), "verdict", "server", "phase", "smtp_code", "answer");
            say(answer.path("said").asString(""));
            return answer.path("verdict").asString("").equals("accepted") ? 0 : CommandFailed.FAILED;
        }
    }

    @Command(
            name = "key",
            description = "The keys that sign the links in mails.",
            subcommands = {KeyList.class, KeyDisable.class})
    static final class Key extends CommandGroup {}

    @Command(name = "list", description = "Every key, when it was made, and how many live links it signed.")
    static final class KeyList extends ApiCommand {
        @Override
        int run(ApiClient api) {
            return show(api.items("/api/v1/mail-keys"), "kid", "created_at", "links", "disabled_at", "disabled_reason");
        }
    }

    @Command(
            name = "disable",
            description =
                    "Kill every link a key signed, because it may have leaked; their holders are mailed new ones.")
    static final class KeyDisable extends ApiCommand {
        @Parameters(paramLabel = "KID", description = "The number of the key.")
        int kid;

        @Option(names = "--reason", required = true, paramLabel = "R", description = "Why; it stands in the evidence.")
        String reason = "";

        @Override
        int run(ApiClient api) {
            JsonNode done = api.post("/api/v1/mail-keys/" + kid + "/disable", Map.of("reason", reason));
            return show(done, "kid", "notices");
        }
    }
}
