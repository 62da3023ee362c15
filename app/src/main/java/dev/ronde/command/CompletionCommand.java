package dev.ronde.command;

import picocli.AutoComplete;
import picocli.CommandLine.Command;

@Command(
        name = "completion",
        description = {"Print the completion script for bash and zsh.", "Use it with: source <(ronde completion)"})
final class CompletionCommand extends CommandBase {
    @Override
    public Integer call() {
        out().println(AutoComplete.bash("ronde", root().commandLine()));
        out().flush();
        return 0;
    }
}
