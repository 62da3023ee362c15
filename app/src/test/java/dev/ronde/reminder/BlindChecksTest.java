package dev.ronde.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A check that errs for longer than its results stay fresh is told to those who run the probes, then to the owner. */
@Tag("long")
final class BlindChecksTest {
    private static final String ADMIN = "root@example.org";
    private static final String OWNER = "olga@example.org";

    private final TestClock clock = TestClock.at("2026-03-02T08:00:00Z");
    private ScriptedSmtp smtp;
    private TestApp app;

    @BeforeEach
    void start() {
        smtp = new ScriptedSmtp();
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.BASE_URL, "https://ronde.test");
        settings.put(Setting.ZONE, "UTC");
        settings.put(Setting.SMTP_HOST, "127.0.0.1");
        settings.put(Setting.SMTP_PORT, String.valueOf(smtp.port()));
        settings.put(Setting.SMTP_TLS, "none");
        settings.put(Setting.MAIL_FROM, "ronde@example.org");
        settings.put(Setting.PROBE_ALLOW, "10.0.0.0/8,127.0.0.1/32");
        app = TestApp.start(clock, settings);
        person(ADMIN, "en", "admin");
        person(OWNER, "fr", "owner");
        asset("cache-1");
    }

    private void asset(String ref) {
        app.post(
                        "/api/v1/assets",
                        Map.of(
                                "ref",
                                ref,
                                "name",
                                "Session cache",
                                "kind",
                                "service.redis",
                                "owner",
                                OWNER,
                                "hostname",
                                "h" + ref.hashCode() % 1000 + ".invalid",
                                "port",
                                6379,
                                "probe_authorised_until",
                                "2027-01-01"))
                .is(201);
    }

    private void person(String email, String language, String role) {
        app.post("/api/v1/people", Map.of("email", email, "name", email, "language", language, "role", role))
                .is(201);
    }

    @AfterEach
    void stop() {
        app.close();
        smtp.close();
    }

    @Test
    void theAdministratorsAreToldAndThenTheOwnerAndNobodyOfWhatIsGoneByTheMorning() {
        asset("cache-2");
        until("2026-03-02T18:00:00Z");
        deleted("cache-2");
        until("2026-03-03T08:30:00Z");
        assertThat(app.get("/api/v1/check-runs?asset=cache-1&outcome=error").text("/items/0/reason"))
                .isEqualTo("dns-failure");
        assertThat(mails()).as("not before the morning").isEmpty();
        until("2026-03-03T10:00:00Z");
        assertThat(mails()).extracting(ReceivedMail::to).containsExactly(ADMIN);
        assertThat(mails().get(0).subject()).isEqualTo("1 check has no usable result: cache-1");
        assertThat(mails().get(0).text())
                .contains("redis-anonymous-access · cache-1 (")
                .containsPattern("error since [^\n]+ 2026, \\d\\d:\\d\\d [^\n]+\nhttps://ronde.test/assets/cache-1\n");
        until("2026-03-04T10:00:00Z");
        assertThat(mails()).extracting(ReceivedMail::to).containsExactly(ADMIN, OWNER);
        assertThat(mails().get(1).subject()).isEqualTo("1 contrôle sans résultat utilisable : cache-1");
        assertThat(mails().get(1).text()).contains("en erreur depuis le");
        assertThat(app.get("/").body()).contains("Check ends in an error").contains(", dns-failure");
        until("2026-03-09T10:00:00Z");
        assertThat(mails()).as("told once").hasSize(2);
    }

    /** Nothing came back from anywhere: somebody has to look again, and the mail leads there. */
    @Test
    void whatAPersonHasToStateAgainIsSaidSo() {
        Map<String, Object> domain =
                Map.of("ref", "example.org", "name", "Our domain", "kind", "domain", "owner", OWNER);
        TestApp.Answer added = app.post("/api/v1/assets", domain).is(201);
        app.settle();
        String page = "/assets/example.org/checks/registrar-lock-attested/attestation";
        clock.advance(Duration.ofHours(1));
        app.post("/api/v1" + page, Map.of("attested", true, "by", OWNER)).is(200);
        app.call(
                        "PATCH",
                        "/api/v1/assets/example.org",
                        Map.of("hostname", "www.example.invalid"),
                        app.operator("If-Match", added.header("ETag")))
                .is(200);
        until("2026-03-10T10:00:00Z");
        assertThat(app.get("/checks/registrar-lock-attested").body())
                .contains("changed since this was stated last. Look again")
                .doesNotContain("muted\">attestation-outdated");
        assertThat(mails())
                .filteredOn(mail -> mail.text().contains("registrar-lock-attested · example.org"))
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail.text() + mail.html())
                        .contains("https://ronde.test" + page)
                        .doesNotContain("attestation-outdated"))
                .anySatisfy(mail -> assertThat(mail.text() + mail.html())
                        .contains("changed since this was stated last", "look again and state how it is"))
                .anySatisfy(mail -> assertThat(mail.text() + mail.html())
                        .contains("a changé depuis la dernière déclaration", "déclarez ce qu’il en est"));
    }

    /**
     * A parameter that passes its bounds and that the probe cannot ask with (32 characters that are 64 bytes), an asset without an address, and
     * an authorisation that ended: each is told once, in a digest without reviews. Before an authorisation began nobody expects a probe.
     */
    @Test
    void whatKeepsAProbeFromItsTargetIsTold() throws IOException {
        String longest = "r".repeat(100);
        asset(longest);
        added(
                "db-1",
                "service.postgresql",
                Map.of(
                        "address", "10.1.2.3",
                        "tags", List.of("param:postgres-auth-method.user=" + "ü".repeat(32)),
                        "probe_authorised_until", "2027-01-01"));
        added("cache-9", "service.redis", Map.of());
        try (ScriptedServer server =
                ScriptedServer.start(ScriptedServer.answer("-NOAUTH Authentication required.\r\n"))) {
            Map<String, Object> here = Map.of("address", "127.0.0.1", "port", server.port());
            added("cache-8", "service.redis", here);
            Map<String, Object> authorised = new HashMap<>(here);
            authorised.put("probe_authorised_until", "2026-03-02");
            added("cache-7", "service.redis", authorised);
            until("2026-03-06T10:00:00Z");
        }
        assertThat(mails().get(0).subject()).endsWith(" checks have no usable result");
        assertThat(mails().get(0).text())
                .contains("CHECKS WITHOUT A USABLE RESULT", longest, "cache-1")
                .as("there are no reviews to list")
                .doesNotContain("All of them on one page", "/d/");
        assertThat(mails().get(0).html()).contains("cache-1").doesNotContain("Open the list", "/d/");
        told("postgres-auth-method · db-1", "A parameter of the check holds what cannot be used.");
        told("redis-anonymous-access · cache-9", "The asset has no address or no valid port.");
        told("redis-anonymous-access · cache-7", "The target may not be probed:");
        assertThat(mails()).extracting(ReceivedMail::text).noneMatch(text -> text.contains("cache-8"));
        assertThat(app.get("/").body()).contains(", no-target", ", policy-denied");
    }

    private void added(String ref, String kind, Map<String, Object> more) {
        Map<String, Object> asset = new HashMap<>(Map.of("ref", ref, "name", ref, "kind", kind, "owner", OWNER));
        asset.putAll(more);
        app.post("/api/v1/assets", asset).is(201);
    }

    private void told(String line, String why) {
        List<ReceivedMail> about =
                mails().stream().filter(mail -> mail.text().contains(line)).toList();
        assertThat(about).extracting(ReceivedMail::to).containsExactly(ADMIN, OWNER);
        assertThat(about.get(0).text()).contains(why);
    }

    private void deleted(String ref) {
        TestApp.Answer asset = app.get("/api/v1/assets/" + ref);
        assertThat(app.call("DELETE", "/api/v1/assets/" + ref, null, app.operator("If-Match", asset.header("ETag")))
                        .status())
                .isBetween(200, 204);
    }

    private void until(String instant) {
        Instant wanted = Instant.parse(instant);
        while (clock.instant().isBefore(wanted)) {
            boolean near = wanted.minus(Duration.ofHours(3)).isBefore(clock.instant());
            Instant next = clock.instant().plus(near ? Duration.ofMinutes(55) : Duration.ofHours(2));
            clock.set(next.isBefore(wanted) ? next : wanted);
            app.settle();
        }
    }

    private List<ReceivedMail> mails() {
        return smtp.taken().stream().map(ReceivedMail::of).toList();
    }
}
