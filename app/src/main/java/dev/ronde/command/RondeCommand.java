package dev.ronde.command;

import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.DatabaseException;
import dev.ronde.platform.problem.Problem;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** Without a command it serves. */
@Command(
        name = "ronde",
        description = "Periodic configuration reviews, with evidence that verifies offline.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionCommand.class,
        synopsisSubcommandLabel = "COMMAND")
public final class RondeCommand extends CommandRoot implements Callable<Integer> {
    private static final String DEFAULT = "serve";

    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put(DEFAULT, ServeCommand.class);
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("migrate", MigrateCommand.class);
        COMMANDS.put("doctor", DoctorCommand.class);
        COMMANDS.put("config", ConfigCommand.class);
        COMMANDS.put("user", UserCommand.class);
        COMMANDS.put("token", TokenCommand.class);
        COMMANDS.put("asset", AssetCommand.class);
        COMMANDS.put("snapshot", SnapshotCommand.class);
        COMMANDS.put("check", CheckCommand.class);
        COMMANDS.put("probing", ProbingCommand.class);
        COMMANDS.put("probe-agent", ProbeAgentCommand.class);
        COMMANDS.put("witness", WitnessCommand.class);
        COMMANDS.put("waiver", WaiverCommand.class);
        COMMANDS.put("plan", PlanCommand.class);
        COMMANDS.put("review", ReviewCommand.class);
        COMMANDS.put("evidence", EvidenceCommand.class);
        COMMANDS.put("report", ReportCommand.class);
        COMMANDS.put("ledger", LedgerCommand.class);
        COMMANDS.put("hold", HoldCommand.class);
        COMMANDS.put("erase", EraseCommand.class);
        COMMANDS.put("request", RequestCommand.class);
        COMMANDS.put("mail", MailCommand.class);
        COMMANDS.put("backup", BackupCommand.class);
        COMMANDS.put("restore", RestoreCommand.class);
        COMMANDS.put("db", DbCommand.class);
        COMMANDS.put("completion", CompletionCommand.class);
        COMMANDS.put("version", VersionCommand.class);
    }

    public RondeCommand(Launcher launcher, Map<String, String> environment, InstantSource clock) {
        super(launcher, environment, clock);
    }

    /** The whole command line; exit codes: 0 fine, 1 failed, 2 wrong usage, 3 findings exist. */
    @Override
    public CommandLine commandLine() {
        return commandLine(COMMANDS.values());
    }

    /** The command line for these arguments: where they name a command it knows no other, and starts the sooner. */
    public CommandLine commandLineFor(String... args) {
        Class<?> named = COMMANDS.get(args.length == 0 ? DEFAULT : args[0]);
        return named == null ? commandLine() : commandLine(List.of(named));
    }

    private CommandLine commandLine(Collection<? extends Class<?>> commands) {
        CommandLine line = new CommandLine(this);
        commands.forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // whatever the locale is: cron and services have none, and no name may become question marks in a file
        line.setOut(new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true));
        line.setErr(new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof CommandFailed failed) {
                command.getErr().println(failed.getMessage());
                return failed.exitCode();
            }
            if (failure instanceof SettingsException || failure instanceof DatabaseException) {
                command.getErr().println(failure.getMessage());
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            if (failure instanceof Problem problem) {
                command.getErr().println(problem.text());
                problem.errors()
                        .forEach(error -> command.getErr().println("  " + error.pointer() + ": " + error.message()));
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            throw failure;
        });
        return line;
    }

    @Override
    public Integer call() {
        return commandLineFor(DEFAULT).execute(DEFAULT);
    }
}
