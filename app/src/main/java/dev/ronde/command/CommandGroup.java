package dev.ronde.command;

import picocli.CommandLine.ParameterException;

/** A command that only holds subcommands: classes, or methods that return the exit code. */
abstract class CommandGroup extends CommandBase {
    @Override
    public final Integer call() {
        throw new ParameterException(
                spec().commandLine(),
                "Say which: " + String.join(", ", spec().subcommands().keySet()) + ".");
    }
}
