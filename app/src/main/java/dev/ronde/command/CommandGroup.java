package dev.ronde.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds subcommands. */
abstract class CommandGroup implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("no command line");
        }
        throw new ParameterException(
                spec.commandLine(),
                "Say which: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
