package dev.ronde.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.AccountRoom;
import dev.ronde.asset.AssetRoom;
import dev.ronde.asset.inventory.TokenAssets;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.SourceSchemas;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueLoader;
import dev.ronde.check.CheckSources;
import dev.ronde.check.pause.ProbePauses;
import dev.ronde.check.pause.ProbePool;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.check.run.CheckRunner;
import dev.ronde.check.run.CheckSweep;
import dev.ronde.check.run.Derivers;
import dev.ronde.check.run.Probing;
import dev.ronde.check.run.RunWriter;
import dev.ronde.check.run.TestRunners;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Publications;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.dashboard.CoverageWeeks;
import dev.ronde.dashboard.Overview;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.finding.Findings;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.file.WorkFolder;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.schedule.DueTable;
import dev.ronde.platform.schedule.TickRunner;
import dev.ronde.review.ListedChecks;
import dev.ronde.review.estate.AssetEstate;
import dev.ronde.review.estate.AssetLooks;
import dev.ronde.review.planning.MailsAhead;
import dev.ronde.review.room.ReviewRoom;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.RecordedState;
import dev.ronde.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demonstration lived through with the product's own sweep, judge and reviews; only the packets are recorded. */
@Tag("long")
class DemoSeedTest {
    private static final Instant NOW = Instant.parse("2026-11-25T09:41:00Z");

    /** On H2, as a demonstration always is. */
    @Test
    void twelveWeeksOfHistoryTellTheStory() {
        DemoHome home = DemoHome.make();
        try (TestDatabase test = TestDatabase.open(DatabaseKind.H2);
                ProbePool pool = ProbePool.start()) {
            Database database = test.database();
            seed(database, home, pool);

            Overview.View view = new Overview(
                            database,
                            () -> NOW,
                            new CoverageWeeks(database, Story.ZONE),
                            new LastingErrors(check -> Duration.ZERO))
                    .read(Story.ZONE, null);
            Overview.Figures figures = view.figures();
            assertThat(figures.assets()).isEqualTo(40);
            assertThat(figures.findings()).isBetween(4L, 8L);
            assertThat(figures.overdue()).isPositive();
            assertThat(figures.share().intValue()).isBetween(50, 95);
            assertThat(view.decisions()).hasSize(10);
            assertThat(count(database, "check_run")).isGreaterThan(3_000);
            assertThat(count(database, "check_missed where due_at > timestamp with time zone '2026-09-03 00:00:00+00'"))
                    .isZero();
            assertThat(outcomes(database)).containsKeys("pass", "fail", "error");
            december(database);
            assertThat(RecordedState.compare(database).differences()).isEmpty();
        } finally {
            home.remove();
        }
    }

    /** The door of the story was open for less than a day, and both ends of its exposure say so. */
    private static void december(Database database) {
        List<Map<String, Object>> rows =
                database.read(handle -> handle.createQuery("""
                        select f.first_bad_at, f.last_good_at, f.fixed_at from finding f
                          join asset a on a.id = f.asset_id where a.ref = 'december-2019'""").mapToMap().list());
        assertThat(rows).hasSize(1);
        assertThat(hours(rows.get(0).get("last_good_at"), rows.get(0).get("first_bad_at")))
                .isEqualTo(1);
        assertThat(hours(rows.get(0).get("last_good_at"), rows.get(0).get("fixed_at")))
                .isBetween(18L, 21L);
        assertThat(count(database, "config_state s join asset a on a.id = s.asset_id where a.ref = 'december-2019'"))
                .isEqualTo(3);
    }

    private static long hours(Object from, Object to) {
        return Duration.between(instant(from), instant(to)).toHours();
    }

    private static Instant instant(Object time) {
        return time instanceof java.sql.Timestamp stamp
                ? stamp.toInstant()
                : ((java.time.OffsetDateTime) time).toInstant();
    }

    private static Map<String, Long> outcomes(Database database) {
        return database.read(
                handle -> handle.createQuery("select outcome, count(*) as n from check_run group by outcome")
                        .setMapKeyColumn("outcome")
                        .setMapValueColumn("n")
                        .collectInto(new org.jdbi.v3.core.generic.GenericType<Map<String, Long>>() {}));
    }

    private static long count(Database database, String from) {
        return database.read(handle -> handle.createQuery("select count(*) from " + from)
                .mapTo(Long.class)
                .one());
    }

    private static void seed(Database database, DemoHome home, ProbePool pool) {
        DemoClock clock = new DemoClock(DemoSeed.startBefore(NOW));
        Settings settings = SettingsReader.read(
                Map.of(
                        Setting.HOME, home.folder().toString(),
                        Setting.CHECKS, home.checks().toString(),
                        Setting.ZONE, "Europe/Paris"),
                Map.of());
        EvidenceLog log = new EvidenceLog(clock, "n1/demo");
        AccountRoom account =
                new AccountRoom(database, settings, clock, log, new Allowances(database, clock), new TokenAssets());
        Overlay checks = Overlay.checks(settings);
        Set<String> probes = new TreeSet<>(Probes.TYPES);
        probes.add("snapshot");
        Catalogue catalogue = new CatalogueLoader(checks, probes, Derivers.names()).load();
        AssetRoom inventory = AssetRoom.open(
                database,
                clock,
                new Messages(Overlay.templates(settings)),
                account.people(),
                log,
                () -> catalogue.protections().kinds());
        Snapshots snapshots = new Snapshots(SourceSchemas.open(checks), log, clock);
        DueTable due = new DueTable(database, clock);
        CheckSchedule schedule = new CheckSchedule(database, clock, catalogue, due, inventory.assets());
        inventory.assets().addListener(schedule);
        snapshots.addListener(schedule);
        CheckRunner judging = TestRunners.runner(
                clock, RecordedProbe.of(catalogue, clock.instant(), clock), List.of(), "internal", Story.ZONE);
        RunWriter writer = new RunWriter(database, clock, due, log, TestRunners.NO_WAIVERS, judging);
        writer.addListener(new Findings(clock, log));
        CheckSweep sweep = new CheckSweep(
                database,
                clock,
                new CheckSources(catalogue, inventory.assets(), snapshots),
                schedule,
                judging,
                writer,
                new Probing(pool, new TargetLimits(clock, 50), new ProbePauses(database, clock, log, schedule)));
        schedule.reconcile(new Publications(catalogue, log, clock));
        ReviewRoom reviews = ReviewRoom.of(
                database,
                clock,
                log,
                account.people(),
                new AssetEstate(inventory.assets()),
                new AssetLooks(snapshots, new ListedChecks(List.of(), List.of())),
                (tx, all, opened, now) -> MailsAhead.NONE,
                (handle, review) -> null,
                new WorkFolder(Path.of("target", "downloads")));
        TickRunner runner = new TickRunner(database, clock, "n1/demo");
        runner.add(sweep);
        runner.add(reviews.sweep());
        DemoParts parts = new DemoParts(
                database,
                account.people(),
                account.accounts(),
                inventory.imports(),
                inventory.assets(),
                snapshots,
                reviews.plans(),
                reviews.reviews(),
                name -> {
                    if (!List.of("reminders", "seal").contains(name)) {
                        runner.run(name);
                    }
                },
                runner::settle);
        new DemoSeed(parts, clock).run(NOW);
    }
}
