package dev.ronde.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.DeliveryReport;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** Nadia answers by link and by mail, leaves, and asks to be forgotten; results grow old. */
@Tag("long")
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class RetentionAppTest {
    private static final String NADIA = "nadia.petrenko@example.org";
    private static final List<String> HERS = List.of("Nadia Petrenko", NADIA, "walrus");

    @Parameter
    DatabaseKind kind;

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");
    private TestApp app;

    @BeforeEach
    void live() {
        Map<Setting, String> settings = new HashMap<>(TestDatabase.settings(kind));
        settings.put(Setting.RETENTION_RESULTS, "13m");
        settings.put(Setting.AUTHSERV_ID, "mx.example.org");
        app = TestApp.start(clock, settings);
        done(app.post("/api/v1/people", Map.of("email", "lead@example.org", "name", "Lea Lead", "role", "compliance")));
        done(app.post("/api/v1/people", Map.of("email", NADIA, "name", "Nadia Petrenko")));
        done(app.post("/api/v1/assets", Map.of("ref", "host-1", "name", "One", "kind", "host.server", "owner", NADIA)));
        done(app.post(
                "/api/v1/plans",
                Map.of(
                        "id",
                        "monthly",
                        "title",
                        "Monthly look",
                        "scope",
                        Map.of("kinds", List.of("host.server")),
                        "cadence",
                        Map.of("every", "P1M", "anchor", "2026-03-10"),
                        "lead_time",
                        "P14D")));
        app.settle();
        clock.advance(Duration.ofHours(3));
        app.settle();
        answer("action=problem&text=The+walrus+bites");
        answer("action=attest&outcome=no_change&note=The+walrus+is+fine");
        arrives("Nadia Petrenko <" + NADIA + ">", "", "walrus");
        clock.advance(Duration.ofDays(1));
        app.settle();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private String arrives(String from, String more, String about) {
        return arrives("From: " + from + "\r\nTo: ronde@example.org\r\nSubject: The " + about + "\r\nMessage-ID: <"
                + UUID.randomUUID() + "@example.org>\r\n" + more + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n\r\nproblem: the " + about + "\r\n--b\r\nContent-Disposition: attachment; filename="
                + about + ".csv\r\n\r\na,b\r\n--b--\r\n");
    }

    /** The id of a message that arrives. */
    private String arrives(String letter) {
        String id = done(app.call(
                        "POST",
                        "/api/v1/inbox",
                        letter,
                        Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "message/rfc822")))
                .json()
                .path("id")
                .asString();
        app.settle();
        return id;
    }

    private void answer(String form) {
        String mail = app.get("/api/v1/mails?person=" + NADIA)
                .json()
                .at("/items/0/id")
                .asString();
        Matcher found = Pattern.compile("/r/[a-z2-7]{40}")
                .matcher(app.get("/api/v1/mails/" + mail).body());
        assertThat(found.find()).isTrue();
        String link = found.group();
        String page = app.call("GET", link, null, Map.of()).body();
        clock.advance(Duration.ofMinutes(1));
        StringBuilder body = new StringBuilder(form);
        for (String name : List.of("v", "n", "seen")) {
            Matcher field =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
            if (field.find()) {
                body.append('&')
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(field.group(1), StandardCharsets.UTF_8));
            }
        }
        TestApp.Answer sent =
                app.call("POST", link, body.toString(), Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(sent.status()).as(sent.body()).isEqualTo(303);
    }

    private static TestApp.Answer done(TestApp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        return answer;
    }

    private Terminal.Run ronde(String... arguments) {
        Map<String, String> operator = Map.of(
                "RONDE_URL", app.address().toString(), "RONDE_TOKEN", app.app().token());
        return Terminal.run(Terminal.NO_SERVER, clock, operator, "", arguments);
    }

    /** Every column of text in which one of these stands, as {@code table.column}. */
    private List<String> where(List<String> words) {
        return app.app().database().read(handle -> {
            List<String> found = new ArrayList<>();
            handle.createQuery("""
                            select table_name || '.' || column_name from information_schema.columns
                             where table_schema = current_schema
                               and (lower(data_type) like 'character%' or lower(data_type) = 'text')
                               and table_name in (select table_name from information_schema.tables where table_type like '%TABLE')
                            """).mapTo(String.class).list().stream()
                    .filter(column -> !column.startsWith("qrtz_") && !column.startsWith("idempotency"))
                    .forEach(column -> {
                        String[] names = column.split("\\.");
                        for (String word : words) {
                            boolean there = handle.createQuery("select exists (select 1 from " + names[0]
                                            + " where lower(\"" + names[1] + "\") like :word)")
                                    .bind("word", "%" + word.toLowerCase(Locale.ROOT) + "%")
                                    .mapTo(Boolean.class)
                                    .one();
                            if (there) {
                                found.add(column);
                            }
                        }
                    });
            return found;
        });
    }

    private String bundle(String name) throws IOException {
        String job = done(app.post("/api/v1/evidence/exports", Map.of("from", "2026-03-01", "to", "2026-03-31")))
                .json()
                .path("id")
                .asString();
        app.settle();
        Path zip = Files.write(folder.resolve(name), app.bytes("/api/v1/evidence/exports/" + job + "/download"));
        String vkey = app.get("/api/v1/ledger").json().path("vkey").asString();
        EvidenceVerify.Result result = EvidenceVerify.verify(new EvidenceVerify.Request(zip, vkey, List.of(), false));
        assertThat(result.exitCode()).as(String.valueOf(result)).isZero();
        StringBuilder all = new StringBuilder();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (var entry : file.stream().toList()) {
                all.append(new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    private void assertVerified() {
        for (String[] arguments : new String[][] {{"ledger", "verify"}, {"ledger", "verify", "--state"}}) {
            Terminal.Run run = ronde(arguments);
            assertThat(run.code()).as(run.out()).isZero();
        }
    }

    @Test
    void oldResultsGoOneNightAndTheirRunsStayListed() throws IOException {
        String run = app.get("/api/v1/check-runs?asset=host-1")
                .json()
                .at("/items/0/id")
                .asString();
        assertThat(app.get("/retention").body()).contains("13 months");
        clock.advance(Duration.ofDays(430));
        app.settle();
        clock.advance(Duration.ofDays(1));
        app.settle();
        String purged =
                app.get("/api/v1/evidence/records?type=retention.purged").body();
        assertThat(purged).contains("\"policy\":\"results 13m\"");
        assertThat(app.get("/api/v1/evidence/records?type=check.result&to=2026-03-03")
                        .body())
                .contains("\"record\":null");
        assertThat(done(app.get("/api/v1/check-runs/" + run))
                        .json()
                        .path("outcome")
                        .asString())
                .isNotEmpty();
        done(app.get("/checks/runs/" + run));
        done(app.get("/api/v1/check-runs.ocsf?from=2026-03-01T00:00:00Z&to=2026-03-05T00:00:00Z"));
        done(app.get("/assets/host-1"));
        assertVerified();
        assertThat(bundle("old.zip")).contains(",purged ");
    }

    @Test
    void whoLeftIsForgottenUnlessAHoldKeepsThem() throws IOException {
        assertThat(where(HERS)).contains("person.name", "outbox.model", "review.note", "evidence_private.private_text");
        assertThat(bundle("before.zip")).contains(HERS);
        assertThat(ronde("erase", NADIA, "--basis", "Art. 17").err()).contains("Hand over and deactivate first");
        assertThat(ronde("user", "handover", NADIA, "--to", "lead@example.org").code())
                .isZero();
        app.settle();

        String sent = app.get("/api/v1/mails?person=" + NADIA)
                .json()
                .at("/items/0/message_id")
                .asString();
        String forged = "Authentication-Results: mx.example.org; dmarc=fail\r\n";
        String colleague = arrives("lead@example.org", "In-Reply-To: " + sent + "\r\n", "otter");
        String passedOn = arrives(NADIA, forged, "walrus");
        String review = app.get("/api/v1/reviews").json().at("/items/0/ref").asString();
        done(app.post("/api/v1/inbox/" + passedOn + "/assign", Map.of("review", review)));
        arrives(DeliveryReport.failed("ronde@example.org", NADIA, sent).raw());

        Terminal.Run hold = ronde("hold", "set", "--asset", "host-1", "--reason", "case 7", "--output", "json");
        assertThat(hold.code()).as(hold.err()).isZero();
        assertThat(ronde("erase", NADIA, "--basis", "Art. 17").err()).contains("ronde hold list");
        assertThat(where(HERS)).contains("review.note");
        assertThat(app.get("/api/v1/evidence/records?type=erasure.refused").body())
                .contains("\"reason\":\"hold\"");
        Matcher id = Pattern.compile("\"id\":\\s*\"([^\"]+)\"").matcher(hold.out());
        assertThat(id.find()).isTrue();
        assertThat(ronde("hold", "release", id.group(1)).code()).isZero();
        assertThat(ronde("hold", "list").out()).contains("released");

        Terminal.Run erased = ronde("erase", NADIA, "--basis", "Art. 17");
        assertThat(erased.code()).as(erased.err()).isZero();
        app.settle();
        assertThat(where(HERS)).isEmpty();
        List<String> sources = app.app()
                .database()
                .read(handle -> handle.createQuery("select cast(mail_id as varchar(36)) from inbound_raw")
                        .mapTo(String.class)
                        .list());
        assertThat(sources).as("what others wrote stays").containsExactly(colleague);
        assertVerified();
        assertThat(bundle("after.zip"))
                .contains("[erased 2026-03-03, Art. 17]", "\"type\":\"erasure.executed\"")
                .doesNotContain(HERS);
        assertThat(ronde("erase", NADIA, "--basis", "Art. 17").code())
                .as("nobody has it any more")
                .isEqualTo(2);
    }
}
