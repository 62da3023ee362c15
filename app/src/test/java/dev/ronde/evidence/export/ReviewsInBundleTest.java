package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.ronde.evidence.population.ReviewColumn;
import dev.ronde.platform.config.Setting;
import dev.ronde.reply.ReceivedMail;
import dev.ronde.testing.DeliveryReport;
import dev.ronde.testing.ScriptedSmtp;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.VerifiedBundle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reviews table of a bundle follows from the records alone and says what the download of the page says. */
@Tag("long")
class ReviewsInBundleTest {
    private static final String ASSETS = """
            ref,name,kind,owner_email,criticality,last_review_on
            cache-1,Session cache,service.redis,nadia@example.org,high,2025-12-01
            cache-2,=Second cache,service.redis,nadia@example.org,high,2025-12-01
            cache-3,Third cache,service.redis,nadia@example.org,medium,2025-12-10
            """;
    private static final String PLAN = """
            {"id":"monthly","title":"Monthly review","scope":{"criticality":["high"]},"max_gap_days":120,
             "cadence":{"monthly":{"day":10}},"zone":"Europe/Paris","lead_time":"P7D","missed_after":"P5D",
             "frameworks":["iso27001:A.8.9","pci:1.2.7"],"required_protections":["anonymous-access-blocked"]}""";

    private static final String PATIENT = PLAN.replace("\"monthly\",\"title", "\"patient\",\"title")
            .replace("high", "medium")
            .replace("120", "90")
            .replace("P5D", "P60D");

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");

    /** A version that moves no date still gives rows that have not opened another limit. */
    @Test
    void aLimitThatMovesNoDateIsInTheBundleToo() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            send(app, "/api/v1/assets/import", ASSETS, "text/csv");
            send(app, "/api/v1/plans", PLAN, "application/json");
            Map<String, String> headers = Map.of(
                    "Authorization",
                    "Bearer " + app.app().token(),
                    "Content-Type",
                    "application/json",
                    "If-Match",
                    app.get("/api/v1/plans/monthly").header("ETag"));
            TestApp.Answer changed = app.call("PUT", "/api/v1/plans/monthly", PLAN.replace("120", "121"), headers);
            assertThat(changed.status()).as(changed.body()).isEqualTo(200);
            assertThat(changed.json().path("effect").path("moved").asInt()).isZero();

            Path bundle = export(app, Map.of("from", "2026-03-01", "to", "2026-12-31"));
            Map<String, Row> told = told(bundle);
            Map<String, Row> shown = rows(app.get("/reviews.csv").body());
            assertThat(told).isNotEmpty();
            told.forEach((ref, row) -> {
                assertThat(row.getField("plan_version"))
                        .as(ref)
                        .isEqualTo(shown.get(ref).getField("plan_version"));
                assertThat(row.getField("max_gap_days"))
                        .as(ref)
                        .isEqualTo(shown.get(ref).getField("max_gap_days"));
            });
            assertThat(told.values())
                    .anyMatch(row -> row.getField("max_gap_days").equals("121"));
        }
    }

    /** The lead alone heard of what was missed without opening: nobody was told to do it. */
    @Test
    void whatLeadsHearOfAMissIsNoFirstNotice() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                TestApp app = mailingBy(smtp)) {
            send(app, "/api/v1/assets/import", ASSETS, "text/csv");
            send(
                    app,
                    "/api/v1/people",
                    "{\"email\":\"lea@example.org\",\"name\":\"Lea\",\"role\":\"compliance\"}",
                    "application/json");
            send(app, "/api/v1/plans", PLAN, "application/json");
            clock.advance(Duration.ofDays(30));
            app.pass(clock, 2);
            String ref = first(app, "cache-1");
            assertThat(app.get("/api/v1/reviews/" + ref).json().path("title").asString(""))
                    .isEqualTo("Monthly review");
            assertThat(String.join(
                            "\n", smtp.taken().stream().map(String::valueOf).toList()))
                    .contains(ref);
            String csv = app.get("/api/v1/reviews.csv?state=missed").body();
            assertThat(csv).startsWith("ref,");
            assertThat(app.get("/reviews.csv").body()).startsWith("ref,");
            Row shown = rows(csv).get(ref);
            assertThat(shown.getField("opened_at")).isEmpty();
            assertThat(shown.getField("first_notified_at")).isEmpty();
            Path bundle = export(app, Map.of("from", "2026-03-01", "to", "2026-04-30"));
            assertThat(told(bundle).get(ref).getFields()).isEqualTo(shown.getFields());
        }
    }

    /** The owner was not told by a mail that came back; who heard next was, in every bundle of it. */
    @Test
    void aMailThatCameBackIsNoFirstNotice() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                TestApp app = mailingBy(smtp)) {
            send(
                    app,
                    "/api/v1/people",
                    "{\"email\":\"lea@example.org\",\"name\":\"Lea\",\"role\":\"compliance\"}",
                    "application/json");
            send(app, "/api/v1/assets/import", ASSETS, "text/csv");
            send(app, "/api/v1/plans", PLAN, "application/json");
            app.pass(clock, 2);
            String ref = first(app, "cache-1");
            String told = firstNotified(app, ref);
            assertThat(told).isNotEmpty();
            ReceivedMail assignment = smtp.taken().stream()
                    .map(ReceivedMail::of)
                    .filter(mail -> mail.to().contains("nadia") && mail.text().contains(ref))
                    .findFirst()
                    .orElseThrow();
            send(
                    app,
                    "/api/v1/inbox",
                    DeliveryReport.failed("ronde@example.org", "nadia@example.org", assignment.header("Message-ID"))
                            .raw(),
                    "message/rfc822");
            Map<String, Object> march = Map.of("from", "2026-03-01", "to", "2026-03-31");
            assertThat(firstNotified(app, ref)).isNotEqualTo(told);
            assertSaysWhatTheDownloadSays(app, march, ref);
            app.pass(clock, 2);
            assertThat(firstNotified(app, ref)).isGreaterThan(told);
            assertSaysWhatTheDownloadSays(app, march, ref);
            // one asset's bundle holds no record of mails, so that it knows when later ones left from later records of
            // the review
            Path narrow = export(app, Map.of("from", "2026-03-01", "to", "2026-03-31", "assets", List.of("cache-1")));
            assertThat(told(narrow).get(ref).getField("first_notified_at")).isNotEqualTo(told);
            app.pass(clock, 14);
            Path before = export(app, Map.of("from", "2026-03-01", "to", "2026-03-06"));
            assertThat(told(before).get(ref).getField("days_late"))
                    .as("what was done about it after the period is not in its bundle")
                    .isEqualTo("0");
        }
    }

    private static String firstNotified(TestApp app, String ref) {
        return rows(app.get("/reviews.csv").body()).get(ref).getField("first_notified_at");
    }

    private void assertSaysWhatTheDownloadSays(TestApp app, Map<String, Object> scope, String ref) {
        Path bundle = export(app, scope);
        assertThat(told(bundle).get(ref).getFields())
                .isEqualTo(rows(app.get("/reviews.csv").body()).get(ref).getFields());
    }

    @Test
    void theTableOfABundleSaysWhatTheDownloadSays() {
        try (ScriptedSmtp smtp = new ScriptedSmtp();
                TestApp app = mailingBy(smtp)) {
            send(app, "/api/v1/assets/import", ASSETS, "text/csv");
            send(app, "/api/v1/plans", PLAN, "application/json");
            send(app, "/api/v1/plans", PATIENT, "application/json");
            app.pass(clock, 3);
            String attested = first(app, "cache-1");
            String missed = first(app, "cache-2");
            String late = first(app, "cache-3");
            assertThat(smtp.taken()).isNotEmpty();
            assertThat(app.post(
                                    "/api/v1/reviews/" + attested + "/attest",
                                    Map.of(
                                            "outcome",
                                            "no_change",
                                            "waiver",
                                            Map.of("reason", "Old client until April", "until", "2026-03-31")))
                            .status())
                    .isEqualTo(200);
            app.pass(clock, 12);
            assertThat(app.post(
                                    "/api/v1/reviews/" + missed + "/missed",
                                    Map.of(
                                            "cause",
                                            "The owner had left",
                                            "action",
                                            "A new one is named",
                                            "recovery",
                                            "back_on_schedule"))
                            .status())
                    .isEqualTo(200);

            Path bundle = export(app, Map.of("from", "2026-03-01", "to", "2026-03-31"));
            Map<String, Row> told = told(bundle);
            Map<String, Row> shown = rows(app.get("/reviews.csv").body());
            assertThat(told.keySet()).isEqualTo(shown.keySet());
            for (String ref : List.of(attested, missed, late)) {
                assertThat(told.get(ref).getFields())
                        .as(ref)
                        .isEqualTo(shown.get(ref).getFields());
            }
            Row done = told.get(attested);
            assertThat(done.getField("asset_name")).isEqualTo("Session cache");
            assertThat(done.getField("controls")).isEqualTo("iso27001:A.8.9|pci:1.2.7");
            assertThat(Instant.parse(done.getField("first_notified_at")))
                    .isBefore(Instant.parse(done.getField("performed_at")));
            assertThat(done.getField("changes")).isEqualTo("0");
            assertThat(done.getField("waiver")).isEqualTo("Old client until April (2026-03-31)");
            assertThat(done.getField("days_late")).isEqualTo("0");
            assertThat(told.get(missed).getField("asset_name")).isEqualTo("'=Second cache");
            assertThat(told.get(missed).getField("outcome")).isEqualTo("missed");
            assertThat(told.get(missed).getField("missed_cause")).isEqualTo("The owner had left");
            assertThat(told.get(missed).getField("gap_ok"))
                    .as("missed, and not yet beyond the limit")
                    .isEqualTo("true");

            assertThat(told.get(late).getField("outcome")).isEqualTo("open");
            assertThat(told.get(late).getField("days_late")).isEqualTo("7");
            assertThat(told.get(late).getField("gap_days")).isEqualTo("97");
            assertThat(told.get(late).getField("gap_ok")).isEqualTo("false");

            assertThat(BundleFixture.read(bundle.resolve("reports/report.html")))
                    .contains(figure("Done on time", 0), figure("Done on time with a waiver", 1));

            Path narrow = export(
                    app,
                    Map.of(
                            "from",
                            "2026-03-01",
                            "to",
                            "2026-03-31",
                            "frameworks",
                            List.of("pci"),
                            "assets",
                            List.of("cache-2")));
            Map<String, Row> part = told(narrow);
            assertThat(part.keySet()).contains(missed).doesNotContain(attested);
            assertThat(part.get(missed).getFields())
                    .as("nothing about a review is lost to a filter that names it")
                    .isEqualTo(shown.get(missed).getFields());

            app.pass(clock, 20);
            send(app, "/api/v1/assets/import", ASSETS.replace("Session cache", "Cache of sessions"), "text/csv");
            Path later = export(app, Map.of("from", "2026-03-01", "to", "2026-06-30"));
            Row still = told(later).get(missed);
            assertThat(still.getFields())
                    .as("the gap goes on without a record")
                    .isEqualTo(rows(app.get("/reviews.csv").body()).get(missed).getFields());
            assertThat(still.getField("gap_ok")).isEqualTo("false");
        }
    }

    private static String figure(String label, int count) {
        return label + "</th><td class=\"count\">" + count + "</td>";
    }

    /** What was taken back is an attestation that was recorded, and no review that is attested. */
    @Test
    void whatWasTakenBackIsNotAttestedInTheReport() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            send(
                    app,
                    "/api/v1/assets/import",
                    "ref,name,kind,owner_email,criticality\ncache-1,Cache,service.redis,nadia@example.org,high\n",
                    "text/csv");
            send(app, "/api/v1/plans", PLAN.replace("[\"anonymous-access-blocked\"]", "[]"), "application/json");
            app.pass(clock, 3);
            String ref = app.get("/api/v1/reviews?asset=cache-1&state=open")
                    .json()
                    .at("/items/0/ref")
                    .asString();
            send(app, "/api/v1/reviews/" + ref + "/attest", "{\"outcome\":\"no_change\"}", "application/json");
            send(app, "/api/v1/reviews/" + ref + "/withdraw", "{}", "application/json");
            Path bundle = export(app, Map.of("from", "2026-03-01", "to", "2026-03-31"));
            assertThat(BundleFixture.read(bundle.resolve("reports/report.html")))
                    .contains(figure("Done on time", 0));
        }
    }

    /** The second slot opened before the first was due; nothing was recorded of it since. */
    @Test
    void aGapThatBrokeAfterTheLastRecordIsBrokenInTheBundleToo() {
        try (TestApp app = TestApp.start(clock, Map.of())) {
            send(
                    app,
                    "/api/v1/assets/import",
                    "ref,name,kind,owner_email,criticality\ncache-1,Cache,service.redis,nadia@example.org,high\n",
                    "text/csv");
            send(app, "/api/v1/plans", PLAN.replace("P7D", "P40D").replace("\"P5D\"", "\"P30D\""), "application/json");
            app.pass(clock, 12);
            String second = app.get("/api/v1/reviews?asset=cache-1&state=open")
                    .json()
                    .at("/items/1/ref")
                    .asString();
            send(
                    app,
                    "/api/v1/assets/import",
                    "ref,name,kind,owner_email,criticality\nother-1,Other,service.redis,olga@example.org,low\n",
                    "text/csv");
            Path bundle = export(app, Map.of("from", "2026-03-01", "to", "2026-03-31"));
            Row told = told(bundle).get(second);
            assertThat(told.getFields())
                    .isEqualTo(rows(app.get("/reviews.csv").body()).get(second).getFields());
            assertThat(told.getField("due_on")).isEqualTo("2026-04-10");
            assertThat(told.getField("gap_days")).isEmpty();
            assertThat(told.getField("gap_ok")).isEqualTo("false");
        }
    }

    private static void send(TestApp app, String path, String body, String type) {
        TestApp.Answer answer = app.call(
                "POST",
                path,
                body,
                Map.of(
                        "Content-Type",
                        type,
                        "Authorization",
                        "Bearer " + app.app().token()));
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        app.settle();
    }

    private static String first(TestApp app, String asset) {
        return app.get("/api/v1/reviews?asset=" + asset)
                .json()
                .at("/items/0/ref")
                .asString();
    }

    private Path export(TestApp app, Map<String, Object> scope) {
        VerifiedBundle bundle = VerifiedBundle.export(app, scope);
        return BundleFixture.unpack(bundle.zip(), folder.resolve(bundle.id()));
    }

    /** The columns that the download has too, times to the second. */
    private record Row(Map<String, String> fields) {
        String getField(String column) {
            return String.valueOf(fields.get(column));
        }

        Map<String, String> getFields() {
            return fields;
        }
    }

    /** What was due and what is to come. */
    private static Map<String, Row> told(Path bundle) {
        Map<String, Row> rows = rows(BundleFixture.read(bundle.resolve("population/reviews.csv")));
        rows.putAll(rows(BundleFixture.read(bundle.resolve("population/upcoming.csv"))));
        return rows;
    }

    private static Map<String, Row> rows(String csv) {
        assertThat(csv.replace("\ufeff", "")).startsWith(String.join(",", ReviewColumn.TABLE.names()));
        Map<String, Row> rows = new TreeMap<>();
        CsvReader.builder()
                .ofNamedCsvRecord(csv.replace("\ufeff", "").replaceAll("(:[0-9]{2})\\.[0-9]+Z", "$1Z"))
                .forEach(row -> {
                    Map<String, String> fields = new TreeMap<>(row.getFieldsAsMap());
                    fields.keySet().retainAll(ReviewColumn.TABLE.names());
                    rows.put(row.getField("ref"), new Row(fields));
                });
        return rows;
    }

    private TestApp mailingBy(ScriptedSmtp smtp) {
        return TestApp.start(
                clock,
                Map.of(
                        Setting.SMTP_HOST, "127.0.0.1",
                        Setting.SMTP_PORT, String.valueOf(smtp.port()),
                        Setting.SMTP_TLS, "none",
                        Setting.MAIL_FROM, "ronde@example.org"));
    }
}
