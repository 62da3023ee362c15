package dev.ronde.evidence.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.TestInventory;
import dev.ronde.asset.snapshot.SnapshotTexts;
import dev.ronde.check.log.ProbeLog;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.TestLedger;
import dev.ronde.finding.RecordedFindings;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.AttestedTexts;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.Sql;
import dev.ronde.webhook.ReceiverAnswers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was read from outside is looked at by night wherever it is stored, not in the results of checks alone. */
@OnBothDatabases
class StoredTextsTest {
    private static final String MARKER = "ask jane.doe @example.org";
    private static final List<StoredTexts> TABLES = Stream.of(
                    SnapshotTexts.ALL, ProbeLog.TEXTS, RecordedFindings.TEXTS, AttestedTexts.ALL, ReceiverAnswers.ALL)
            .flatMap(List::stream)
            .toList();

    @AutoClose
    private TestLedger test;

    private UUID asset;

    StoredTextsTest(DatabaseKind kind, @TempDir Path home) {
        test = new TestLedger(kind, home);
        asset = new TestInventory(test.database, test.clock, Set.of("host.linux"))
                .asset("web-01", "host.linux")
                .id();
    }

    @Test
    void everyTableIsLookedAt() {
        test.database.useTransaction(this::plant);
        test.clock.advance(Duration.ofHours(1));

        RedactionScan.Report report = scan().run(Actor.SYSTEM);

        assertThat(report.newest())
                .extracting(RedactionHit::place)
                .containsExactlyInAnyOrder(
                        "snapshot.host.v1.os.note",
                        "snapshot_refusal.place",
                        "probe_log.what",
                        "finding.summary",
                        "review.changes[0].after",
                        "review.checks[0].said",
                        "webhook_attempt.answer");
        assertThat(report.newest()).extracting(RedactionHit::rule).containsOnly("email");
        assertThat(TABLES)
                .as("a table that nobody plants in here is not proven to be looked at")
                .allMatch(table ->
                        report.newest().stream().anyMatch(hit -> hit.place().startsWith(table.name() + ".")));
        assertThat(report.newest().stream()
                        .filter(hit -> !hit.place().startsWith("webhook"))
                        .map(RedactionHit::assetRef))
                .containsOnly("web-01");
        assertThat(report.toString()).doesNotContain("jane");
    }

    @Test
    void aRowIsLookedAtOnceUntilItIsWrittenAgain() {
        test.database.useTransaction(this::plant);
        test.clock.advance(Duration.ofHours(1));
        long scanned = scan().run(Actor.SYSTEM).scanned();
        assertThat(scanned).isPositive();
        test.clock.advance(Duration.ofDays(1));
        assertThat(scan().run(Actor.SYSTEM).scanned()).isEqualTo(scanned);

        test.database.useTransaction(
                tx -> tx.createUpdate("update finding set summary = 'password=hunter-4711', summary_at = :now")
                        .bind("now", test.clock.instant())
                        .execute());
        test.clock.advance(Duration.ofHours(1));
        RedactionScan.Report again = scan().run(Actor.SYSTEM);
        assertThat(again.scanned()).isEqualTo(scanned + 1);
        assertThat(again.newest().get(0).rule()).isEqualTo("secret");
    }

    /** The facts of a pushed document are as old as it is, whatever hour they are judged in. */
    @Test
    void aSummaryIsLookedAtByWhenItWasWritten() {
        scan().run(Actor.SYSTEM);
        test.clock.advance(Duration.ofDays(1));
        test.database.useTransaction(this::plant);
        test.database.useTransaction(
                tx -> tx.execute("update finding set first_bad_at = timestamp with time zone '2020-01-01 00:00:00+00',"
                        + " last_bad_at = timestamp with time zone '2020-01-01 00:00:00+00'"));
        test.clock.advance(Duration.ofHours(1));
        assertThat(scan().run(Actor.SYSTEM).newest())
                .extracting(RedactionHit::place)
                .contains("finding.summary");
    }

    /** A check every few minutes writes its finding anew before every look. */
    @Test
    void aRowThatIsWrittenAllTheTimeIsLookedAt() {
        scan().run(Actor.SYSTEM);
        test.clock.advance(Duration.ofDays(1));
        test.database.useTransaction(this::plant);
        test.clock.advance(Duration.ofHours(1));
        Instant justNow = test.clock.instant().minusSeconds(60);
        test.database.useTransaction(tx -> {
            for (String written : List.of(
                    "finding set summary_at", "snapshot_refusal set last_at", "webhook_attempt set started_at")) {
                tx.createUpdate("update " + written + " = :at")
                        .bind("at", justNow)
                        .execute();
            }
        });
        assertThat(scan().run(Actor.SYSTEM).newest())
                .extracting(RedactionHit::place)
                .contains("finding.summary", "snapshot_refusal.place", "webhook_attempt.answer");
        assertThat(found()).isEqualTo(7);
        test.clock.advance(Duration.ofHours(1));
        scan().run(Actor.SYSTEM);
        assertThat(found()).as("they are read again, and known").isEqualTo(7);
    }

    @Test
    void aRowThatIsWrittenAgainBetweenTwoNightsOfOneLookIsReadByTheNext() {
        List<UUID> findings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            test.database.useTransaction(tx -> findings.add(finding(tx, "nothing")));
            test.clock.advance(Duration.ofMinutes(1));
        }
        StoredTexts whole = RecordedFindings.TEXTS.get(0);
        StoredTexts single = new StoredTexts(whole.name(), whole.sql(), true, 1);
        assertThat(night(single, 2).complete()).isFalse();
        test.database.useTransaction(
                tx -> tx.createUpdate("update finding set summary = :said, summary_at = :now where id = :id")
                        .bind("said", MARKER)
                        .bind("now", test.clock.instant())
                        .bind("id", findings.get(0))
                        .execute());
        assertThat(night(single, 2).complete()).isTrue();
        assertThat(night(single, 2).hits()).isEqualTo(1);
    }

    private TextScan.Looked night(StoredTexts texts, int most) {
        test.clock.advance(Duration.ofDays(1));
        return new TextScan(test.database, test.clock, Redactor.standard())
                .run(texts, test.clock.instant().minus(Duration.ofMinutes(10)), most);
    }

    /** What the scans say that they found. */
    private long found() {
        return Sql.number(test.database, "select hits from redaction_scan");
    }

    @Test
    void aLongTableIsReadInPages() {
        for (int i = 0; i < 1_201; i++) {
            test.database.useTransaction(tx -> log(tx, "PING"));
            test.clock.advance(Duration.ofMillis(1));
        }
        test.database.useTransaction(tx -> log(tx, MARKER));
        test.clock.advance(Duration.ofHours(1));
        RedactionScan.Report report = scan().run(Actor.SYSTEM);
        assertThat(report.scanned()).isEqualTo(1_202);
        assertThat(report.hits()).isEqualTo(1);
    }

    private RedactionScan scan() {
        return new RedactionScan(test.database, test.log, test.clock, TABLES);
    }

    private void plant(Handle tx) {
        insert(
                tx,
                "insert into snapshot_content (digest, source, canon_version, content, stored_at)"
                        + " values ('sha256:1', 'host.v1', 1, :said, :now)",
                "{\"os\":{\"note\":\"" + MARKER + "\"}}");
        insert(
                tx,
                "insert into snapshot (id, asset_id, source, digest, canon_version, collected_at, received_at, last_seen_at)"
                        + " values (:id, :asset, 'host.v1', 'sha256:1', 1, :now, :now, :now)",
                "");
        insert(
                tx,
                "insert into snapshot_refusal (id, asset_id, source, first_at, last_at, times, looked_at, actor_ref, code, place)"
                        + " values (:id, :asset, 'host.v1', :now, :now, 1, :now, 'system', 'wrong_type', :said)",
                "/" + MARKER);
        log(tx, MARKER);
        finding(tx, MARKER);
        insert(tx, "insert into plan (id, plan_version, created_at, updated_at) values ('monthly', 1, :now, :now)", "");
        insert(
                tx,
                "insert into enrolment (id, plan_id, asset_id, enrolled_on, slots) values (:id, 'monthly', :asset, '2026-01-01', 1)",
                "");
        insert(
                tx,
                "insert into review (id, review_number, enrolment_id, slot_no, plan_id, plan_version, asset_id, cause, scheduled_on,"
                        + " due_on, zone, opens_at, overdue_at, missed_from, held, recorded_at, changes, checks, version)"
                        + " select :id, 1001, e.id, 1, 'monthly', 1, :asset, 'cadence', '2026-01-01', '2026-01-01', 'UTC', :now, :now,"
                        + " :now, false, :now, '[{\"after\":\"' || :said || '\"}]', '[{\"said\":\"' || :said || '\"}]', 1"
                        + " from enrolment e",
                MARKER);
        UUID hook = insert(
                tx,
                "insert into webhook (id, url, description, events, secret, next_index, created_by, created_at, version)"
                        + " values (:id, 'https://example.org', '', '', '', 0, 'system', :now, 1)",
                "");
        UUID delivery = Ids.next(test.clock);
        tx.createUpdate(
                        "insert into webhook_delivery (id, webhook_id, record_id, event, body, state, attempts, created_at)"
                                + " values (:id, :hook, :id, 'x', '{}', 'done', 1, :now)")
                .bind("id", delivery)
                .bind("hook", hook)
                .bind("now", test.clock.instant())
                .execute();
        tx.createUpdate("insert into webhook_attempt (delivery_id, number, started_at, took_ms, answer)"
                        + " values (:id, 1, :now, 5, :said)")
                .bind("id", delivery)
                .bind("now", test.clock.instant())
                .bind("said", MARKER)
                .execute();
    }

    private UUID finding(Handle tx, String said) {
        return insert(
                tx,
                "insert into finding (id, asset_id, check_id, severity, summary, fingerprint, run_id, first_bad_at, last_bad_at,"
                        + " detected_at, record_id, version, summary_at) values (:id, :asset, 'web-check', 'high', :said, 'sha256:0', :id, :now,"
                        + " :now, :now, :id, 1, :now)",
                said);
    }

    private void log(Handle tx, String what) {
        insert(
                tx,
                "insert into probe_log (id, asset_id, check_id, started_at, transport, vantage, remote_address, remote_port, what,"
                        + " outcome, bytes_out, bytes_in, millis) values (:id, :asset, 'web-check', :now, 'tcp', 'internal',"
                        + " '10.0.0.7', 80, :said, 'response', 1, 1, 1)",
                what);
    }

    private UUID insert(Handle tx, String sql, String said) {
        UUID id = Ids.next(test.clock);
        tx.createUpdate(sql)
                .configure(
                        org.jdbi.v3.core.statement.SqlStatements.class,
                        statements -> statements.setUnusedBindingAllowed(true))
                .bind("id", id)
                .bind("asset", asset)
                .bind("now", test.clock.instant())
                .bind("said", said)
                .execute();
        return id;
    }
}
