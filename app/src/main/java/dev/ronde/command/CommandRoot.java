package dev.ronde.command;

import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command gets from the root of the command line: the options all of them have, and what starts servers. */
abstract class CommandRoot {
    final Launcher launcher;
    final Map<String, String> environment;
    final InstantSource clock;

    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT, description = "Home folder (RONDE_HOME).")
    @Nullable
    String home;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "table, json or csv.",
            defaultValue = "table")
    Output.Format format = Output.Format.table;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Say nothing on stderr but errors.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more on stderr.")
    boolean verbose;

    @Option(names = "--yes", scope = ScopeType.INHERIT, description = "Accepted for scripts; no command asks.")
    boolean yes;

    CommandRoot(Launcher launcher, Map<String, String> environment, InstantSource clock) {
        this.launcher = launcher;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    abstract CommandLine commandLine();
}
