package dev.ronde.mail.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The report of each month, from the list of people through the bundle and a mail server to who opens the link. */
@Tag("long")
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class MonthlyReportTest {
    private static final String REPORTS = "/api/v1/reports";

    private final DatabaseKind kind;
    private final TestClock clock = new TestClock();
    private ScriptedSmtp smtp;
    private TestApp app;

    MonthlyReportTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() throws Exception {
        smtp = new ScriptedSmtp();
        clock.set(Instant.parse("2026-03-20T10:00:00Z"));
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.putAll(TestDatabase.settings(kind));
        settings.putAll(Map.of(
                Setting.SMTP_HOST, "127.0.0.1",
                Setting.SMTP_PORT, String.valueOf(smtp.port()),
                Setting.SMTP_TLS, "none",
                Setting.MAIL_FROM, "ronde@example.org"));
        app = TestApp.start(clock, settings);
        person("lea", "compliance");
        person("ana", "auditor");
        person("bob", "owner");
        app.settle();
    }

    @AfterEach
    void close() throws Exception {
        app.close();
        smtp.close();
    }

    private String person(String name, String role) {
        return app.post(
                        "/api/v1/people",
                        Map.of(
                                "email",
                                name + "@example.org",
                                "name",
                                name,
                                "role",
                                role,
                                "password",
                                "correct horse battery"))
                .json()
                .path("id")
                .asString();
    }

    private TestApp.Answer name(String... people) {
        return app.call("PUT", REPORTS, Map.of("people", List.of(people)));
    }

    private void at(String instant) {
        clock.set(Instant.parse(instant));
        app.settle();
        app.settle();
    }

    /** What arrived, by address. */
    private Map<String, MimeMessage> arrived() throws Exception {
        Map<String, MimeMessage> mails = new TreeMap<>();
        for (String raw : smtp.taken()) {
            MimeMessage mail = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream(raw.getBytes(StandardCharsets.ISO_8859_1)));
            if (mail.getSubject().startsWith("Configuration reviews of")) {
                String to = mail.getAllRecipients()[0].toString().replaceAll(".*<|>", "");
                assertThat(mails.put(to, mail)).as("a second mail to " + to).isNull();
            }
        }
        return mails;
    }

    private static List<Part> parts(Part part) throws Exception {
        List<Part> all = new ArrayList<>();
        if (part.getContent() instanceof Multipart inside) {
            for (int i = 0; i < inside.getCount(); i++) {
                all.addAll(parts(inside.getBodyPart(i)));
            }
        } else {
            all.add(part);
        }
        return all;
    }

    private int made() {
        return app.get("/api/v1/evidence/exports").json().path("items").size();
    }

    @Test
    void arrivesOnceWithThePdfAndALinkThatOpens() throws Exception {
        assertThat(name("lea@example.org", "ana@example.org").status()).isEqualTo(200);
        at("2026-03-31T21:30:00Z");
        at("2026-04-01T04:30:00Z");
        assertThat(arrived()).isEmpty();
        at("2026-04-01T05:01:00Z");
        Map<String, MimeMessage> mails = arrived();
        assertThat(mails).containsOnlyKeys("ana@example.org", "lea@example.org");
        MimeMessage mail = Objects.requireNonNull(mails.get("lea@example.org"));
        assertThat(mail.getSubject()).contains("March 2026");
        Map<String, byte[]> files = new HashMap<>();
        for (Part part : parts(mail)) {
            if (part.getFileName() != null) {
                files.put(part.getFileName(), part.getInputStream().readAllBytes());
            }
        }
        assertThat(files).containsOnlyKeys("report.pdf");
        assertThat(new String(files.get("report.pdf"), 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("%PDF");
        String text = parts(mail).get(0).getContent().toString();
        String path = text.replaceAll("(?s).*?https?://[^/\\s]+(/evidence/exports/\\S+).*", "$1");
        assertThat(app.call("GET", "/api/v1" + path, null, bearer("auditor")).status())
                .as(text)
                .isEqualTo(200);
        assertThat(app.get("/api/v1/evidence/exports")
                        .json()
                        .at("/items/0/from")
                        .asString())
                .isEqualTo("2026-03-01");
        at("2026-04-02T05:01:00Z");
        at("2026-04-20T05:01:00Z");
        assertThat(arrived()).hasSize(2);
        assertThat(made()).isEqualTo(1);
    }

    private Map<String, String> bearer(String role) {
        String token = app.post("/api/v1/tokens", Map.of("name", "reads", "role", role, "days", 1))
                .json()
                .path("token")
                .asString("");
        return Map.of("Authorization", "Bearer " + token);
    }

    @Test
    void whoLostTheRoleGetsNothingAndAnOutageIsMadeUpOnce() throws Exception {
        name("lea@example.org", "ana@example.org");
        at("2026-03-31T12:00:00Z");
        String ana = app.get("/api/v1/people?q=ana").json().at("/items/0/id").asString("");
        TestApp.Answer read = app.get("/api/v1/people/" + ana);
        assertThat(app.call(
                                "PATCH",
                                "/api/v1/people/" + ana,
                                Map.of("role", "owner"),
                                Map.of("Authorization", "Bearer " + app.app().token(), "If-Match", read.header("ETag")))
                        .status())
                .isEqualTo(200);
        clock.advance(Duration.ofDays(8));
        app.settle();
        app.settle();
        assertThat(arrived()).containsOnlyKeys("lea@example.org");
        assertThat(made()).isEqualTo(1);
        assertThat(app.get(REPORTS).json().path("last_month").asString()).isEqualTo("2026-03");
        assertThat(app.get(REPORTS).json().at("/people/0/entitled").asBoolean()).isFalse();
    }

    @Test
    void onlyWhoMayReadEveryExportCanBeNamed() {
        String engaged = person("eve", "auditor");
        app.call(
                "PUT",
                "/api/v1/people/" + engaged + "/engagement",
                Map.of("firm", "Audit", "from", "2026-03-01", "until", "2026-05-01"));
        assertThat(name("eve@example.org").body()).contains("\"engaged\"");
        assertThat(name("lea@example.org", "bob@example.org").body()).contains("no_reader", "/people/1");
        assertThat(name("nobody@example.org").status()).isEqualTo(422);
        String[] many = new String[21];
        java.util.Arrays.fill(many, "lea@example.org");
        assertThat(name(many).body()).contains("too_many");
        assertThat(app.get(REPORTS).json().path("people").size()).isZero();
    }

    @Test
    void namedWithinAMonthMeansThatMonthFirst() throws Exception {
        at("2026-04-10T10:00:00Z");
        name("lea@example.org");
        at("2026-04-11T05:01:00Z");
        assertThat(made()).isZero();
        at("2026-05-01T05:01:00Z");
        assertThat(arrived()).containsOnlyKeys("lea@example.org");
    }
}
