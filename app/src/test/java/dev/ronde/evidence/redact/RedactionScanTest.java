package dev.ronde.evidence.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.TestLedger;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class RedactionScanTest {

    @AutoClose
    private final TestLedger test;

    RedactionScanTest(DatabaseKind kind, @TempDir Path home) {
        test = new TestLedger(kind, home);
    }

    @Test
    void reportsWhatOlderRulesLetThroughAndEditsNothing() {
        UUID bad = stored("web-01", Map.of("root", Map.of("note", "ask jane.doe @example.org", "status", 200L)));
        stored("web-02", Map.of("root", Map.of("note", "nothing to see", "status", 200L)));
        stored("web-03", Map.of("root", Map.of("note", "«redacted:email»")));
        UUID large = stored("web-04", Map.of("list", List.of("x".repeat(20_000), "password=hunter2")));
        test.clock.advance(Duration.ofHours(1));

        RedactionScan scan = new RedactionScan(test.database, test.log, test.clock, List.of());
        RedactionScan.Report report = scan.run(Actor.SYSTEM);

        assertThat(report.scanned()).isEqualTo(4);
        assertThat(report.rules()).isEqualTo(Redactor.RULES);
        assertThat(report.newest())
                .extracting(RedactionHit::recId, RedactionHit::place, RedactionHit::rule, RedactionHit::assetRef)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(bad, "facts.root.note", "email", "web-01"),
                        org.assertj.core.groups.Tuple.tuple(large, "facts.list[1]", "secret", "web-04"));
        assertThat(report.toString()).doesNotContain("jane", "hunter2");
        assertThat(payload(bad)).as("evidence is never edited").contains("jane.doe @example.org");
        test.ledger.seal();
        assertThat(test.ledger.verify().good()).isTrue();
    }

    @Test
    void looksAtEachResultOnceUntilTheRulesChange() {
        stored("web-01", Map.of("note", "ask jane.doe @example.org"));
        test.clock.advance(Duration.ofHours(1));
        RedactionScan scan = new RedactionScan(test.database, test.log, test.clock, List.of());
        assertThat(scan.run(Actor.SYSTEM).hits()).isEqualTo(1);
        stored("web-02", Map.of("note", "fine"));
        assertThat(scan.run(Actor.SYSTEM).scanned())
                .as("younger than ten minutes")
                .isEqualTo(1);
        test.clock.advance(Duration.ofHours(1));
        assertThat(scan.run(Actor.SYSTEM).scanned()).isEqualTo(2);
        test.database.useTransaction(tx -> tx.execute("update redaction_scan set rules = 0"));
        RedactionScan.Report again = scan.run(Actor.SYSTEM);
        assertThat(again.scanned()).isEqualTo(2);
        assertThat(again.hits()).as("the same place is known already").isEqualTo(1);
    }

    private UUID stored(String asset, Map<String, Object> facts) {
        return test.append(Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", "web-check", 1))
                .asset(asset)
                .data("facts", facts)
                .data("outcome", "pass"));
    }

    private String payload(UUID record) {
        return test.database.read(handle -> new String(
                handle.createQuery("select payload from evidence_record where rec_id = :id")
                        .bind("id", record)
                        .mapTo(byte[].class)
                        .one(),
                java.nio.charset.StandardCharsets.UTF_8));
    }
}
