package dev.ronde.evidence.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Dialect;
import dev.ronde.platform.db.Migrations;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an administrator of the database can do to the tables beside the ledger, and what the comparison with the records says. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
@Tag("long")
class ForgedStateTest {
    private final DatabaseKind kind;
    private final TestClock clock = TestClock.at("2026-11-25T09:00:00Z");

    @AutoClose
    private final TestApp app;

    ForgedStateTest(DatabaseKind kind) {
        this.kind = kind;
        app = TestApp.start(clock, TestDatabase.settings(kind));
        done(app.post(
                "/api/v1/assets",
                Map.of("ref", "host-1", "name", "Host", "kind", "host.server", "owner", "owner@example.com")));
        String lead = done(app.post("/api/v1/tokens", Map.of("name", "the lead", "role", "compliance", "days", 90)))
                .text("/token");
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
                        Map.of("every", "P1M", "anchor", "2026-12-01"),
                        "lead_time",
                        "P14D",
                        "zone",
                        "Europe/Paris")));
        app.settle();
        Map<String, String> bearer = TestApp.bearer(lead);
        done(app.call("POST", "/api/v1/reviews/REV-1001/attest", Map.of("outcome", "no_change"), bearer));
        push(false);
        String finding = app.get("/api/v1/findings?state=open&check=host-disk-encryption")
                .text("/items/0/id");
        done(app.call(
                "POST",
                "/api/v1/findings/" + finding + "/waivers",
                Map.of("category", "accepted-risk", "reason", "A lab machine.", "until", "2026-12-20"),
                bearer));
        // on a whole second, whose text is shorter where nobody fills it up
        done(app.post(
                "/api/v1/assets",
                Map.of("ref", "old.example", "name", "Old domain", "kind", "domain", "owner", "owner@example.com")));
        done(app.call("DELETE", "/api/v1/assets/old.example", null, app.operator("If-Match", "\"1\"")));
        clock.advance(Duration.ofDays(1));
        app.settle();
        assertThat(differences()).isEmpty();
    }

    @Test
    void everyRowThatWasForgedIsNamed() {
        forged(
                "update review set performed_by = 'p:0123456789abcdef' where performed_by is not null",
                "review REV-1001: performed_by is \"p:0123456789abcdef\", the records say \"t:");
        forged(
                "update review set opens_at = timestamp with time zone '2099-01-01 00:00:00+00', overdue_at = timestamp with time zone"
                        + " '2099-01-02 00:00:00+00', missed_from = timestamp with time zone '2099-01-03 00:00:00+00', held = true"
                        + " where review_number = 1002",
                "review REV-1002: ",
                "opens_at is \"2099-01-01T00:00:00.000000Z\", the records say \"2026-1",
                "overdue_at is \"2099-01-02",
                "missed_from is \"2099-01-03",
                "held is \"true\", the records say not set");
        forged(
                "update review set performed_on = performed_on - 9 where performed_on is not null",
                "review REV-1001: ",
                "performed_on is ");
        forged(
                "update review set attested_at = opened_at, recorded_at = opened_at, performed_by = 'p:0123456789abcdef',"
                        + " outcome = 'no_change' where review_number = 1002",
                "review REV-1002: ",
                "performed_by is \"p:0123456789abcdef\", the records say not set");
        forged(
                "update check_run set outcome = 'pass', fingerprint = null where check_id = 'host-disk-encryption'",
                "check_run host-1 host-disk-encryption ",
                "outcome is \"pass\", the records say \"fail\"");
        forged(
                "update check_state set outcome = 'pass' where check_id = 'host-disk-encryption'",
                "check_state host-1 host-disk-encryption: outcome is \"pass\", the records say \"fail\"");
        forged(
                "delete from check_run where check_id = 'host-disk-encryption'",
                "check_run host-1 host-disk-encryption of record ",
                "the row is missing");
        forged(
                "update finding set fixed_at = detected_at, open_key = null",
                "finding host-1 host-disk-encryption ",
                "state is \"fixed\", the records say \"open\"");
        forged(
                "delete from review_event where event_type = 'attested'",
                "review REV-1001: ",
                "history lacks \"attested by t:");
        forged(
                "insert into review_event (id, review_id, record_id, event_type, happened_at, actor_ref, channel)"
                        + " select cast('00000000-0000-7000-8000-000000000001' as uuid), review_id, record_id, 'approved',"
                        + " happened_at, 'p:0123456789abcdef', channel from review_event where event_type = 'opened'",
                "review REV-1001: ",
                "history has \"approved by p:0123456789abcdef");
        forged(
                "update person set role = 'ADMIN', password_hash = 'x' where email = 'owner@example.com'",
                "person p:",
                "role is \"admin\", the records say not set",
                "credential is ");
        forged(
                "update person set email_key = 'other@evil.example' where email = 'owner@example.com'",
                "email_key is \"other@evil.example\", the records say \"owner@example.com\"");
        forged(
                "insert into person (id, actor_ref, email, email_key, name, role, zone, language, working_days, active, created_at,"
                        + " updated_at, version) select cast('00000000-0000-7000-8000-000000000002' as uuid), 'p:0123456789abcdef',"
                        + " 'm@evil.example', 'm@evil.example', 'M', 'ADMIN', zone, language, working_days, true, created_at,"
                        + " updated_at, 1 from person where email = 'owner@example.com'",
                "person p:0123456789abcdef: no record says that it was made");
        forged(
                "insert into api_token (id, name, token_hash, hint, actor_ref, role, created_by, origin_ref, created_at, expires_at,"
                        + " version) select cast('00000000-0000-7000-8000-000000000003' as uuid), 'x', 'abc', 'abcd',"
                        + " 't:0123456789abcdef', 'ADMIN', created_by, 't:0123456789abcdef', created_at, expires_at, 1 from api_token",
                "api_token t:0123456789abcdef: no record says that it was made");
        forged(
                "update api_token set token_hash = 'other', expires_at = expires_at + interval '1' year where name = 'the lead'",
                "api_token t:",
                "token_hash is ",
                "expires_at is ");
        forged(
                "update waiver set approved = true, decided_by = 'p:0123456789abcdef', decided_at = requested_at",
                "waiver W-1001: ",
                "decision is \"approved\", the records say \"none\"",
                "approved_by is \"p:0123456789abcdef\", the records say not set");
        anAssetWithAnotherOwnerAndAPlanThatAsksLess();
        theOperatorIsTold();
    }

    @Test
    void aRowOrARecordThatCannotBeReadHidesNoOther() {
        forge("update person set role = 'ADMIN' where email = 'owner@example.com'");
        forge("update asset set criticality = 'x', zone = 'x', tags = 'x'");
        forge("update plan_version set definition = 'no JSON'");
        forge("update evidence_record set payload = " + (kind == DatabaseKind.H2 ? "X'2d'" : "'-'")
                + " where rec_id = (select record_id from check_run order by id desc limit 1)");
        assertThat(differences())
                .anyMatch(row -> row.startsWith("person p:") && row.contains("role is \"admin\""))
                .anyMatch(row -> row.startsWith("asset host-1: ")
                        && row.contains("criticality is \"x\"")
                        && row.contains("zone is \"x\"")
                        && row.contains("tags is \"x\""))
                .anyMatch(row -> row.startsWith("plan monthly: ") && row.contains("that cannot be read"))
                .anyMatch(
                        row -> row.startsWith("check_run host-1 ") && row.contains("a record of it cannot be read: "));
        assertThat(app.get("/api/v1/evidence/records?type=verify.state").body()).contains("\"outcome\":\"bad\"");
    }

    @Test
    void whatIsKnownOfACheckStandsOnItsNewestRun() {
        String pair = " where check_id = 'host-disk-encryption'";
        push(true);
        assertThat(differences()).isEmpty();
        forged(
                "update check_state set run_id = r.id, outcome = r.outcome, reason = r.reason, due_at = r.due_at, finished_at ="
                        + " r.finished_at, fresh_until = r.fresh_until from (select * from check_run" + pair
                        + " and outcome = 'fail' order by id limit 1) r where check_state.check_id = 'host-disk-encryption'",
                "check_state host-1 host-disk-encryption: run is ",
                "outcome is \"fail\", the records say \"pass\"");
        forged(
                "update check_state set run_id = null, outcome = 'unknown', reason = 'never-run', due_at = null, finished_at = null,"
                        + " fresh_until = null" + pair,
                "check_state host-1 host-disk-encryption: run is not set, the records say ");
        forged("delete from check_state" + pair, "check_state host-1 host-disk-encryption: the row is missing");
    }

    private void anAssetWithAnotherOwnerAndAPlanThatAsksLess() {
        forge("update asset set owner_id = null, criticality = 'low'");
        forge("update plan_version set definition = replace(definition, 'P1M', 'P9M')");
        assertThat(differences())
                .anyMatch(row -> row.startsWith("asset host-1: ") && row.contains("owner is not set"))
                .anyMatch(row -> row.startsWith("plan monthly: "));
    }

    private void forged(String sql, String... words) {
        forge(sql);
        assertThat(differences()).anySatisfy(row -> assertThat(row).contains(words));
    }

    /** The ledger itself was left alone, and says so; its command, the doctor, the banner and a record say the rest. */
    private void theOperatorIsTold() {
        Map<String, String> operator = Map.of(
                "RONDE_URL", app.address().toString(), "RONDE_TOKEN", app.app().token());
        Terminal.Run ledger = Terminal.run(Terminal.NO_SERVER, clock, operator, "", "ledger", "verify");
        assertThat(ledger.code()).as(ledger.out()).isZero();
        Terminal.Run run = Terminal.run(Terminal.NO_SERVER, clock, operator, "", "ledger", "verify", "--state");
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains("good: ", "BAD: ", "differs: review REV-1001: ", "performed_by is \"p:0123456789abcdef\"");
        assertThat(app.get("/api/v1/doctor").body()).contains("Run ronde ledger verify --state");
        clock.advance(Duration.ofDays(1));
        app.settle();
        assertThat(app.get("/evidence").body()).contains("rows in the database are not what their records say");
        assertThat(app.get("/api/v1/evidence/records?type=verify.state").body()).contains("\"outcome\":\"bad\"");
    }

    private List<String> differences() {
        List<String> differences = new ArrayList<>();
        done(app.post("/api/v1/ledger/verify-state", Map.of()))
                .json()
                .path("differences")
                .forEach(row -> differences.add(row.asString("")));
        return differences;
    }

    private void push(boolean encrypted) {
        clock.advance(Duration.ofMinutes(1));
        done(app.call(
                "PUT",
                "/api/v1/assets/host-1/snapshots/host.v1",
                "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":" + encrypted + "}]}",
                app.operator("Content-Type", "application/json")));
        app.settle();
    }

    private static TestApp.Answer done(TestApp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        return answer;
    }

    private void forge(String sql) {
        String table = sql.replaceFirst("(?s)^(?:update|delete from|insert into) (\\w+).*", "$1");
        DatabaseUrl url = app.app().database().url();
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            statement.execute(
                    url.dialect() == Dialect.H2
                            ? "drop trigger if exists append_only_" + table
                            : "alter table " + table + " disable trigger all");
            assertThat(statement.executeUpdate(sql)).isPositive();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
