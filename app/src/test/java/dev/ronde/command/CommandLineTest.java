package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;

/** The command line as a whole: each command says what it does, and is used wrongly with code 2. What {@code check eval} and lists with several values in a cell print for other programs. */
final class CommandLineTest {
    private static final String OPEN =
            "{\"vantage\":{\"zone\":\"internal\",\"canaryOk\":true},\"ping\":{\"outcome\":\"response\",\"reply\":\"pong\",\"bytesRead\":7}}";

    @TempDir
    Path home;

    private CommandLine line() {
        return new RondeCommand(Terminal.NO_SERVER, Map.of(), new TestClock()).commandLine();
    }

    @Test
    void aNamedCommandIsTheSameAloneAsAmongAll() {
        line().getSubcommands().forEach((name, command) -> {
            CommandLine alone = new RondeCommand(Terminal.NO_SERVER, Map.of(), new TestClock()).commandLineFor(name);
            assertThat(alone.getSubcommands()).containsOnlyKeys(name);
            assertThat(alone.getSubcommands().get(name).getUsageMessage()).isEqualTo(command.getUsageMessage());
        });
    }

    private static TreeSet<String> leaves(String path, CommandLine line) {
        TreeSet<String> found = new TreeSet<>();
        line.getSubcommands().forEach((name, command) -> {
            String full = (path + " " + name).strip();
            if (command.getSubcommands().isEmpty()) {
                found.add(full);
            } else {
                found.addAll(leaves(full, command));
            }
        });
        return found;
    }

    @Test
    void everyCommandExplainsItselfAndEachOption() {
        List<String> wrong = new ArrayList<>();
        CommandLine line = line();
        for (String command : leaves("", line)) {
            List<String> args = new ArrayList<>(List.of(command.split(" ")));
            args.add("--help");
            Terminal.Run run = Terminal.run(home, args.toArray(String[]::new));
            CommandSpec spec = spec(line, command);
            if (run.code() != 0 || !run.err().isEmpty() || spec.usageMessage().description().length == 0) {
                wrong.add(command + ": " + run.code() + " " + run.err());
            }
            spec.options().forEach(option -> {
                if (option.description().length == 0 || !run.out().contains(option.longestName())) {
                    wrong.add(command + " does not explain " + option.longestName());
                }
            });
            spec.positionalParameters().forEach(parameter -> {
                if (parameter.description().length == 0 || !run.out().contains(parameter.paramLabel())) {
                    wrong.add(command + " does not explain " + parameter.paramLabel());
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    private static CommandSpec spec(CommandLine line, String command) {
        CommandLine found = line;
        for (String name : command.split(" ")) {
            found = found.getSubcommands().get(name);
        }
        return found.getCommandSpec();
    }

    @Test
    void wrongUsageIsCodeTwoWithASuggestion() {
        Terminal.Run command = Terminal.run(home, "asset", "improt", "x.csv");
        assertThat(command.code()).isEqualTo(2);
        assertThat(command.err()).contains("improt").contains("asset import");
        Terminal.Run option = Terminal.run(home, "asset", "list", "--onwer", "a@example.org");
        assertThat(option.code()).isEqualTo(2);
        assertThat(option.err()).contains("--onwer").contains("--owner");
        assertThat(Terminal.run(home, "user", "add", "--email", "a@example.org").code())
                .isEqualTo(2);
        assertThat(Terminal.run(home, "token", "add", "--name", "x", "--role", "king")
                        .code())
                .isEqualTo(2);
        assertThat(Terminal.run(home, "asset").code()).isEqualTo(2);
        assertThat(Terminal.run(home, "asset", "list", "--output", "xml").code())
                .isEqualTo(2);
    }

    @Test
    void versionAndCompletionPrintOnStdoutOnly() {
        Terminal.Run version = Terminal.run(home, "version");
        assertThat(version.out()).matches("ronde \\S+\\R");
        assertThat(version.err()).isEmpty();
        String number = version.out().strip().substring("ronde ".length());
        assertThat(Terminal.run(home, "version", "--output", "json").out())
                .isEqualToIgnoringWhitespace("{\"version\":\"" + number + "\"}");
        assertThat(Terminal.run(home, "version", "--output", "csv")
                        .out()
                        .lines()
                        .toList())
                .containsExactly("version", number);
        Terminal.Run completion = Terminal.run(home, "completion");
        assertThat(completion.out())
                .contains("complete -F")
                .contains("asset")
                .contains("--dry-run")
                .contains("\"compliance\"")
                .doesNotContain("COMPLIANCE");
        assertThat(completion.code()).isZero();
    }

    @Test
    void remoteNeedsAToken() {
        Terminal.Run run = Terminal.run(Map.of("RONDE_URL", "http://127.0.0.1:1"), "", "asset", "list");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("RONDE_TOKEN");
        Terminal.Run silent =
                Terminal.run(Map.of("RONDE_URL", "http://127.0.0.1:1", "RONDE_TOKEN", "ronde_x"), "", "asset", "list");
        assertThat(silent.code()).isEqualTo(1);
        assertThat(silent.err()).contains("No answer from http://127.0.0.1:1");
    }

    private Terminal.Run eval(String facts, String output) {
        return Terminal.run(
                Terminal.NO_SERVER,
                new TestClock(),
                Map.of("RONDE_HOME", home.toString()),
                facts,
                "check",
                "eval",
                "redis-anonymous-access",
                "--facts",
                "-",
                "--output",
                output);
    }

    @Test
    void aTableOfValuesSaysWhichAssertionFailed() {
        assertThat(eval(OPEN, "csv").out().lines().toList())
                .hasSizeGreaterThan(1)
                .startsWith("outcome,reason,detail,severity,assertion,result,message")
                .anyMatch(line -> line.startsWith("fail,,,critical,") && line.contains(",fail,"));
        assertThat(eval("{\"nonsense\": 1}", "csv").out().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("error,fact-schema,"));
    }

    @Test
    void whatIsNoJsonIsWrongUsage() {
        for (String facts : List.of("[]", "{", "no: json")) {
            assertThat(eval(facts, "table").code()).as(facts).isEqualTo(CommandFailed.USAGE);
        }
    }

    @Test
    void severalValuesStandBetweenBars() {
        StringWriter text = new StringWriter();
        Output output = new Output(new PrintWriter(text), Output.Format.csv);
        JsonMapper json = JsonMapper.builder().build();
        output.items(
                List.of(json.readTree("{\"id\":\"a\",\"kinds\":[\"host.linux\",\"host.windows\"],\"none\":[]}")),
                "id",
                "kinds",
                "none");
        assertThat(text.toString().lines()).containsExactly("id,kinds,none", "a,host.linux|host.windows,");
    }
}
