package dev.ronde.command;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** The mail channel. */
@Command(name = "mail", description = "The mail channel.", subcommands = MailCommand.Test.class)
final class MailCommand extends CommandGroup {

    /** {@code mail test}. */
    @Command(name = "test", description = "Send a test mail at once and show what the mail server answered.")
    static final class Test extends CommandBase {
        @Parameters(paramLabel = "ADDRESS", description = "Where to send it.")
        String address = "";

        @Override
        public Integer call() {
            return withApi(api -> {
                JsonNode answer = api.post("/api/v1/mails/test", Map.of("to", address));
                output().items(List.of(answer), "verdict", "smtp_code", "answer");
                return answer.path("verdict").asString("").equals("accepted") ? 0 : CommandFailed.FAILED;
            });
        }
    }
}
