package dev.ronde.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Under a test clock every page says so, in front of the sign-in and behind it. */
final class TestClockBannerTest {
    private static final String PASSWORD = "correct-horse-battery";

    @Test
    void everyPageSaysThatTheClockIsNotReal() {
        Map<Setting, String> settings = Map.of(
                Setting.TEST_CLOCK, "2026-03-02T08:00:00Z",
                Setting.ADMIN_EMAIL, "ada@example.org",
                Setting.ADMIN_PASSWORD, PASSWORD);
        try (TestApp app = TestApp.start(new TestClock(), settings)) {
            TestApp.Answer login = app.call("GET", "/login", null, Map.of("Accept-Language", "en"));
            assertThat(login.body()).contains("TEST CLOCK");
            String cookie = app.call(
                            "POST",
                            "/login",
                            "email=ada@example.org&password=" + PASSWORD,
                            Map.of("Content-Type", "application/x-www-form-urlencoded", "Cookie", "ronde_visit=1"))
                    .is(303)
                    .header("Set-Cookie")
                    .split(";", 2)[0];
            for (String page : new String[] {"/", "/assets", "/reviews", "/people", "/settings"}) {
                TestApp.Answer shown = app.call("GET", page, null, Map.of("Cookie", cookie));
                assertThat(shown.status()).as(page).isEqualTo(200);
                assertThat(shown.body()).as(page).contains("TEST CLOCK");
            }
            for (String wrong : new String[] {"x", "5", "", "P", "xT5S", "-P1D", "P10000Y"}) {
                TestApp.Answer refused = app.post("/api/v1/test/clock", Map.of("advance", wrong));
                assertThat(refused.status()).as(wrong + refused.body()).isEqualTo(422);
            }
            String link = linkInAMail(app);
            assertThat(app.call("GET", link, null, Map.of()).body()).contains("TEST CLOCK");
        }
    }

    /** The path of the personal link in the mail that a plan sends. */
    private static String linkInAMail(TestApp app) {
        app.post("/api/v1/assets", Map.of("ref", "a-1", "name", "A", "kind", "host.linux", "owner", "al@example.org"));
        Map<String, Object> cadence = Map.of("every", "P1M", "anchor", "2026-03-10");
        app.post("/api/v1/plans", Map.of("id", "p", "title", "P", "scope", Map.of(), "cadence", cadence));
        app.post("/api/v1/test/clock", Map.of("advance", "P1D"));
        String text =
                app.get("/api/v1/mails").json().get("items").get(0).get("text").asString();
        return text.replaceAll("(?s).*http://[^/]+(/r/[a-z2-7]{40}).*", "$1");
    }
}
