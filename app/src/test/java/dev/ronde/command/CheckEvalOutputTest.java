package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What {@code check eval} and lists with several values in a cell print for other programs. */
final class CheckEvalOutputTest {
    private static final String OPEN =
            "{\"vantage\":{\"zone\":\"internal\",\"canaryOk\":true},\"ping\":{\"outcome\":\"response\",\"reply\":\"pong\",\"bytesRead\":7}}";

    @TempDir
    private Path home;

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
