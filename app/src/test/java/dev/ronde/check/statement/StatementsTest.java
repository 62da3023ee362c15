package dev.ronde.check.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.asset.file.ImportResult;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.Judgement;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckSources;
import dev.ronde.check.CheckState;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.run.CheckBench;
import dev.ronde.check.run.CheckSweep;
import dev.ronde.check.run.Probing;
import dev.ronde.check.run.RunWriter;
import dev.ronde.check.run.StoredInputReader;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that a person answers: unknown until somebody does, good for its frequency, unknown again after it. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class StatementsTest {
    private static final String CHECK = "registrar-lock-attested";
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Principal OWNER =
            new Principal("u-owner", "Olga", Role.OWNER, Channel.PAGE, "password", null, null);

    private final TestClock clock = new TestClock();
    private final DatabaseKind kind;

    @AutoClose
    private final CheckBench bench;

    private Asset domain;
    private final CatalogueEntry entry;

    private final Path folder;

    StatementsTest(DatabaseKind kind, @TempDir Path folder) {
        this.kind = kind;
        this.folder = folder;
        bench = new CheckBench(kind, folder, clock);
        domain = bench.inventory.asset("example.org", "domain", "owner@example.com", Map.of());
        entry = bench.catalogue.find(CHECK).orElseThrow();
        bench.sweep();
    }

    /** An hour later somebody said it, and nobody has judged it. */
    private Statement keep(boolean attested, @Nullable String note) {
        clock.advance(Duration.ofHours(1));
        Statements statements = new Statements(clock, bench.inventory.evidence, bench.schedule);
        return bench.test
                .database()
                .inTransaction(tx -> statements.add(
                        tx, question(), attested, note, new Statements.Speaker(OWNER.actorRef(), OWNER)));
    }

    private Statement state(boolean attested, @Nullable String note) {
        Statement statement = keep(attested, note);
        bench.sweep.judge(domain.id(), CHECK);
        return statement;
    }

    private CheckState known() {
        return bench.state(domain, CHECK);
    }

    private Coverage.State coverage() {
        return bench.read(handle -> bench.coverage.of(handle, domain, clock.instant())).protections().stream()
                .filter(protection -> protection.key().equals("registrar-lock"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void countsForItsFrequencyAndIsUnknownFromThenOn() {
        assertThat(bench.runner.address(entry, domain)).as("no packet is sent").isEmpty();
        Statement said = state(true, "Looked at the registrar.");
        assertThat(known().outcome()).as("judged at once").isEqualTo(Outcome.PASS);
        assertThat(known().lastPassAt()).isEqualTo(said.statedAt());
        assertThat(coverage()).isEqualTo(Coverage.State.ENABLED);

        bench.sweepAfter(Duration.between(clock.instant(), said.statedAt().plus(YEAR.minusHours(6))));
        assertThat(known().outcome()).isEqualTo(Outcome.PASS);
        assertThat(known().freshUntil())
                .as("no result lasts longer than the word it stands on")
                .isEqualTo(said.statedAt().plus(YEAR));
        clock.advance(Duration.ofHours(6));
        assertThat(known().staleAt(clock.instant())).isTrue();
        assertThat(coverage()).isEqualTo(Coverage.State.NOT_VERIFIABLE);

        bench.sweepAfter(Duration.ofDays(2));
        assertThat(known().outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(known().reason()).isEqualTo("attestation-overdue");
        assertThat(known().staleAt(clock.instant()))
                .as("it is known to be unknown")
                .isFalse();

        Statement again = state(true, null);
        assertThat(known().outcome()).isEqualTo(Outcome.PASS);
        assertThat(known().lastPassAt()).isEqualTo(again.statedAt());
        assertThat(coverage()).isEqualTo(Coverage.State.ENABLED);
    }

    @Test
    void whatIsNotInPlaceFailsAndACorrectionIsANewStatement() {
        state(true, null);
        Statement wrong = state(false, "It was lifted for a transfer.");
        assertThat(known().outcome()).isEqualTo(Outcome.FAIL);
        assertThat(known().lastFailAt()).isEqualTo(wrong.statedAt());
        assertThat(coverage()).isEqualTo(Coverage.State.OFF);
        state(true, "Locked again.");
        assertThat(known().outcome()).isEqualTo(Outcome.PASS);
        assertThat(bench.records("check.attested")).isEqualTo(3);
        List<Statement> all = bench.read(
                handle -> handle.attach(Statements.StatementDao.class).list(domain.id(), CHECK, null, 10));
        assertThat(all).extracting(Statement::attested).containsExactly(true, false, true);
        assertThat(all.get(1).note()).isEqualTo("It was lifted for a transfer.");
        assertThat(all.get(1).statedBy()).isEqualTo("u-owner");
    }

    /** The words of a person can be erased with their record; the result holds who and when, and no word. */
    @Test
    void theWordsStandBesideTheRecordOnly() {
        Statement said = state(true, "Asked Nadia Example.");
        CheckRun run = bench.read(handle -> bench.runs.get(handle, known().runId()));
        String details = bench.read(handle -> bench.runs.details(handle, run)).toString();
        assertThat(details)
                .contains(said.recordId().toString(), "u-owner", "\"attested\":true")
                .doesNotContain("Nadia", "dropped", "«");
        String sealed =
                bench.read(handle -> handle.createQuery("select payload from evidence_record where rec_id = :id")
                        .bind("id", said.recordId())
                        .map((row, context) -> new String(row.getBytes(1), java.nio.charset.StandardCharsets.UTF_8))
                        .one());
        assertThat(sealed)
                .contains("\"attested\":true", "\"channel\":\"page\"", CHECK, "example.org")
                .doesNotContain("Nadia");
    }

    @Test
    void statementsStay() {
        state(true, null);
        for (String sql : List.of("update check_statement set attested = false", "delete from check_statement")) {
            assertThatThrownBy(() -> bench.test.database().useTransaction(tx -> tx.execute(sql)))
                    .hasRootCauseInstanceOf(java.sql.SQLException.class);
        }
    }

    /** Who judges it is whoever came first: a sweep that has it in hand does, and nothing is judged twice. */
    @Test
    void isJudgedOnceWhoeverDoes() {
        keep(true, null);
        bench.due.claim(CheckSchedule.KIND, clock.instant(), 100, Duration.ofMinutes(5));
        bench.sweep.judge(domain.id(), CHECK);
        assertThat(known().outcome()).as("somebody has it in hand").isEqualTo(Outcome.UNKNOWN);
        bench.sweepAfter(Duration.ofMinutes(6));
        assertThat(known().outcome()).isEqualTo(Outcome.PASS);
        bench.sweep.judge(domain.id(), CHECK);
        long runs = Sql.number(
                bench.test.database(),
                "select count(*) from check_run where asset_id = :asset and check_id = :check",
                "asset",
                domain.id(),
                "check",
                CHECK);
        assertThat(runs).isEqualTo(2);
    }

    /** What was said of one question is no answer to another. */
    @Test
    void countsForTheFileItWasSaidOfOnly() throws IOException {
        Statement said = state(true, null);
        Files.writeString(
                folder.resolve(CHECK + ".yaml"),
                entry.text().replace("version: 1", "version: 2").replace("is locked at", "is locked, by hand, at"));
        CatalogueEntry changed = TestChecks.load(folder).find(CHECK).orElseThrow();
        assertThat(changed.problems()).isEmpty();
        StoredInputReader.StoredInput given = bench.read(handle -> new StoredInputReader(
                        new CheckSources(bench.catalogue, bench.inventory.assets, bench.snapshots))
                .of(handle, new StoredInputReader.Pair(domain.id(), CHECK)));
        assertThat(given.statement()).isEqualTo(said);
        assertThat(bench.runner.run(entry, domain, given).judgement().outcome()).isEqualTo(Outcome.PASS);
        Judgement judged = bench.runner.run(changed, domain, given).judgement();
        assertThat(judged.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(judged.reason()).isEqualTo("attestation-outdated");
        assertThat(judged.detail()).contains("attested-of-this-check");
    }

    /** What was said of one place says nothing of another; other fields of the asset change nothing. */
    @Test
    void countsForTheAssetWhereItWasOnly() {
        Statement said = state(true, null);
        bench.inventory.importCsv(
                "ref,name,kind,owner_email,criticality,hostname,address\nexample.org,Another name,domain,owner@example.com,medium,,127.0.0.1\n");
        bench.sweepAfter(Duration.ofHours(1));
        assertThat(known().outcome()).isEqualTo(Outcome.PASS);
        ImportResult moved = bench.inventory.importCsv(
                "ref,name,kind,owner_email,criticality,hostname,address\nexample.org,Another name,domain,owner@example.com,medium,www.example.org,127.0.0.1\n");
        assertThat(moved.updated()).as(moved.errors().toString()).isEqualTo(1);
        bench.sweepAfter(Duration.ofHours(1));
        assertThat(known().outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(known().reason()).isEqualTo("attestation-outdated");
        assertThat(coverage()).isEqualTo(Coverage.State.NOT_VERIFIABLE);
        domain = bench.read(handle -> bench.inventory.assets.get(handle, "example.org"));
        assertThat(standing(said)).isEqualTo("outdated");
        Statement again = state(true, null);
        assertThat(known().outcome()).isEqualTo(Outcome.PASS);
        assertThat(standing(again)).isEqualTo("counts");
        clock.advance(YEAR);
        assertThat(standing(again)).isEqualTo("overdue");
    }

    /** What the page and the API say the newest statement is worth. */
    private String standing(Statement newest) {
        return new Statements(clock, bench.inventory.evidence, bench.schedule).standing(newest, question());
    }

    private Statements.Question question() {
        return new Statements.Question(domain, entry, entry.sound().orElseThrow(), YEAR);
    }

    /** A statement that is kept is no failure of who made it, and its turn is nobody's once it could not be judged. */
    @Test
    void theNextSweepJudgesWhatCouldNotBeJudgedAtOnce() {
        WaiverLookup broken = new WaiverLookup() {
            @Override
            public Map<UUID, Map<String, String>> waived(Handle handle, Collection<UUID> assets, Instant now) {
                throw new IllegalStateException("away");
            }

            @Override
            public Map<UUID, List<Cover>> covers(Handle handle, Collection<UUID> assets, Instant now) {
                throw new IllegalStateException("away");
            }
        };
        keep(false, null);
        CheckSweep failing = new CheckSweep(
                bench.test.database(),
                clock,
                new CheckSources(bench.catalogue, bench.inventory.assets, bench.snapshots),
                bench.schedule,
                bench.runner,
                new RunWriter(bench.test.database(), clock, bench.due, bench.inventory.evidence, broken, bench.runner),
                new Probing(bench.pool, bench.limits, bench.pauses));
        failing.judge(domain.id(), CHECK);
        assertThat(known().outcome()).isEqualTo(Outcome.UNKNOWN);
        bench.sweep();
        assertThat(known().outcome()).as("without waiting for a lease to end").isEqualTo(Outcome.FAIL);
    }
}
