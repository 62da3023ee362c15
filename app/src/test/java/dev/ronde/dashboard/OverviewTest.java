package dev.ronde.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.TestInventory;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetOrder;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.dashboard.CoverageWeeks.TrendChart;
import dev.ronde.platform.db.Database;
import dev.ronde.review.standing.ReviewStanding;
import dev.ronde.review.standing.Standings;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The figures against rows written by hand: every figure is the length of a list. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class OverviewTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @AutoClose
    private final TestDatabase test;

    private final Database database;
    private final TestClock clock = TestClock.at("2026-03-02T08:00:00Z");
    private final CoverageWeeks weeks;
    private final Overview overview;
    private final UUID owner = UUID.randomUUID();
    private int number;

    OverviewTest(DatabaseKind kind) {
        test = TestDatabase.open(kind);
        database = test.database();
        weeks = new CoverageWeeks(database, PARIS);
        overview = new Overview(database, clock, weeks, new LastingErrors(check -> Duration.ZERO));
        sql("insert into person (id, actor_ref, email, email_key, name, zone, language, active, created_at, updated_at,"
                + " version) values ('" + owner + "', 'p:1', 'n@example.org', 'n@example.org', 'Nadia', 'UTC', 'en',"
                + " true, timestamp with time zone '2026-01-01 00:00:00+00', timestamp with time zone"
                + " '2026-01-01 00:00:00+00', 1)");
        sql("insert into plan (id, plan_version, created_at, updated_at) values ('q', 1, timestamp with time zone"
                + " '2026-01-01 00:00:00+00', timestamp with time zone '2026-01-01 00:00:00+00')");
    }

    @Test
    void anEmptyEstateIsNotInControl() {
        Overview.Figures figures = overview.read(PARIS, null).figures();
        assertThat(figures.assets()).isZero();
        assertThat(figures.share()).isEqualTo(new BigDecimal("0.0"));
        assertThat(overview.read(PARIS, null).decisions()).isEmpty();
    }

    @Test
    void countsEachAssetOnceByWhereItStands() {
        UUID inDate = asset("in-date");
        review(enrol(inDate), inDate, 1, "2026-02-01", "2026-01-30T10:00:00Z");
        UUID late = asset("late");
        UUID lateEnrolment = enrol(late);
        review(lateEnrolment, late, 1, "2026-01-15", "2026-01-10T10:00:00Z");
        review(lateEnrolment, late, 2, "2026-02-15", null);
        UUID notYet = asset("not-yet");
        review(enrol(notYet), notYet, 1, "2026-03-20", null);
        asset("no-plan");

        Overview.Figures figures = overview.read(PARIS, null).figures();
        assertThat(figures.assets()).isEqualTo(4);
        assertThat(figures.share()).isEqualTo(new BigDecimal("25.0"));
        assertThat(figures.overdue()).isEqualTo(1);
        assertThat(figures.waiting()).isEqualTo(2);
        assertThat(figures.oldestDays()).isEqualTo(15);
        for (ReviewStanding standing : ReviewStanding.values()) {
            assertThat(refs(standing))
                    .as(standing.word())
                    .hasSize((int) figures.count(standing.word()))
                    .containsExactly(standing.word().replace('_', '-'));
        }
    }

    @Test
    void aMissedReviewKeepsTheAssetLateUntilALaterOneIsAttested() {
        UUID asset = asset("a");
        UUID enrolment = enrol(asset);
        review(enrolment, asset, 1, "2026-01-05", null);
        assertThat(standing()).isEqualTo(ReviewStanding.LATE);
        review(enrolment, asset, 2, "2026-02-05", "2026-02-04T10:00:00Z");
        assertThat(standing()).isEqualTo(ReviewStanding.IN_DATE);
    }

    @Test
    void theTrendTellsWhatWasTrueThen() {
        UUID asset = asset("a");
        UUID enrolment = enrol(asset);
        review(enrolment, asset, 1, "2026-01-20", "2026-02-20T10:00:00Z");
        while (weeks.run(clock.instant()) > 0) {
            // one week a tick
        }
        TrendChart trend = overview.read(PARIS, null).trend();
        assertThat(trend.points()).hasSize(13);
        assertThat(trend.points())
                .filteredOn(point -> point.day().isBefore(LocalDate.of(2026, 2, 20)))
                .allSatisfy(point -> assertThat(point.percent()).isEqualByComparingTo("0"));
        assertThat(trend.points().get(12).percent()).isEqualByComparingTo("100");
    }

    private void waiver(int number, String ref, String until, String approved) {
        sql(
                "insert into waiver (id, waiver_number, asset_id, check_id, finding_id, assertions, bound_to, category, reason, from_on,"
                        + " until_on, renewals, requested_by, requested_at, decided_at, approved, record_id, version, severity) select '"
                        + UUID.randomUUID() + "', " + number
                        + ", f.asset_id, f.check_id, f.id, 'a', f.fingerprint, 'accepted-risk', 'r',"
                        + " date '2026-02-01', date '" + until
                        + "', 0, 'p-none', timestamp with time zone '2026-02-01 08:00:00+00',"
                        + " timestamp with time zone '2026-02-02 08:00:00+00', " + approved
                        + ", f.record_id, 1, f.severity from finding f join asset a on a.id = f.asset_id where a.ref = '"
                        + ref + "'");
    }

    @Test
    void aWaiverWaitsWhileNobodyDecidesAndAgainInItsLastWeek() {
        for (String name : List.of("asked", "ending", "renewed", "later", "denied")) {
            finding(asset(name), "low", "2026-02-01T08:00:00Z");
        }
        waiver(1, "asked", "2026-06-01", "null");
        waiver(2, "ending", "2026-03-08", "true");
        waiver(3, "renewed", "2026-03-08", "true");
        waiver(4, "renewed", "2026-09-01", "true");
        waiver(5, "later", "2026-03-20", "true");
        waiver(6, "denied", "2026-03-08", "false");
        Overview.View view = overview.read(PARIS, null);
        assertThat(view.decisions())
                .extracting(decision -> decision.kind() + " " + decision.what())
                .containsExactly("waiver asked", "waiver_ending ending");
        assertThat(view.decisions()).extracting(Decision::href).containsExactly("/waivers/W-1", "/waivers/W-2");
        assertThat(view.waitingDecisions()).isEqualTo(2);
    }

    @Test
    void aWaiverThatWasAskedForIsNotHiddenBehindWhatFails() {
        for (int number = 0; number < 12; number++) {
            finding(asset("failing-" + number), "critical", "2026-02-01T08:00:00Z");
        }
        finding(asset("asked"), "low", "2026-02-01T08:00:00Z");
        waiver(1, "asked", "2026-06-01", "null");
        Overview.View view = overview.read(PARIS, null);
        assertThat(view.decisions()).hasSize(Overview.DECISIONS);
        assertThat(view.decisions()).extracting(Decision::href).contains("/waivers/W-1");
    }

    @Test
    void whatNeedsADecisionComesMostUrgentFirst() {
        UUID unowned = asset("unowned");
        sql("update asset set owner_id = null where id = '" + unowned + "'");
        UUID failing = asset("failing");
        finding(failing, "critical", "2026-03-01T08:00:00Z");
        finding(asset("low"), "low", "2026-02-01T08:00:00Z");
        UUID reported = asset("reported");
        review(enrol(reported), reported, 1, "2026-03-05", null);
        sql("update review set problem_at = timestamp with time zone '2026-03-01 00:00:00+00' where asset_id = '"
                + reported + "'");

        Overview.View view = overview.read(PARIS, null);
        assertThat(view.decisions()).extracting(Decision::kind).containsExactly("failing", "problem", "unowned");
        assertThat(view.figures().findings()).isEqualTo(2);
        assertThat(view.figures().findingAssets()).isEqualTo(2);
        assertThat(view.figures().newFindings()).isZero();
        assertThat(view.figures().longest()).isNotNull();
        assertThat(view.figures().longest().shortest()).hasDays(29);
    }

    @Test
    void aProblemIsADecisionOfItsOwnOnceItsReviewIsMissed() {
        UUID asset = asset("reported");
        review(enrol(asset), asset, 1, "2026-02-01", null);
        sql("update review set problem_at = timestamp with time zone '2026-02-01 00:00:00+00',"
                + " not_mine_at = timestamp with time zone '2026-02-02 00:00:00+00' where asset_id = '" + asset + "'");
        clock.set(Instant.parse("2026-12-01T08:00:00Z"));
        Overview.View view = overview.read(PARIS, null);
        assertThat(view.decisions()).extracting(Decision::kind).containsExactly("problem", "missed");
        assertThat(view.waitingDecisions()).isEqualTo(2);
        sql("update review set recovery = 'back_on_schedule' where asset_id = '" + asset + "'");
        assertThat(overview.read(PARIS, null).decisions())
                .extracting(Decision::kind)
                .containsExactly("problem");
    }

    @Test
    void whoAsksForMoreTimeWaitsForADecisionThatTellsUntilWhen() {
        UUID asset = asset("asked");
        review(enrol(asset), asset, 1, "2026-03-05", null);
        sql("update review set time_asked_at = timestamp with time zone '2026-03-01 00:00:00+00',"
                + " time_asked_until = date '2026-03-20' where asset_id = '" + asset + "'");
        Overview.View view = overview.read(PARIS, null);
        assertThat(view.waitingDecisions()).isEqualTo(1);
        assertThat(view.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.kind()).isEqualTo("more_time");
            assertThat(decision.detail()).isEqualTo("2026-03-20");
        });
        clock.set(Instant.parse("2026-03-25T08:00:00Z"));
        assertThat(overview.read(PARIS, null).decisions())
                .as("once, also when it is two weeks overdue")
                .extracting(Decision::kind)
                .containsExactly("more_time");
    }

    @Test
    void aPlanThatGoesOnWithAssetsAndExpectsNothingIsAnAlarm() {
        sql("insert into plan_version (plan_id, plan_version, title, definition, created_at, created_by)"
                + " values ('q', 1, 'Quarterly', '{}', timestamp with time zone '2026-01-01 00:00:00+00', 'p:1')");
        assertThat(alarms()).as("no asset").isEmpty();
        UUID asset = asset("a");
        UUID enrolment = enrol(asset);
        review(enrolment, asset, 1, "2026-02-01", "2026-01-30T10:00:00Z");
        Overview.View view = overview.read(PARIS, null);
        assertThat(view.waitingDecisions()).isEqualTo(1);
        assertThat(view.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.kind()).isEqualTo("no_slot");
            assertThat(decision.href()).isEqualTo("/plans/q");
        });
        review(enrolment, asset, 2, "2026-05-01", null);
        assertThat(alarms()).as("a slot that is to come").isEmpty();
        sql("update review set cancelled_at = timestamp with time zone '2026-02-02 00:00:00+00' where slot_no = 2");
        assertThat(alarms()).as("one that was cancelled").containsExactly("/plans/q");
        sql("update enrolment set ended_at = timestamp with time zone '2026-02-02 00:00:00+00'");
        assertThat(alarms()).as("nothing is enrolled any more").isEmpty();
        sql("update enrolment set ended_at = null");
        sql("update plan set once_on = date '2026-02-01'");
        assertThat(alarms()).as("it was for one date").isEmpty();
    }

    private List<String> alarms() {
        return overview.read(PARIS, null).decisions().stream()
                .filter(decision -> decision.kind().equals("no_slot"))
                .map(Decision::href)
                .toList();
    }

    @Test
    void anOwnerSeesOnlyWhatIsTheirs() {
        asset("mine");
        UUID other = asset("other");
        sql("update asset set owner_id = null where id = '" + other + "'");
        Overview.View view = overview.read(PARIS, owner);
        assertThat(view.figures().assets()).isEqualTo(1);
        assertThat(view.decisions()).isEmpty();
    }

    @Test
    void theDueCalendarHoldsEveryOpenReviewOfTheNextThirteenWeeks() {
        UUID asset = asset("a");
        UUID enrolment = enrol(asset);
        review(enrolment, asset, 1, "2026-03-02", null);
        review(enrolment, asset, 2, "2026-05-31", null);
        review(enrolment, asset, 3, "2026-06-01", null);
        HeatMap heat = overview.read(PARIS, null).heat();
        assertThat(heat.squares()).hasSize(91);
        assertThat(heat.weeks().stream().mapToLong(HeatMap.WeekRow::due).sum()).isEqualTo(2);
        assertThat(heat.busiest().orElseThrow().day()).isEqualTo(LocalDate.of(2026, 3, 2));
    }

    @Test
    void aHundredPercentIsOnlySaidOfAll() {
        assertThat(TrendChart.share(9_999, 10_000)).isEqualByComparingTo("99.9");
        assertThat(TrendChart.share(10_000, 10_000)).isEqualByComparingTo("100.0");
        assertThat(TrendChart.share(0, 0)).isEqualByComparingTo("0");
    }

    private ReviewStanding standing() {
        Map<ReviewStanding, Long> counts =
                new HashMap<>(overview.read(PARIS, null).figures().coverage());
        counts.values().removeIf(count -> count == 0);
        assertThat(counts).hasSize(1);
        return counts.keySet().iterator().next();
    }

    private List<String> refs(ReviewStanding standing) {
        TestInventory inventory = new TestInventory(database, clock, Set.of("host.linux"));
        Standings.describe(inventory.assets.states());
        AssetFilter filter = new AssetFilter(
                null, List.of(), null, null, null, null, null, null, null, null, standing.word(), false, null);
        return database.read(handle -> inventory.assets.list(handle, filter, AssetOrder.REF, null, 10)).stream()
                .map(Asset::ref)
                .toList();
    }

    private UUID asset(String ref) {
        UUID id = UUID.randomUUID();
        sql("insert into asset (id, ref, name, kind, owner_id, criticality, tags, declared_ports, created_at,"
                + " updated_at, version) values ('" + id + "', '" + ref + "', '" + ref + "', 'host.linux', '" + owner
                + "', 'high', '[]', '[]', timestamp with time zone '2025-11-01 00:00:00+00', timestamp with time zone"
                + " '2025-11-01 00:00:00+00', 1)");
        return id;
    }

    private UUID enrol(UUID asset) {
        UUID id = UUID.randomUUID();
        sql("insert into enrolment (id, plan_id, asset_id, enrolled_on, slots) values ('" + id + "', 'q', '" + asset
                + "', date '2025-11-01', 9)");
        return id;
    }

    private void review(UUID enrolment, UUID asset, int slot, String dueOn, @Nullable String attestedAt) {
        LocalDate due = LocalDate.parse(dueOn);
        Instant overdue = due.plusDays(1).atStartOfDay(PARIS).toInstant();
        database.useTransaction(tx -> tx.createUpdate("""
                        insert into review (id, review_number, enrolment_id, slot_no, plan_id, plan_version, asset_id,
                            cause, scheduled_on, due_on, zone, opens_at, overdue_at, missed_from, held, owner_id,
                            opened_at, attested_at, version)
                        values (:id, :number, :enrolment, :slot, 'q', 1, :asset, 'scheduled', :due, :due,
                            'Europe/Paris', :opens, :overdue, :missed, false, :owner, :opens, :attested, 1)""")
                .bind("id", UUID.randomUUID())
                .bind("number", 1001 + number++)
                .bind("enrolment", enrolment)
                .bind("slot", slot)
                .bind("asset", asset)
                .bind("due", due)
                .bind("opens", overdue.minus(15, ChronoUnit.DAYS))
                .bind("overdue", overdue)
                .bind("missed", overdue.plus(30, ChronoUnit.DAYS))
                .bind("owner", owner)
                .bindByType("attested", attestedAt == null ? null : Instant.parse(attestedAt), Instant.class)
                .execute());
    }

    private void finding(UUID asset, String severity, String firstBadAt) {
        Instant at = Instant.parse(firstBadAt);
        database.useTransaction(tx -> tx.createUpdate("""
                        insert into finding (id, asset_id, check_id, severity, summary, fingerprint, run_id,
                            first_bad_at, last_bad_at, detected_at, record_id, version, open_key, summary_at)
                        values (:id, :asset, 'redis-anonymous-access', :severity, 'open', 'f', :id, :at, :at, :at,
                            :id, 1, :key, :at)""")
                .bind("id", UUID.randomUUID())
                .bind("asset", asset)
                .bind("severity", severity)
                .bind("at", at)
                .bind("key", asset + " redis")
                .execute());
    }

    private void sql(String statement) {
        database.useTransaction(tx -> tx.execute(statement));
    }
}
