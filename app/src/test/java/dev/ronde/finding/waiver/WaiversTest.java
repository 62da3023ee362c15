package dev.ronde.finding.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.check.run.CheckBench;
import dev.ronde.evidence.Actor;
import dev.ronde.finding.Finding;
import dev.ronde.finding.Findings;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class WaiversTest {
    private static final Principal OWNER = principal("p-owner", Role.OWNER);
    private static final Principal LEAD = principal("p-lead", Role.COMPLIANCE);
    private static final Principal ADMIN = principal("p-admin", Role.ADMIN);

    private final TestClock clock = TestClock.at("2026-11-25T09:00:00Z");

    @TempDir
    static Path folder;

    private static Catalogue catalogue;

    @AutoClose
    private CheckBench bench;

    private Findings findings;
    private Waivers waivers;
    private CoverageReader coverage;
    private Asset server;

    WaiversTest(DatabaseKind kind) {
        bench = new CheckBench(kind, catalogue, clock, 50, new ActiveWaivers());
        findings = new Findings(clock, bench.inventory.evidence);
        bench.writer.addListener(findings);
        waivers = new Waivers(
                bench.test.database(), clock, bench.inventory.evidence, bench.inventory.assets, bench.inventory.people);
        coverage = new CoverageReader(bench.catalogue, bench.inventory.assets, new ActiveWaivers());
        server = bench.door("jump-1");
        bench.door.set("jump-1", "open");
        bench.sweep();
    }

    private static Principal principal(String ref, Role role) {
        return new Principal(ref, ref, role, Channel.API, "token", null, UUID.randomUUID());
    }

    @BeforeAll
    static void load() {
        catalogue = TestChecks.withDoor(folder);
    }

    private <T> T in(Function<Handle, T> work) {
        return bench.test.database().inTransaction(work);
    }

    private Finding finding() {
        return bench.read(handle -> findings.open(handle, server.id())).get(0);
    }

    private static Waiver.Draft until(String day) {
        return draft("accepted-risk", null, day, null);
    }

    private static Waiver.Draft draft(
            String category, @Nullable String from, String until, @Nullable String compensatingCheck) {
        return new Waiver.Draft(
                null,
                category,
                "The jump host is meant to answer.",
                from == null ? null : LocalDate.parse(from),
                LocalDate.parse(until),
                compensatingCheck,
                null);
    }

    private Waiver request(Waiver.Draft draft) {
        return in(tx -> waivers.request(tx, finding(), draft, Actor.of(OWNER)));
    }

    private Waiver approve(Waiver waiver, Principal by) {
        return in(tx -> waivers.approve(tx, waiver, finding(), by));
    }

    private boolean waived() {
        return bench.read(handle -> new ActiveWaivers().waived(handle, server.id(), clock.instant()))
                .contains("door-closed");
    }

    private Coverage.Counts counts() {
        return bench.read(handle -> coverage.of(handle, server, clock.instant()))
                .counts();
    }

    @Test
    void coversTheAcceptedFailureUntilItsLastDayAndIsNeverAPass() {
        Waiver asked = request(until("2026-12-25"));
        assertThat(asked.ref()).isEqualTo("W-1001");
        assertThat(asked.assertionIds()).containsExactly("closed");
        assertThat(waived()).isFalse();
        approve(asked, LEAD);
        assertThat(waived()).isTrue();
        assertThat(counts().enabled()).isZero();
        assertThat(counts().available()).isPositive();

        clock.advance(Duration.ofDays(30));
        assertThat(clock.instant()).isEqualTo("2026-12-25T09:00:00Z");
        assertThat(waived()).isTrue();
        assertThat(waivers.run(clock.instant())).isZero();
        clock.advance(Duration.ofHours(15));
        assertThat(waived()).isFalse();
        assertThat(waivers.run(clock.instant())).isEqualTo(1);
        assertThat(waivers.run(clock.instant())).isZero();
        assertThat(bench.records("waiver.requested")).isEqualTo(1);
        assertThat(bench.records("waiver.approved")).isEqualTo(1);
        assertThat(bench.records("waiver.expired")).isEqualTo(1);
        assertThat(finding().isOpen()).isTrue();
    }

    @Test
    void holdsForTheAcceptedFactsOnly() {
        approve(request(until("2026-12-25")), LEAD);
        bench.door.set("jump-1", "closed");
        bench.sweepAfter(Duration.ofMinutes(70));
        assertThat(waived()).as("what passes is not waived").isFalse();
        bench.door.set("jump-1", "open");
        bench.sweepAfter(Duration.ofMinutes(70));
        assertThat(waived()).as("the same failure again").isTrue();
        in(tx -> tx.execute("update finding set fingerprint = 'sha256:other' where open_key is not null"));
        assertThat(waived()).as("another failure").isFalse();
    }

    @Test
    void coversNoFailureThatIsJudgedWorseThanTheAcceptedOne() {
        assertThat(approve(request(until("2026-12-25")), LEAD).severity()).isEqualTo("high");
        Waiver renewal = request(until("2026-12-26"));
        severity("medium");
        assertThat(waived()).as("a lesser one is covered").isTrue();
        severity("critical");
        assertThat(waived()).as("the same facts, judged worse").isFalse();
        assertThatThrownBy(() -> approve(renewal, LEAD)).hasMessageContaining("critical now");
        severity("high");
        assertThat(waived()).isTrue();
    }

    @Test
    void aRequestThatWaitedUntilItsLastDayWasOverIsNotApproved() {
        Waiver asked = request(until("2026-11-26"));
        clock.advance(Duration.ofDays(2));
        assertThatThrownBy(() -> approve(asked, LEAD)).hasMessageContaining("until its last day, 2026-11-26");
        assertThat(waived()).isFalse();
    }

    private void severity(String code) {
        in(tx -> tx.execute("update finding set severity = ? where open_key is not null", code));
    }

    @Test
    void holdsAsLongAsWhoeverAcceptedItMay() {
        approve(request(until("2026-12-25")), LEAD);
        in(tx -> tx.execute("update waiver set decided_by = (select min(actor_ref) from person)"));
        for (String role : List.of("'COMPLIANCE'", "'ADMIN'")) {
            in(tx -> tx.execute("update person set active = true, role = " + role));
            assertThat(waived()).as(role).isTrue();
        }
        for (String lost : List.of("role = null", "role = 'OWNER'", "role = 'ADMIN', active = false")) {
            in(tx -> tx.execute("update person set " + lost));
            assertThat(waived()).as(lost).isFalse();
        }
        in(tx -> tx.execute("update person set role = 'COMPLIANCE', active = true"));
        token(
                "t:00000000000000a1",
                bench.read(handle -> handle.createQuery("select min(actor_ref) from person")
                        .mapTo(String.class)
                        .one()));
        in(tx -> tx.execute("update waiver set decided_by = 't:00000000000000a1'"));
        assertThat(waived()).as("a token stands for whoever made it").isTrue();
        in(tx -> tx.execute("update person set role = null"));
        assertThat(waived()).isFalse();
    }

    private void token(String ref, String madeBy) {
        in(tx -> tx.createUpdate("""
                        insert into api_token (id, name, token_hash, hint, actor_ref, role, created_by, origin_ref, created_at,
                          expires_at, version)
                        values (:id, :ref, :ref, 'abcd', :ref, 'ADMIN', :by,
                          coalesce((select max(m.origin_ref) from api_token m where m.actor_ref = :by), :ref), :now, :end, 1)""")
                .bind("id", UUID.randomUUID())
                .bind("ref", ref)
                .bind("by", madeBy)
                .bind("now", clock.instant())
                .bind("end", clock.instant().plus(Duration.ofDays(9)))
                .execute());
    }

    private String admin(String email) {
        String ref = in(tx -> bench.inventory.people.add(tx, email, null, Actor.SYSTEM))
                .actorRef();
        in(tx -> tx.execute("update person set role = 'ADMIN', active = true where actor_ref = ?", ref));
        return ref;
    }

    @Test
    void aTokenIsWhoeverStandsBehindIt() {
        String alice = admin("alice@example.com");
        token("t:1", alice);
        token("t:2", "t:1");
        token("t:3", "t:2");
        List<Principal> hers =
                List.of(principal(alice, Role.ADMIN), principal("t:1", Role.ADMIN), principal("t:3", Role.ADMIN));
        for (Principal one : hers) {
            Waiver asked = in(tx -> waivers.request(tx, finding(), until("2026-12-01"), Actor.of(one)));
            for (Principal other : hers) {
                assertThatThrownBy(() -> approve(asked, other))
                        .as("%s of %s", other.actorRef(), one.actorRef())
                        .hasMessageContaining("does not decide");
            }
            in(tx -> waivers.revoke(tx, asked, hers.get(0)));
        }
        approve(request(until("2026-12-01")), hers.get(2));
        assertThat(waived()).isTrue();
        in(tx -> tx.execute("update api_token set revoked_at = created_at"));
        assertThat(waived()).as("whoever made the tokens may still accept it").isTrue();
        in(tx -> tx.execute("update person set role = 'OWNER' where actor_ref = ?", alice));
        assertThat(waived()).as("a token of a token of a token of hers").isFalse();
    }

    @Test
    void aShellAndItsTokensAreOneHandAndWhatTheyAcceptEndsWithTheToken() {
        token("t:1", "command:ann");
        token("t:2", "t:1");
        token("t:3", "command:bob");
        Waiver asked = in(
                tx -> waivers.request(tx, finding(), until("2026-12-20"), Actor.of(principal("t:1", Role.COMPLIANCE))));
        for (String other : List.of("t:2", "t:3", "command:bob")) {
            assertThatThrownBy(() -> approve(asked, principal(other, Role.ADMIN)))
                    .as(other)
                    .hasMessageContaining("does not decide");
        }
        in(tx -> waivers.revoke(tx, asked, principal("t:1", Role.COMPLIANCE)));
        approve(request(until("2026-12-20")), principal("t:3", Role.ADMIN));
        assertThat(waived()).isTrue();
        clock.advance(Duration.ofDays(9));
        assertThat(waived()).as("it has ended, and nobody is behind it").isFalse();
        in(tx -> tx.execute(
                "update api_token set expires_at = ?", clock.instant().plus(Duration.ofDays(9))));
        assertThat(waived()).isTrue();
        in(tx -> tx.execute("update api_token set revoked_at = created_at where actor_ref = 't:3'"));
        assertThat(waived()).as("revoked").isFalse();
    }

    @Test
    void aThirdRenewalHoldsAsLongAsAnAdministratorIsBehindIt() {
        String alice = admin("alice@example.com");
        approve(request(until("2026-12-01")), principal(alice, Role.ADMIN));
        in(tx -> tx.execute("update waiver set renewals = 3"));
        assertThat(waived()).isTrue();
        in(tx -> tx.execute("update person set role = 'COMPLIANCE' where actor_ref = ?", alice));
        assertThat(waived()).as("compliance may not approve this one").isFalse();
        in(tx -> tx.execute("update waiver set renewals = 2"));
        assertThat(waived()).isTrue();
    }

    @Test
    void nobodyDecidesOnTheirOwnRequestAndADecisionIsFinal() {
        Waiver asked = in(tx -> waivers.request(tx, finding(), until("2026-12-01"), Actor.of(LEAD)));
        assertThatThrownBy(() -> approve(asked, LEAD)).hasMessageContaining("does not decide");
        assertThatThrownBy(() -> request(until("2026-12-01"))).hasMessageContaining("W-1001");
        Waiver denied = in(tx -> waivers.deny(tx, asked, "Close it.", ADMIN));
        assertThat(denied.approved()).isFalse();
        assertThatThrownBy(() -> approve(denied, ADMIN)).hasMessageContaining("denied");
        assertThatThrownBy(() -> in(tx -> waivers.revoke(tx, denied, ADMIN))).hasMessageContaining("denied");
        assertThat(waived()).isFalse();
    }

    @Test
    void refusesWhatDoesNotHoldWithEveryField() {
        assertThat(codes(new Waiver.Draft(null, null, " ", null, null, null, null)))
                .containsExactlyInAnyOrder("/reason required", "/category required", "/until required");
        assertThat(codes(new Waiver.Draft(
                        List.of("closed", "other"),
                        "because",
                        "x".repeat(4_001),
                        LocalDate.parse("2026-11-24"),
                        LocalDate.parse("2026-11-20"),
                        "door-closed",
                        null)))
                .containsExactlyInAnyOrder(
                        "/reason too_long",
                        "/category unknown_category",
                        "/from in_the_past",
                        "/until before_from",
                        "/compensating_check unknown_check",
                        "/assertions not_what_fails");
        assertThat(codes(until("2027-02-24")))
                .as("a failure of severity high: 90 days")
                .containsExactly("/until too_long");
        assertThat(approve(request(until("2027-02-23")), LEAD).untilOn()).isEqualTo("2027-02-23");
        clock.advance(Duration.ofDays(60));
        assertThat(codes(until("2027-04-25"))).containsExactly("/until too_long");
        assertThat(request(until("2027-04-24")).untilOn()).as("a renewal").isEqualTo("2027-04-24");
    }

    private List<String> codes(Waiver.Draft draft) {
        try {
            request(draft);
            return List.of();
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(422);
            return refused.errors().stream()
                    .map((FieldError error) -> error.pointer() + " " + error.code())
                    .toList();
        }
    }

    @Test
    void isSuspendedWhileWhatCompensatesDoesNotPass() {
        compensatedBy("other-check");
        assertThat(waived()).isTrue();
        clock.advance(Duration.ofHours(10));
        assertThat(waived()).as("a stale pass compensates nothing").isFalse();
    }

    /** The record of a failure names its waiver, unless what compensates it failed in the very same batch. */
    @Test
    void theRecordOfAFailureKnowsWhatElseFailedInItsBatch() {
        Waiver never = compensatedBy("other-check"); // runs no more
        assertThat(bench.sweepAfter(Duration.ofMinutes(70))).isEqualTo(2);
        assertThat(waived()).isTrue();
        assertThat(waiverOfNewestRun()).isEqualTo(never.ref());
        in(tx -> waivers.revoke(tx, never, LEAD));

        compensatedBy("redis-anonymous-access"); // an error here, as its probe is not there
        assertThat(waived()).isTrue();
        assertThat(bench.sweepAfter(Duration.ofMinutes(70))).isEqualTo(2);
        assertThat(waived()).isFalse();
        assertThat(waiverOfNewestRun()).isEmpty();
    }

    /** An approved waiver whose compensating check passes, for some hours to come. */
    private Waiver compensatedBy(String check) {
        in(tx -> tx.execute("delete from check_state where asset_id = ? and check_id = ?", server.id(), check));
        in(tx -> tx.execute(
                "insert into check_state (asset_id, check_id, outcome, severity, finished_at, fresh_until)"
                        + " values (?, ?, 'pass', 'high', ?, ?)",
                server.id(),
                check,
                clock.instant(),
                clock.instant().plus(Duration.ofHours(9))));
        return approve(request(draft("compensating-control", null, "2026-12-01", check)), LEAD);
    }

    private String waiverOfNewestRun() {
        return bench
                .read(handle -> handle.createQuery(
                                "select payload from evidence_record where rec_type = 'check.result' order by rec_id desc")
                        .mapTo(byte[].class)
                        .list())
                .stream()
                .map(payload -> Json.tree(new String(payload, StandardCharsets.UTF_8)))
                .filter(payload -> payload.at("/data/check/id").asString("").equals("door-closed"))
                .findFirst()
                .orElseThrow()
                .at("/data/waiver")
                .asString("");
    }

    @Test
    void fromTheThirdRenewalOnOnlyAnAdministratorApproves() {
        for (int renewal = 0; renewal < 3; renewal++) {
            assertThat(approve(request(until("2026-12-01")), LEAD).renewals()).isEqualTo(renewal);
        }
        Waiver third = request(until("2026-12-01"));
        assertThatThrownBy(() -> approve(third, LEAD)).hasMessageContaining("only an administrator");
        assertThat(approve(third, ADMIN).renewals()).isEqualTo(3);
    }

    @Test
    void anExpiryDuringARenewalLeavesAGapThatNobodyCovers() {
        approve(request(until("2026-12-01")), LEAD);
        clock.advance(Duration.ofDays(5));
        Waiver renewal = request(until("2026-12-20"));
        assertThat(waived()).as("the first one still holds").isTrue();
        clock.advance(Duration.ofDays(2));
        waivers.run(clock.instant());
        assertThat(waived()).as("nobody has decided about the renewal").isFalse();
        assertThat(counts().enabled()).isZero();
        approve(renewal, LEAD);
        assertThat(waived()).isTrue();
        assertThat(bench.records("waiver.expired")).isEqualTo(1);
    }

    @Test
    void isTakenBackByWhoAskedOrALead() {
        Waiver waiver = approve(request(until("2026-12-01")), LEAD);
        assertThatThrownBy(() -> in(tx -> waivers.revoke(tx, waiver, principal("p-other", Role.OWNER))))
                .hasMessageContaining("or a lead");
        in(tx -> waivers.revoke(tx, waiver, OWNER));
        assertThat(waived()).isFalse();
        assertThat(bench.records("waiver.revoked")).isEqualTo(1);
    }
}
