package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a parameter holds that cannot be asked with is named, and nothing else is asked in its place. */
class BadOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "http.exchange, prefix, prom",
        "http.exchange, prefix, /prom/",
        "http.exchange, prefix, /a b",
        "smtp.relay, domain, 192.0.2.1",
        "smtp.relay, domain, -.-",
        "smtp.relay, domain, a-.example",
        "postgres.auth-method, database, 64",
        "postgres.auth-method, user, 64",
        "postgres.auth-method, user, ü32"
    })
    void isAnErrorThatNamesTheOption(String type, String option, String value) throws IOException {
        String long64 = "d".repeat(64);
        String text = value.equals("64") ? long64 : value.equals("ü32") ? "ü".repeat(32) : value;
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer("N"))) {
            ProbeTarget target = TestNetwork.target(server.port(), Map.of(option, text));
            ProbeResult result = TestNetwork.probe(type)
                    .collect(target, new ProbeLimits(2, Duration.ofSeconds(2), Duration.ofSeconds(2), 4_096));
            assertThat(result).isInstanceOfSatisfying(ProbeResult.Failed.class, failed -> {
                assertThat(failed.reason().code()).isEqualTo("bad-parameter");
                assertThat(failed.detail()).contains(text, option, "param:<check>." + option + "=");
                assertThat(failed.exchanges()).isEmpty();
            });
        }
    }
}
