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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The end of a waiver is told 30, 7 and 1 days before, once each, and whoever may decide hears that somebody asks for one. */
@Tag("long")
final class WaiverEndTest {
    private static final String UNENCRYPTED =
            "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":false}],"
                    + "\"patches\":{\"pending_security\":0}}";

    private final TestClock clock = TestClock.at("2026-03-20T09:00:00Z");
    private final ScriptedSmtp smtp = new ScriptedSmtp();
    private final TestApp app = TestApp.start(
            clock,
            Map.of(
                    Setting.BASE_URL, "https://ronde.test",
                    Setting.SMTP_HOST, "127.0.0.1",
                    Setting.SMTP_PORT, String.valueOf(smtp.port()),
                    Setting.SMTP_TLS, "none",
                    Setting.MAIL_FROM, "ronde@example.org"));

    @AfterEach
    void stop() {
        app.close();
        smtp.close();
    }

    /** A host whose disk is not encrypted, and of whom it is. */
    private void host(String ref, String owner, Map<String, String> more) {
        Map<String, String> host = new HashMap<>(more);
        host.putAll(Map.of("ref", ref, "name", "Lab " + ref, "kind", "host.server", "owner", owner + "@example.org"));
        app.post("/api/v1/assets", host);
        snapshot(ref, UNENCRYPTED);
    }

    private void snapshot(String ref, String document) {
        app.settle();
        clock.advance(Duration.ofMinutes(1));
        call(app.app().token(), "PUT", "/api/v1/assets/" + ref + "/snapshots/host.v1", document);
        app.settle();
    }

    private void mended(String ref) {
        snapshot(ref, UNENCRYPTED.replace("\"encrypted\":false", "\"encrypted\":true"));
    }

    private TestApp.Answer call(String token, String method, String path, String body) {
        return app.call(method, path, body, TestApp.bearer(token, "Content-Type", "application/json"));
    }

    private String ask(String asset, String until) {
        String finding = app.get("/api/v1/findings?state=open&check=host-disk-encryption&asset=" + asset)
                .text("/items/0/id");
        String body = Json.write(Map.of("category", "accepted-risk", "reason", "A lab machine.", "until", until));
        TestApp.Answer answer = call(app.app().token(), "POST", "/api/v1/findings/" + finding + "/waivers", body);
        assertThat(answer.text("/ref")).as(answer.body()).startsWith("W-");
        return answer.text("/ref");
    }

    private String approved(String asset, String until) {
        String ref = ask(asset, until);
        String lead = app.tokenOfPerson("the lead", "admin");
        call(lead, "POST", "/api/v1/waivers/" + ref + "/approve", "{}").is(200);
        app.settle();
        return ref;
    }

    /** The next look is then. */
    private void at(String instant) {
        clock.set(Instant.parse(instant));
        app.settle();
    }

    private List<ReceivedMail> mails(String about) {
        return smtp.taken().stream()
                .map(ReceivedMail::of)
                .filter(mail -> mail.subject().contains(about))
                .toList();
    }

    private void told(String day, String ref, int times) {
        at("2026-" + day + "T12:00:00Z");
        assertThat(mails(ref)).as(day).hasSize(times);
    }

    /** Not where it was renewed, nor its end where nothing fails any more; three of one owner are lines of one digest. */
    @Test
    void isToldThirtySevenAndOneDaysBeforeTheEndAndOnceItHasEnded() {
        host("host-1", "olga", Map.of());
        host("host-2", "rita", Map.of());
        host("host-3", "fred", Map.of());
        for (int n = 4; n < 7; n++) {
            host("host-" + n, "dora", Map.of());
        }
        String ref = approved("host-1", "2026-04-22"); // a Wednesday
        String renewed = approved("host-2", "2026-04-22");
        String fixed = approved("host-3", "2026-04-22");
        String first = approved("host-4", "2026-04-22");
        approved("host-5", "2026-04-22");
        approved("host-6", "2026-04-22");
        told("03-22", ref, 0);
        told("03-24", ref, 1);
        ReceivedMail mail = mails(ref).get(0);
        assertThat(mail.to()).contains("olga@example.org");
        assertThat(mail.subject()).isEqualTo("A waiver ends or has ended: " + ref + " · host-1");
        assertThat(mail.text())
                .contains(ref + " · host-1 · host-disk-encryption · ends on Wednesday 22 April 2026")
                .contains("https://ronde.test/waivers/" + ref);
        assertThat(mails(first)).isEmpty();
        assertThat(mails("3 waivers end or have ended"))
                .singleElement()
                .satisfies(digest -> assertThat(digest.text())
                        .contains("WAIVERS THAT END OR HAVE ENDED")
                        .contains(first + " · host-4 · host-disk-encryption · ends on Wednesday 22 April 2026"));
        approved("host-2", "2026-06-10");
        mended("host-3");
        told("04-14", ref, 1);
        told("04-15", ref, 2);
        told("04-20", ref, 2);
        told("04-21", ref, 3);
        told("04-22", ref, 3);
        told("04-23", ref, 4);
        assertThat(mails(renewed)).hasSize(1);
        assertThat(mails(fixed)).as("its end is not told").hasSize(3);
        ReceivedMail ended = mails(ref).get(3);
        assertThat(ended.to()).contains("olga@example.org");
        assertThat(ended.text()).contains("host-disk-encryption · has ended").doesNotContain("ends on");
        assertThat(ended.html()).contains("host-disk-encryption · has ended");
        int written = written();
        clock.advance(Duration.ofSeconds(20));
        app.settle();
        assertThat(written()).as("mails in the outbox, whatever became of them").isEqualTo(written);
        told("04-26", ref, 4);
    }

    private int written() {
        return app.get("/api/v1/mails?limit=1").json().at("/total/count").intValue();
    }

    /** The backup owner hears at once what did not reach the owner, who gets it once more on the next working day. */
    @Test
    void whatCameBackIsToldToTheBackupOwnerAndOnceMore() {
        host("host-1", "olga", Map.of("backup", "bob@example.org"));
        String ref = approved("host-1", "2026-04-22");
        told("03-24", ref, 1);
        String message = mails(ref).get(0).header("Message-ID");
        app.call(
                        "POST",
                        "/api/v1/inbox",
                        DeliveryReport.failed("ronde@example.org", "olga@example.org", message)
                                .raw(),
                        Map.of(
                                "Content-Type",
                                "message/rfc822",
                                "Authorization",
                                "Bearer " + app.app().token()))
                .is(201);
        app.settle();
        assertThat(mails(ref)).hasSize(2);
        assertThat(mails(ref).get(1).to()).contains("bob@example.org");
        assertThat(mails(ref).get(1).text()).contains("whose mail comes back");
        told("03-25", ref, 3);
        assertThat(mails(ref).get(2).to()).contains("olga@example.org");
        told("03-28", ref, 3);
    }

    private void person(String name, String role, String language) {
        String email = name + "@example.org";
        TestApp.Answer made =
                app.post("/api/v1/people", Map.of("email", email, "name", email, "language", language, "role", role));
        assertThat(made.status()).as(made.body()).isLessThan(300);
    }

    /** Once, to whoever may decide, in their language; not where it was decided or mended before the mail could leave. */
    @Test
    void whoMayDecideIsToldThatSomebodyAsks() {
        for (int n = 1; n < 7; n++) {
            host("host-" + n, "olga", Map.of());
        }
        String mended = ask("host-6", "2026-04-17");
        mended("host-6");
        person("carla", "compliance", "en");
        person("claire", "compliance", "fr");
        person("adam", "admin", "en");
        String ref = ask("host-1", "2026-04-17");
        app.settle();
        List<ReceivedMail> mails = mails(ref);
        assertThat(mails).hasSize(2);
        ReceivedMail english = to(mails, "carla");
        assertThat(english.subject()).isEqualTo("One waiver waits for a decision: " + ref + " · host-1");
        assertThat(english.text())
                .contains(ref + " · host-1 · host-disk-encryption · High · ends on Friday 17 April 2026")
                .contains("https://ronde.test/waivers/" + ref);
        ReceivedMail french = to(mails, "claire");
        assertThat(french.subject()).isEqualTo("Une dérogation attend une décision : " + ref + " · host-1");
        assertThat(french.html()).contains("Une dérogation attend une décision");
        assertThat(app.get("/assets/host-1").body()).contains("was asked to decide on " + ref);
        clock.advance(Duration.ofMinutes(5));
        app.settle();
        assertThat(mails(ref)).hasSize(2);
        assertThat(mails(approved("host-2", "2026-04-17"))).isEmpty();
        List.of("host-3", "host-4", "host-5").forEach(host -> ask(host, "2026-04-17"));
        at("2026-03-23T12:00:00Z");
        ReceivedMail digest = to(mails("3 waivers wait for a decision"), "carla");
        assertThat(digest.text())
                .contains("WAIVERS THAT WAIT FOR A DECISION")
                .contains(" · host-4 · host-disk-encryption · High · ends on Friday 17 April 2026");
        assertThat(digest.html()).contains("WAIVERS THAT WAIT FOR A DECISION");
        assertThat(mails(mended)).as("needs no decision any more").isEmpty();
    }

    private static ReceivedMail to(List<ReceivedMail> mails, String name) {
        return mails.stream()
                .filter(mail -> mail.to().contains(name + "@"))
                .findFirst()
                .orElseThrow();
    }
}
