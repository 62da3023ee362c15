package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.testing.DatabaseKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor asks about first: exceptions, gaps, and whether anything is left out; both verifiers find the same in the records. */
class ExceptionsInBundleTest {
    private static final Actor ONE = new Actor("token", "t:00000000000000aa", "token");
    private static final Actor OTHER = new Actor("token", "t:00000000000000bb", "token");

    @TempDir
    Path home;

    @AutoClose
    private BundleFixture fixture;

    @BeforeEach
    void live() {
        fixture = new BundleFixture(DatabaseKind.H2, home);
        fixture.test.append(Evidence.of("person.added", Actor.SYSTEM, Subject.of("person", BundleFixture.JEANNE.ref()))
                .priv("name", "Jeanne Müller"));
        token(ONE, BundleFixture.JEANNE);
        token(OTHER, ONE);
        review("scheduled", "REV-1", "scheduled", "2026-02-10", Map.of());
        review("scheduled", "REV-2", "scheduled", "2026-03-10", Map.of());
        fixture.test.ledger.seal();

        at("2026-03-05T08:00:00Z");
        review(
                "cancelled",
                "REV-3",
                "cancelled",
                "2026-03-09",
                Map.of("cause", "drift", "cancel_reason", "back_to_attested", "cancelled_at", "2026-03-05T08:00:00Z"));
        server("system.started");
        fixture.test.ledger.seal();
        server("system.stopped");
        at("2026-03-06T08:00:00Z");
        server("system.started");
        fixture.missed("2026-03-05T20:00:00Z");

        at("2026-03-06T09:00:00Z");
        Subject stop = Subject.of("probing", "stop-1");
        fixture.test.append(
                Evidence.of("probing.stopped", BundleFixture.JEANNE, stop).priv("reason", "Move of a rack"));
        at("2026-03-06T10:00:00Z");
        result("redis-1", "probing-stopped", "2026-03-06T09:30:00Z");
        fixture.test.append(Evidence.of("probing.resumed", BundleFixture.JEANNE, stop));
        result("redis-1", "", "2026-03-06T09:59:00Z");
        UUID waived = fixture.test.append(failed("patches").data("waiver", "W-1"));
        UUID failed = fixture.test.append(failed("backup"));
        fixture.test.ledger.seal();
        at("2026-03-06T11:30:00Z");
        fixture.missed("2026-03-06T10:10:00Z");
        fixture.missed("2026-03-06T11:10:00Z");
        result("redis-2", "no-vantage", "2026-03-06T11:20:00Z");
        fixture.test.ledger.seal();
        at("2026-03-06T13:15:00Z");
        UUID seen = result("redis-2", "", "2026-03-06T13:00:00Z");
        fixture.test.ledger.seal();

        at("2026-04-15T08:00:00Z");
        review("extended", "REV-2", "open", "2026-03-10", Map.of(), "Waited for the vendor");
        Map<String, Object> late = Map.of(
                "days_late", 36,
                "gap_ok", false,
                "gap_days", 120,
                "max_gap_days", 92,
                "performed_at", "2026-04-15T08:00:00Z");
        List<Map<String, Object>> checks = List.of(
                shown("redis-auth", "unknown", "high", seen),
                shown("patches", "fail", "critical", waived),
                shown("backup", "fail", "high", failed),
                shown("minor", "fail", "low", failed),
                Map.of("check", "never-ran", "outcome", "unknown", "stale", true, "severity", "high"));
        fixture.test.append(Evidence.of("review.attested", ONE, Subject.of("review", "REV-2", 3))
                .asset("redis-1")
                .data("shown_ids", List.of(seen.toString()))
                .data(
                        "shown",
                        Hash.sha256((seen + "\n").getBytes(StandardCharsets.UTF_8))
                                .hex())
                .data("checks", checks)
                .data(
                        "changes",
                        List.of(changed("tls", "weaker"), changed("ports", "wider"), changed("name", "neutral")))
                .data("answered", List.of("name", "tls"))
                .data("after", after("REV-2", "attested", "2026-03-10", late)));
        fixture.test.append(Evidence.of("review.approved", OTHER, Subject.of("review", "REV-2", 4))
                .data("attested_by", ONE.ref())
                .data("after", after("REV-2", "attested", "2026-03-10", late)));
        review(
                "attested",
                "REV-4",
                "attested",
                "2026-03-20",
                Map.of("approval", "pending", "outcome", "no_change", "gap_ok", false, "max_gap_days", 40));
        fixture.test.ledger.seal();
    }

    private void at(String time) {
        fixture.test.clock.set(Instant.parse(time));
    }

    private void server(String type) {
        fixture.test.append(Evidence.of(type, Actor.SYSTEM, Subject.of("installation", "1")));
    }

    private void token(Actor token, Actor by) {
        fixture.test.append(Evidence.of("token.created", by, Subject.of("token", token.ref()))
                .data("name", token.ref().substring(16))
                .data("role", "owner")
                .data("expires", Instant.parse("2027-01-01T00:00:00Z")));
    }

    private UUID result(String asset, String reason, String due) {
        return fixture.test.append(Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                .asset(asset)
                .data("check", Map.of("id", "redis-auth", "sha256", "ab"))
                .data("due", Instant.parse(due))
                .data("outcome", reason.isEmpty() ? "pass" : "unknown")
                .data("reason", reason.isEmpty() ? null : reason));
    }

    private static Evidence failed(String check) {
        return Evidence.of("check.result", Actor.SYSTEM, Subject.of("check", check, 1))
                .asset("redis-1")
                .data("check", Map.of("id", check, "sha256", "cd"))
                .data("due", Instant.parse("2026-03-06T09:58:00Z"))
                .data("outcome", "fail");
    }

    private static Map<String, Object> shown(String check, String outcome, String severity, UUID record) {
        return Map.of(
                "check", check, "outcome", outcome, "stale", false, "severity", severity, "record", record.toString());
    }

    private static Map<String, Object> changed(String path, String effect) {
        return Map.of("path", path, "before", "a", "after", "b", "effect", effect);
    }

    private void review(String event, String ref, String state, String due, Map<String, Object> more) {
        review(event, ref, state, due, more, "");
    }

    private void review(String event, String ref, String state, String due, Map<String, Object> more, String reason) {
        fixture.test.append(Evidence.of("review." + event, Actor.SYSTEM, Subject.of("review", ref, 1))
                .asset("redis-1")
                .data("after", after(ref, state, due, more))
                .priv("reason", reason.isEmpty() ? null : reason));
    }

    private static Map<String, Object> after(String ref, String state, String due, Map<String, Object> more) {
        Map<String, Object> after = new HashMap<>(Map.of(
                "ref", ref,
                "state", state,
                "due_on", due,
                "zone", "Europe/Paris",
                "owner", BundleFixture.JEANNE.ref()));
        after.putAll(more);
        return after;
    }

    @Test
    void eachLateReviewStandsInTheReportWithWhatItsNoteSays() {
        at("2026-04-16T08:00:00Z");
        Map.of("REV-7", 4, "REV-8", 6)
                .forEach((ref, days) ->
                        fixture.test.append(Evidence.of("review.attested", ONE, Subject.of("review", ref, 1))
                                .asset("redis-1")
                                .data("after", after(ref, "attested", "2026-03-12", Map.of("days_late", days)))
                                .priv("note", "Ill for a week")));
        fixture.test.ledger.seal();
        Path folder = BundleFixture.unpack(fixture.zip(BundleFixture.MARCH), home.resolve("late"));
        assertThat(BundleFixture.read(folder.resolve("reports/report.html")))
                .containsSubsequence(">6<", "Ill for a week", "REV-8", ">4<", "Ill for a week", "REV-7");
    }

    @Test
    void eachExceptionAndEachGapIsARowAndEveryDifferenceIsExplained() {
        Path zip = fixture.zip(BundleFixture.MARCH);
        assertThat(fixture.verify(zip).exitCode()).isZero();
        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        assertThat(rows(folder, "exceptions.csv"))
                .containsExactly(
                        "kind,subject,due,at,owner,detail",
                        "overdue_review,REV-1,2026-02-10,,Jeanne Müller,64 days late",
                        "late_attestation,REV-2,2026-03-10,2026-04-15T08:00:00Z,Jeanne Müller,36 days late: Waited for the vendor",
                        "gap_breach,REV-2,2026-03-10,2026-04-15T08:00:00Z,Jeanne Müller,120 of 92 days",
                        "gap_breach,REV-4,2026-03-20,,Jeanne Müller,\"no review before, the limit is 40 days\"",
                        "drift_closed_without_statement,REV-3,2026-03-09,2026-03-05T08:00:00Z,Jeanne Müller,"
                                + "\"the configuration came back, and nobody answered\"",
                        "approval_by_one_hand,REV-2,2026-03-10,2026-04-15T08:00:00Z,Jeanne Müller,"
                                + "\"asked for by aa, approved by bb, one hand: Jeanne Müller\"",
                        "missed_runs,redis-auth,2026-03-05T20:00:00Z,2026-03-06T11:30:00Z,,"
                                + "\"3 runs, the last due 2026-03-06T11:10:00Z: not-run\"",
                        "unknown_runs,redis-auth,2026-03-06T11:20:00Z,2026-03-06T11:30:00Z,,"
                                + "\"1 runs, the last due 2026-03-06T11:20:00Z: no-vantage\"",
                        "unknown_runs,redis-auth,2026-03-06T09:30:00Z,2026-03-06T10:00:00Z,,"
                                + "\"1 runs, the last due 2026-03-06T09:30:00Z: probing-stopped\"",
                        "weaker_accepted,REV-2,2026-03-10,2026-04-15T08:00:00Z,Jeanne Müller,"
                                + "1 of 3 changes weaker: tls; 1 of 4 results failing: backup",
                        "attested_with_unknown_results,REV-2,2026-03-10,2026-04-15T08:00:00Z,Jeanne Müller,"
                                + "1 of 4 results unknown: redis-auth");
        assertThat(BundleFixture.read(folder.resolve("reports/report.html")))
                .as("attested, and not approved")
                .contains(
                        "Waiting for approval</th><td class=\"count\">1<",
                        "Done on time</th><td class=\"count\">0<",
                        "Attested with unknown results",
                        "Reviews: 15 Apr 2026, 08:00 UTC",
                        "the end of 2026-03-31");
        assertThat(rows(folder, "gaps.csv"))
                .containsExactly(
                        "cause,from,to,seconds,runs,detail",
                        "server_down,2026-02-20T08:00:00Z,2026-03-05T08:00:00Z,1123200,0,",
                        "server_stopped,2026-03-05T08:00:00Z,2026-03-06T08:00:00Z,86400,1,",
                        "probing_stopped,2026-03-06T09:00:00Z,2026-03-06T10:00:00Z,3600,1,Move of a rack",
                        "deferred,2026-03-06T11:00:00Z,2026-03-06T12:00:00Z,3600,1,",
                        "agent_silent,2026-03-06T11:20:00Z,2026-03-06T13:15:00Z,6900,1,",
                        "sealing_stopped,2026-03-06T13:15:00Z,2026-04-15T08:00:00Z,3437100,0,");
        assertThat(BundleFixture.read(folder.resolve("population/attestations.csv")))
                .as("what the late reviewer saw, after the period")
                .contains("REV-2,", ",result,");
        List<String> complete = BundleFixture.lines(folder.resolve("population/completeness.csv"));
        assertThat(complete)
                .contains(
                        "run.missed,2026-03,3,3,3,0,",
                        "review.scheduled,2026-02,2,2,1,1,\"1 of another period, or here for an attestation only.\"",
                        "ledger.seal,2026-03,7,7,,0,");
        assertThat(complete.stream().skip(1)).noneMatch(row -> !row.contains(",0,") && row.endsWith(","));
    }

    /** Of one asset: seals and what happened to the server are told all the same, or a gap would have no cause. */
    @Test
    void aNarrowScopeSaysWhatItWithholdsAndStillKnowsTheCauses() {
        Path zip = fixture.zip(new ExportScope(
                LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-31"), List.of(), List.of("redis-2")));
        assertThat(fixture.verify(zip).exitCode()).isZero();
        Path folder = BundleFixture.unpack(zip, home.resolve("out"));
        assertThat(BundleFixture.read(folder.resolve("population/gaps.csv")))
                .contains("server_stopped,2026-03-05T08:00:00Z,2026-03-06T08:00:00Z,86400,0,");
        assertThat(BundleFixture.lines(folder.resolve("population/completeness.csv")))
                .contains(
                        "run.missed,2026-03,3,0,0,3,\"3 by hash only, outside the scope.\"",
                        "person.added,2026-02,1,0,,1,\"1 by hash only, outside the period.\"");
    }

    /** Leads are asked for its cause every week, also in the next period; that makes it none of those that were due there. */
    @Test
    void aReviewMissedBeforeThePeriodIsNoneOfIt() {
        review("missed", "REV-5", "missed", "2026-03-02", Map.of());
        fixture.test.ledger.seal();
        at("2026-04-20T08:00:00Z");
        fixture.test.append(Evidence.of("review.escalated", Actor.SYSTEM, Subject.of("review", "REV-5", 1))
                .asset("redis-1"));
        fixture.test.ledger.seal();
        Path zip = fixture.zip(
                new ExportScope(LocalDate.parse("2026-04-01"), LocalDate.parse("2026-04-30"), List.of(), List.of()));
        assertThat(fixture.verify(zip).exitCode()).isZero();
        assertThat(rows(BundleFixture.unpack(zip, home.resolve("april")), "reviews.csv"))
                .noneMatch(row -> row.startsWith("REV-5,"));
    }

    /** Without the place in the log. */
    private static List<String> rows(Path folder, String table) {
        return BundleFixture.lines(folder.resolve("population/" + table)).stream()
                .map(row -> row.substring(0, row.lastIndexOf(',')))
                .toList();
    }
}
