package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code /.well-known/security.txt} (RFC 9116), and who may read the metrics: both are asked for by nobody we know. */
final class SecurityContactTest {
    private static final String PATH = "/.well-known/security.txt";

    @Test
    void itNamesTheAddressMailsComeFrom() {
        try (TestApp app = TestApp.start(new TestClock(), Map.of(Setting.MAIL_FROM, "ronde@example.org"))) {
            TestApp.Answer answer = app.call("GET", PATH, null, Map.of()).is(200);
            assertThat(answer.header("Content-Type")).isEqualTo("text/plain;charset=utf-8");
            assertThat(answer.body())
                    .contains(
                            "Contact: mailto:ronde@example.org\n",
                            "Canonical: " + app.app().address() + PATH)
                    .containsPattern("Expires: \\d{4}-\\d{2}-\\d{2}T00:00:00Z\n");
        }
    }

    @Test
    void whereNobodyIsKnownThereIsNone() {
        try (TestApp app = TestApp.start(new TestClock(), Map.of())) {
            app.call("GET", PATH, null, Map.of()).is(404);
            app.call("GET", "/metrics", null, Map.of()).is(200);
            for (String header :
                    new String[] {"X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Real-IP", "Via"}) {
                assertThat(app.call("GET", "/metrics", null, Map.of(header, "for=127.0.0.1"))
                                .status())
                        .as(header)
                        .isEqualTo(403);
            }
        }
    }
}
