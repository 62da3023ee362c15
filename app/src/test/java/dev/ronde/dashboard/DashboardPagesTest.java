package dev.ronde.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.dashboard.CoverageWeeks.TrendChart;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the first page says and where it leads. Under a test clock every page says so, in front of the sign-in and behind it. */
final class DashboardPagesTest {
    private static final String PASSWORD = "correct-horse-battery";

    @Test
    void saysWhatIsToBeDoneFirstAndWhatIsMostUrgent() {
        TestClock clock = new TestClock();
        try (TestApp app = TestApp.start(clock, Map.of())) {
            assertThat(app.get("/").body())
                    .contains(">—</a>", "nothing to cover", "href=\"/jobs\"")
                    .doesNotContain(">0.0 %</a>");
            assertThat(checksStep(app)).contains("href=\"/checks\"", "names the networks");
            asset(app, "redis-1", "service.redis");
            assertThat(app.get("/api/v1/check-runs?outcome=error").body()).contains("policy-denied");
            assertThat(checksStep(app)).as("what was refused did not run").contains("href=\"/checks\"");
            asset(app, "host-1", "host.server");
            clock.advance(Duration.ofMinutes(1));
            app.call(
                    "PUT",
                    "/api/v1/assets/host-1/snapshots/host.v1",
                    "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":true}]}",
                    app.operator("Content-Type", "application/json"));
            app.settle();
            assertThat(checksStep(app)).as("redis-1 may still not be probed").contains("href=\"/checks\"");
            unowned(app, 1, 10);
            String page = app.get("/").body();
            assertThat(page).contains("10 of 12", ">0.0 %</a>", "<td class=\"num\">0.0 %</td>");
            assertThat(page.split("<th scope=\"row\"><a href=\"/assets/", -1)).hasSize(11);
            for (String path : new String[] {"/", "/coverage", "/coverage/assets", "/plans", "/exposure"}) {
                String french = app.call("GET", path, null, french(app)).body();
                assertThat(french).as(path).contains("lang=\"fr\"").doesNotContainPattern("\\d\\.\\d\\s*%");
            }
            assertThat(app.call("GET", "/", null, french(app)).body())
                    .contains(">0,0 %</a>", "<td class=\"num\">0,0 %</td>");
        }
    }

    @Test
    void doctorNamesMailsThatTheServerDefers() {
        Map<Setting, String> settings =
                Map.of(Setting.SMTP_HOST, "127.0.0.1", Setting.SMTP_PORT, "1", Setting.MAIL_FROM, "ronde@corp.example");
        try (TestApp app = TestApp.start(new TestClock(), settings)) {
            app.app()
                    .database()
                    .useTransaction(tx -> tx.execute("insert into outbox (id, dedupe_key, kind, mail_class, about,"
                            + " model, message_id, state, not_before, created_at) values ('00000000-0000-7000-8000-000000000001', 'k',"
                            + " 'code', 'code', 'x', '{}', 'k', 'retry', timestamp with time zone '2027-01-01 00:00:00+00',"
                            + " timestamp with time zone '2027-01-01 00:00:00+00')"));
            assertThat(app.get("/api/v1/doctor").body())
                    .contains("1 mail is deferred by the mail server")
                    .contains("Links in mails lead to http://localhost", "Set RONDE_BASE_URL");
        }
    }

    private static void asset(TestApp app, String ref, String kind) {
        Map<String, Object> asset = Map.of(
                "ref", ref, "name", "A", "kind", kind, "owner", "al@example.org", "address", "127.0.0.1", "port", 1);
        app.post("/api/v1/assets", asset).is(201);
        app.settle();
    }

    private static String checksStep(TestApp app) {
        return app.get("/")
                .body()
                .lines()
                .filter(line -> line.startsWith("<li>") && line.contains("Let checks run"))
                .findFirst()
                .orElseThrow();
    }

    private static void unowned(TestApp app, int from, int to) {
        for (int number = from; number <= to; number++) {
            Map<String, Object> asset =
                    Map.of("ref", "web-" + number, "name", "Web", "kind", "host.linux", "owner", "alice@example.org");
            app.post("/api/v1/assets", asset).is(201);
        }
        app.app().database().useTransaction(tx -> tx.execute("update asset set owner_id = null"));
    }

    /** What the sweep has not laid out, as after a long outage, is said until it has. */
    @Test
    void aPlanThatExpectsNothingAnyMoreIsAnAlarmUntilTheSweepHasMended() {
        TestClock clock = new TestClock();
        try (TestApp app = TestApp.start(clock, Map.of())) {
            app.post(
                    "/api/v1/assets",
                    Map.of("ref", "web-1", "name", "Web", "kind", "host.linux", "owner", "alice@example.org"));
            app.call(
                            "POST",
                            "/api/v1/plans",
                            "id: monthly\ntitle: The monthly look\nscope: {assets: [web-1]}\n"
                                    + "cadence: {every: P1M, anchor: 2026-03-12}\n",
                            app.operator("Content-Type", "application/json"))
                    .is(201);
            app.settle();
            assertThat(app.get("/").body()).doesNotContain("No review is expected any more");
            clock.advance(Duration.ofDays(600));
            assertThat(app.get("/").body())
                    .contains("No review is expected any more", "The monthly look", "href=\"/plans/monthly\"");
            app.settle();
            assertThat(app.get("/").body()).doesNotContain("No review is expected any more");
        }
    }

    @Test
    void theTrendSaysHowFarBackItBegins() {
        LocalDate today = LocalDate.of(2026, 3, 24);
        List<TrendChart.Week> weeks = List.of(
                new TrendChart.Week(LocalDate.of(2026, 3, 1), 1, 2),
                new TrendChart.Week(LocalDate.of(2026, 3, 22), 1, 2),
                new TrendChart.Week(today, 2, 2));
        assertThat(TrendChart.of(weeks, 560, 200).weeksBack()).isEqualTo(3);
        Messages messages = new Messages(Overlay.of("templates", null));
        assertThat(messages.text(Locale.ENGLISH, "dashboard.trend.from", 3L)).isEqualTo("3 weeks ago");
        assertThat(messages.text(Locale.FRENCH, "dashboard.trend.from", 1L)).isEqualTo("il y a une semaine");
    }

    @Test
    void checksAreCalledByTheirTitles() {
        Decision failing = decision("failing", "host-ssh");
        assertThat(failing.withTitle(check -> "Title of " + check).detail()).isEqualTo("Title of host-ssh");
        Decision ending = decision("waiver_ending", "host-ssh, 2026-03-01");
        assertThat(ending.withTitle(check -> "Title of " + check).detail()).isEqualTo("Title of host-ssh, 2026-03-01");
        Decision missed = decision("missed", "Monthly review");
        assertThat(missed.withTitle(check -> "Title of " + check)).isEqualTo(missed);
    }

    private static Decision decision(String kind, String detail) {
        return new Decision(kind, "Web", "/", null, detail, Instant.EPOCH);
    }

    private static Map<String, String> french(TestApp app) {
        return app.operator("Accept-Language", "fr");
    }

    @ParameterizedTest
    @CsvSource({
        "fr, dashboard.coverage.of, 1, 3, 1 actif à jour sur 3",
        "fr, dashboard.coverage.of, 2, 3, 2 actifs à jour sur 3",
        "en, dashboard.coverage.of, 0, 1, 0 of 1 asset in date",
        "fr, dashboard.failing.of, 1, 3, sur 1 actif parmi 3",
        "en, dashboard.failing.of, 1, 3, on 1 of 3 assets",
        "fr, check.protections.text, 1, 7, 1 protection sur 7 est active.",
        "en, check.protections.text, 1, 1, 1 of 1 protection is on."
    })
    void oneIsSaidAsOne(Locale language, String key, int some, int all, String said) {
        assertThat(new Messages(Overlay.of("templates", null)).text(language, key, some, all))
                .isEqualTo(said);
    }

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
