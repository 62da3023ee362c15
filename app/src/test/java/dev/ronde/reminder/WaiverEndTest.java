package dev.ronde.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.json.Json;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.testing.DeliveryReport;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The end of a waiver is told 30, 7 and 1 days before, once each. */
@Tag("long")
final class WaiverEndTest {
    private static final String UNENCRYPTED =
            "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":false}],"
                    + "\"patches\":{\"pending_security\":0}}";

    private final TestClock clock = TestClock.at("2026-03-20T09:00:00Z");
    private ScriptedSmtp smtp;
    private TestApp app;

    @BeforeEach
    void start() {
        smtp = new ScriptedSmtp();
        app = TestApp.start(
                clock,
                Map.of(
                        Setting.BASE_URL, "https://ronde.test",
                        Setting.SMTP_HOST, "127.0.0.1",
                        Setting.SMTP_PORT, String.valueOf(smtp.port()),
                        Setting.SMTP_TLS, "none",
                        Setting.MAIL_FROM, "ronde@example.org"));
    }

    @AfterEach
    void stop() {
        app.close();
        smtp.close();
    }

    private void host(String ref) {
        app.post(
                "/api/v1/assets",
                Map.of("ref", ref, "name", "Lab " + ref, "kind", "host.server", "owner", "olga@example.org"));
        app.settle();
        clock.advance(Duration.ofMinutes(1));
        call(app.app().token(), "PUT", "/api/v1/assets/" + ref + "/snapshots/host.v1", UNENCRYPTED);
        app.settle();
    }

    private TestApp.Answer call(String token, String method, String path, String body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Content-Type", "application/json");
        return app.call(method, path, body, headers);
    }

    private String ask(String asset, String until) {
        String finding = app.get("/api/v1/findings?state=open&check=host-disk-encryption&asset=" + asset)
                .json()
                .at("/items/0/id")
                .asString();
        JsonNode answer = call(
                        app.app().token(),
                        "POST",
                        "/api/v1/findings/" + finding + "/waivers",
                        Json.write(Map.of("category", "accepted-risk", "reason", "A lab machine.", "until", until)))
                .json();
        assertThat(answer.path("ref").asString("")).as(answer.toString()).startsWith("W-");
        return answer.path("ref").asString();
    }

    private String approved(String asset, String until) {
        String ref = ask(asset, until);
        String lead = app.tokenOfPerson("the lead", "admin");
        assertThat(call(lead, "POST", "/api/v1/waivers/" + ref + "/approve", "{}")
                        .status())
                .isEqualTo(200);
        app.settle();
        return ref;
    }

    private void until(String instant) {
        Instant wanted = Instant.parse(instant);
        while (clock.instant().isBefore(wanted)) {
            Instant next = clock.instant().plus(Duration.ofHours(12));
            clock.set(next.isBefore(wanted) ? next : wanted);
            app.settle();
        }
    }

    private List<ReceivedMail> mails(String about) {
        return smtp.taken().stream()
                .map(ReceivedMail::of)
                .filter(mail -> mail.subject().contains(about))
                .collect(Collectors.toList());
    }

    /** The backup owner hears at once what did not reach the owner, who gets it once more on the next working day. */
    @Test
    void whatCameBackIsToldToTheBackupOwnerAndOnceMore() {
        app.post(
                "/api/v1/assets",
                Map.of(
                        "ref",
                        "host-1",
                        "name",
                        "Lab host-1",
                        "kind",
                        "host.server",
                        "owner",
                        "olga@example.org",
                        "backup",
                        "bob@example.org"));
        host("host-1");
        String ref = approved("host-1", "2026-04-22");
        until("2026-03-24T12:00:00Z");
        assertThat(mails(ref)).hasSize(1);
        TestApp.Answer report = app.call(
                "POST",
                "/api/v1/inbox",
                DeliveryReport.failed(
                                "ronde@example.org",
                                "olga@example.org",
                                mails(ref).get(0).header("Message-ID"))
                        .raw(),
                Map.of(
                        "Content-Type",
                        "message/rfc822",
                        "Authorization",
                        "Bearer " + app.app().token()));
        assertThat(report.status()).as(report.body()).isEqualTo(201);
        app.settle();
        assertThat(mails(ref)).hasSize(2);
        assertThat(mails(ref).get(1).to()).contains("bob@example.org");
        assertThat(mails(ref).get(1).text()).contains("whose mail comes back");
        until("2026-03-25T12:00:00Z");
        assertThat(mails(ref)).hasSize(3);
        assertThat(mails(ref).get(2).to()).contains("olga@example.org");
        until("2026-03-28T12:00:00Z");
        assertThat(mails(ref)).hasSize(3);
    }

    @Test
    void isToldThirtySevenAndOneDaysBeforeTheEnd() {
        host("host-1");
        String ref = approved("host-1", "2026-04-22"); // a Wednesday
        until("2026-03-22T12:00:00Z");
        assertThat(mails(ref)).isEmpty();
        until("2026-03-24T12:00:00Z");
        assertThat(mails(ref)).hasSize(1);
        ReceivedMail first = mails(ref).get(0);
        assertThat(first.to()).contains("olga@example.org");
        assertThat(first.subject()).isEqualTo("A waiver ends or has ended: " + ref + " · host-1");
        assertThat(first.text())
                .contains("W-1001 · host-1 · host-disk-encryption · ends on Wednesday 22 April 2026")
                .contains("https://ronde.test/waivers/W-1001");
        until("2026-04-14T12:00:00Z");
        assertThat(mails(ref)).hasSize(1);
        until("2026-04-15T12:00:00Z");
        assertThat(mails(ref)).hasSize(2);
        until("2026-04-20T12:00:00Z");
        assertThat(mails(ref)).hasSize(2);
        until("2026-04-21T12:00:00Z");
        assertThat(mails(ref)).hasSize(3);
        until("2026-04-22T21:00:00Z");
        assertThat(mails(ref)).hasSize(3);
        until("2026-04-23T12:00:00Z");
        assertThat(mails(ref)).hasSize(4);
        ReceivedMail ended = mails(ref).get(3);
        assertThat(ended.to()).contains("olga@example.org");
        assertThat(ended.subject()).isEqualTo("A waiver ends or has ended: " + ref + " · host-1");
        assertThat(ended.text()).contains("host-disk-encryption · has ended").doesNotContain("ends on");
        assertThat(ended.html()).contains("host-disk-encryption · has ended");
        int written = written();
        for (int tick = 0; tick < 4; tick++) {
            clock.advance(Duration.ofSeconds(20));
            app.settle();
        }
        assertThat(written()).as("mails in the outbox, whatever became of them").isEqualTo(written);
        until("2026-04-26T12:00:00Z");
        assertThat(mails(ref)).hasSize(4);
    }

    private int written() {
        return app.get("/api/v1/mails?limit=1").json().at("/total/count").intValue();
    }

    /** Where the protection is on there is nothing to tell. */
    @Test
    void itsEndIsNotToldWhereNothingFailsAnyMore() {
        host("host-1");
        String ref = approved("host-1", "2026-04-03");
        until("2026-04-02T12:00:00Z");
        int before = mails(ref).size();
        call(
                app.app().token(),
                "PUT",
                "/api/v1/assets/host-1/snapshots/host.v1",
                UNENCRYPTED.replace("\"encrypted\":false", "\"encrypted\":true"));
        app.settle();
        until("2026-04-08T12:00:00Z");
        assertThat(mails(ref)).hasSize(before);
    }

    @Test
    void isNotToldOnceItIsRenewed() {
        host("host-1");
        String ref = approved("host-1", "2026-04-22");
        until("2026-03-24T12:00:00Z");
        approved("host-1", "2026-06-10");
        until("2026-04-22T12:00:00Z");
        assertThat(mails(ref)).hasSize(1);
    }

    @Test
    void threeAtOnceAreLinesOfOneDigest() {
        List.of("host-1", "host-2", "host-3").forEach(this::host);
        List<String> refs = List.of("host-1", "host-2", "host-3").stream()
                .map(ref -> approved(ref, "2026-04-22"))
                .toList();
        until("2026-03-24T12:00:00Z");
        refs.forEach(ref -> assertThat(mails(ref)).isEmpty());
        List<ReceivedMail> digests = mails("3 waivers end or have ended");
        assertThat(digests).hasSize(1);
        assertThat(digests.get(0).text())
                .contains("WAIVERS THAT END OR HAVE ENDED")
                .contains(refs.get(0) + " · host-1 · host-disk-encryption · ends on Wednesday 22 April 2026");
    }

    private void person(String name, String role, String language) {
        String email = name + "@example.org";
        TestApp.Answer made =
                app.post("/api/v1/people", Map.of("email", email, "name", email, "language", language, "role", role));
        assertThat(made.status()).as(made.body()).isLessThan(300);
    }

    /** Once, to whoever may decide, in their language; not where it was decided before the mail could leave. */
    @Test
    void whoMayDecideIsToldThatSomebodyAsks() {
        person("carla", "compliance", "en");
        person("claire", "compliance", "fr");
        person("adam", "admin", "en");
        host("host-1");
        host("host-2");
        String ref = ask("host-1", "2026-04-17");
        app.settle();
        List<ReceivedMail> mails = mails(ref);
        assertThat(mails).hasSize(2);
        ReceivedMail english = mails.stream()
                .filter(mail -> mail.to().contains("carla"))
                .findFirst()
                .orElseThrow();
        assertThat(english.subject()).isEqualTo("One waiver waits for a decision: " + ref + " · host-1");
        assertThat(english.text())
                .contains(ref + " · host-1 · host-disk-encryption · High · ends on Friday 17 April 2026")
                .contains("https://ronde.test/waivers/W-1001");
        assertThat(mails.stream().filter(mail -> mail.to().contains("claire")))
                .singleElement()
                .satisfies(mail -> {
                    assertThat(mail.subject()).isEqualTo("Une dérogation attend une décision : " + ref + " · host-1");
                    assertThat(mail.html()).contains("Une dérogation attend une décision");
                });
        assertThat(app.get("/assets/host-1").body()).contains("was asked to decide on " + ref);
        clock.advance(Duration.ofMinutes(5));
        app.settle();
        assertThat(mails(ref)).hasSize(2);
        approved("host-2", "2026-04-17");
        assertThat(mails("W-1002")).isEmpty();
    }

    /** Who asked and then mended it needs no decision any more. */
    @Test
    void nobodyIsAskedAboutWhatIsFixed() {
        host("host-1");
        ask("host-1", "2026-04-17");
        call(
                app.app().token(),
                "PUT",
                "/api/v1/assets/host-1/snapshots/host.v1",
                UNENCRYPTED.replace("\"encrypted\":false", "\"encrypted\":true"));
        app.settle();
        person("carla", "compliance", "en");
        until("2026-03-24T12:00:00Z");
        assertThat(mails("waits for a decision")).isEmpty();
    }

    @Test
    void threeRequestsAreLinesOfOneDigest() {
        person("carla", "compliance", "en");
        List.of("host-1", "host-2", "host-3").forEach(this::host);
        List.of("host-1", "host-2", "host-3").forEach(ref -> ask(ref, "2026-04-17"));
        app.settle();
        List<ReceivedMail> digests = mails("3 waivers wait for a decision");
        assertThat(digests).hasSize(1);
        assertThat(digests.get(0).text())
                .contains("WAIVERS THAT WAIT FOR A DECISION")
                .contains("W-1002 · host-2 · host-disk-encryption · High · ends on Friday 17 April 2026");
        assertThat(digests.get(0).html()).contains("WAIVERS THAT WAIT FOR A DECISION");
    }
}
