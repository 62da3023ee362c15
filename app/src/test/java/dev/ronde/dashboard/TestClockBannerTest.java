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
            TestApp.Answer in = app.call(
                    "POST",
                    "/login",
                    "email=ada@example.org&password=" + PASSWORD,
                    Map.of("Content-Type", "application/x-www-form-urlencoded", "Cookie", "ronde_visit=1"));
            assertThat(in.status()).isEqualTo(303);
            String cookie = in.header("Set-Cookie").split(";", 2)[0];
            for (String page : new String[] {"/", "/assets", "/reviews", "/people", "/settings"}) {
                TestApp.Answer shown = app.call("GET", page, null, Map.of("Cookie", cookie));
                assertThat(shown.status()).as(page).isEqualTo(200);
                assertThat(shown.body()).as(page).contains("TEST CLOCK");
            }
        }
    }
}
