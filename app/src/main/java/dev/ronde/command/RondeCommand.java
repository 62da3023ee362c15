package dev.ronde.command;

import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.DatabaseException;
import dev.ronde.platform.problem.Problem;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command line; without a command it serves. */
@Command(
        name = "ronde",
        description = "Periodic configuration reviews, with evidence that verifies offline.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            MigrateCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            UserCommand.class,
            TokenCommand.class,
            AssetCommand.class,
            SnapshotCommand.class,
            CheckCommand.class,
            ProbingCommand.class,
            ProbeAgentCommand.class,
            PlanCommand.class,
            ReviewCommand.class,
            EvidenceCommand.class,
            LedgerCommand.class,
            MailCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            DbCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        })
public final class RondeCommand implements Callable<Integer> {
    private final Launcher launcher;
    private final Map<String, String> environment;
    private final InstantSource clock;

    @Spec
    @org.jspecify.annotations.Nullable
    CommandSpec spec;

    /** @param clock the wall clock, born in Main */
    public RondeCommand(Launcher launcher, Map<String, String> environment, InstantSource clock) {
        this.clock = clock;
        this.launcher = launcher;
        this.environment = Map.copyOf(environment);
    }

    /** The command line, ready to execute; exit codes: 0 fine, 1 failed, 2 wrong usage, 3 findings exist. */
    public CommandLine commandLine() {
        CommandLine line = new CommandLine(this);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandFailed failed) {
                command.getErr().println(failed.getMessage());
                return failed.exitCode();
            }
            if (failure instanceof SettingsException || failure instanceof DatabaseException) {
                command.getErr().println(failure.getMessage());
                return CommandFailed.FAILED;
            }
            if (failure instanceof Problem problem) {
                command.getErr().println(problem.text());
                problem.errors()
                        .forEach(error -> command.getErr().println("  " + error.pointer() + ": " + error.message()));
                return CommandFailed.FAILED;
            }
            throw failure;
        });
        return line;
    }

    Launcher launcher() {
        return launcher;
    }

    InstantSource clock() {
        return clock;
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public Integer call() {
        return commandLine().execute("serve");
    }
}
