package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.Snapshot;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Severity;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.CheckRun;
import dev.ronde.check.CheckRunDao;
import dev.ronde.check.CheckState;
import dev.ronde.check.CheckTags;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.run.AnsweringTargets.Completion;
import dev.ronde.check.run.RunJob.RunProgress;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.check.schedule.Publications;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.schedule.Claim;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@OnOneDatabase(DatabaseKind.POSTGRESQL)
@Tag("long")
final class CheckSweepTest {
    private static final String DOOR = "door-closed";
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    private final DatabaseKind kind;
    private final TestClock clock = new TestClock();

    private final Path folder;

    @AutoClose
    private CheckBench bench;

    CheckSweepTest(DatabaseKind kind, @TempDir Path folder) {
        this.kind = kind;
        this.folder = folder;
        bench = new CheckBench(kind, folder, clock);
    }

    private List<CheckRun> runs(Asset asset) {
        return bench.read(
                handle -> bench.runs.list(handle, new CheckRunDao.RunFilter(asset.id(), DOOR, null, null), null, 100));
    }

    private Map<String, Instant> dueRows(Asset asset) {
        return bench.read(handle -> bench.due.dueOf(handle, asset.id(), CheckSchedule.KIND));
    }

    private Asset update(Asset asset, AssetField field, Object value) {
        return bench.update(asset, field, value);
    }

    /** A process that stops finishes what it took; the rest is there for the next one. */
    @Test
    void aSweepThatIsToldToStopTakesNothingMore() {
        for (int n = 0; n < 120; n++) {
            bench.inventory.asset("host-" + n, "host.server");
        }
        AtomicInteger asked = new AtomicInteger();
        int first = bench.sweep.sweep(clock.instant(), () -> asked.incrementAndGet() == 1);
        assertThat(first).isPositive();
        assertThat(bench.sweep.sweep(clock.instant(), () -> false)).isZero();
        assertThat(bench.sweep()).isPositive();
        assertThat(bench.sweep()).isZero();
    }

    @Test
    void aNewAssetIsCheckedAtOnceAndThenOnItsCadence() {
        Asset asset = bench.door("redis-1");
        assertThat(bench.state(asset, DOOR).reason()).isEqualTo(CheckState.NEVER_RUN);
        assertThat(bench.sweep()).isEqualTo(2);
        CheckState state = bench.state(asset, DOOR);
        assertThat(state.outcome()).isEqualTo(Outcome.PASS);
        assertThat(state.lastPassAt()).isEqualTo(clock.instant());
        assertThat(bench.sweep()).isZero();
        assertThat(bench.sweepAfter(Duration.ofMinutes(50))).isZero();
        assertThat(bench.sweepAfter(Duration.ofMinutes(17))).isEqualTo(2);
        assertThat(runs(asset)).hasSize(2).extracting(CheckRun::outcome).containsOnly(Outcome.PASS);
    }

    @Test
    void aFailureCarriesFingerprintSeverityAndItsRecord() throws IOException {
        Asset asset = bench.door("redis-1");
        bench.door.set("redis-1", "open");
        bench.sweep();
        CheckRun run = runs(asset).get(0);
        assertThat(run.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(run.severity()).isEqualTo(Severity.HIGH);
        assertThat(run.fingerprint()).startsWith("sha256:");
        assertThat(run.checkSha256()).hasSize(64);
        JsonNode data = bench.read(handle -> bench.runs.details(handle, run));
        assertThat(data.at("/facts/door/status").asInt()).isEqualTo(200);
        assertThat(data.at("/assertions/0/message").asString()).isEqualTo("Open (200).");
        assertThat(data.path("target").asString()).endsWith(":6379");
        assertThat(data.at("/exchanges/0/what").asString()).isEqualTo("KNOCK");
        assertThat(data.at("/params/denied/origin").asString()).isEqualTo("default");
        assertThat(data.path("due").asString()).isEqualTo("2026-03-02T08:00:00.000000Z");
        assertThat(data.at("/check/id").asString()).isEqualTo(DOOR);
        assertThat(Instant.parse(data.path("freshUntil").asString())).isEqualTo(run.freshUntil());
        assertThat(data.at("/collector/id").asString()).isEqualTo("fake.door");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<artifactId>cel</artifactId><version>"
                        + data.path("engine").asString().substring("cel/".length()) + "</version>");
        assertThat(data.path("controls").toString()).isEqualTo("[\"nist:AC-3\",\"iso27001:A.8.9\"]");
    }

    @Test
    void onlyAllowListedFactsReachTheDatabase() {
        Asset asset = bench.door("redis-1");
        bench.door.set("redis-1", "open");
        bench.sweep();
        assertThat(bench.read(handle -> bench.runs.details(handle, runs(asset).get(0)))
                        .at("/facts/door")
                        .has("secret"))
                .isFalse();
        List<byte[]> payloads = bench.read(handle -> handle.createQuery("select payload from evidence_record")
                .mapTo(byte[].class)
                .list());
        assertThat(payloads)
                .isNotEmpty()
                .allSatisfy(payload ->
                        assertThat(new String(payload, StandardCharsets.UTF_8)).doesNotContain("CANARY-4711"));
    }

    @Test
    void whatTheToolCannotDoIsAnErrorWithItsReason() {
        Map<String, String> reasons = Map.of("crash", "probe-crash", "denied", "policy-denied", "junk", "fact-schema");
        Map<String, Asset> assets = reasons.keySet().stream().collect(Collectors.toMap(ref -> ref, bench::door));
        reasons.keySet().forEach(ref -> bench.door.set(ref, ref));
        bench.sweep();
        reasons.forEach((ref, reason) -> {
            assertThat(bench.state(assets.get(ref), DOOR).outcome()).as(ref).isEqualTo(Outcome.ERROR);
            assertThat(bench.state(assets.get(ref), DOOR).reason()).isEqualTo(reason);
        });
    }

    @Test
    void aCancelledRunCountsWhatItDidNotReachAsNothing() {
        bench.door("crash");
        bench.door.set("crash", "crash");
        bench.sweep();
        TestJob job = job();
        job.cancelled = true;
        job(clock).run(job);
        assertThat(job.said).doesNotContain("1 of 1");
        assertThat(job.failed).as("it failed in the run before this one").isZero();
    }

    private RunJob job(InstantSource time) {
        return new RunJob(bench.test.database(), time, bench.inventory.assets, bench.schedule, bench.sweep);
    }

    private static TestJob job() {
        return new TestJob("{'check':'" + DOOR + "'}");
    }

    /** Another sweep has the row in hand, and ends between two looks of the job. */
    @Test
    void whatAnotherSweepFinishesIsNotPutOff() {
        Asset asset = bench.door("redis-1");
        bench.sweep();
        clock.advance(Duration.ofMinutes(1));
        TestJob job = job();
        AtomicInteger looks = new AtomicInteger();
        List<Claim> taken = new ArrayList<>();
        job(() -> {
                    int look = looks.incrementAndGet();
                    if (look == 2) {
                        bench.due
                                .claim(CheckSchedule.key(asset.id(), DOOR), clock.instant(), TWO_HOURS)
                                .ifPresent(taken::add);
                    } else if (look == 3) {
                        bench.test.database().useTransaction(tx -> bench.due.release(tx, taken.get(0)));
                        bench.sweep();
                    }
                    return clock.instant();
                })
                .run(job);
        assertThat(job.said)
                .anyMatch(said -> said.startsWith("/checks/runs"))
                .last()
                .isEqualTo("1 of 1");
        assertThat(job.failed).isZero();
    }

    /** A run over much takes long: what is done is told while the rest goes on, and asked for once a second. */
    @Test
    void aRunTellsHowFarItIsWhileItIsAtIt() {
        Asset first = bench.door("redis-1");
        Asset second = bench.door("redis-2");
        bench.sweep();
        clock.advance(Duration.ofMinutes(1));
        Instant requestedAt = Occurrences.stored(clock.instant());
        List<CheckState> pairs = List.of(bench.state(first, DOOR), bench.state(second, DOOR));
        TestJob job = job();
        long[] nanos = {0};
        RunProgress progress = new RunProgress(bench.test.database(), job, pairs, requestedAt, () -> nanos[0]);
        bench.test.database().useTransaction(tx -> bench.schedule.dueNow(tx, pairs.subList(0, 1), requestedAt));
        bench.sweep();
        assertThat(progress.goOn()).isTrue();
        assertThat(job.said).containsExactly("0 of 2");
        nanos[0] += Duration.ofSeconds(1).toNanos();
        assertThat(progress.goOn()).isTrue();
        assertThat(job.said).containsExactly("0 of 2", "1 of 2");
        job.cancelled = true;
        nanos[0] += Duration.ofSeconds(1).toNanos();
        assertThat(progress.goOn()).isFalse();
    }

    @Test
    void aResultThatTheDatabaseRefusesCostsItsOwnCheckAlone() {
        Asset refused = bench.door("redis-1");
        Asset fine = bench.door("redis-2");
        bench.writer.addListener((tx, batch) -> batch.stream()
                .filter(one ->
                        one.asset().id().equals(refused.id()) && one.run().outcome() != Outcome.ERROR)
                .forEach(one -> tx.createUpdate("update check_state set reason = :reason where asset_id = :asset")
                        .bind("reason", "x".repeat(65))
                        .bind("asset", one.asset().id())
                        .execute()));
        bench.sweep();
        assertThat(bench.state(fine, DOOR).outcome()).isEqualTo(Outcome.PASS);
        assertThat(bench.state(refused, DOOR).outcome()).isEqualTo(Outcome.ERROR);
        assertThat(bench.state(refused, DOOR).reason()).isEqualTo("result-not-storable");
        assertThat(bench.sweep()).isZero();
        assertThat(bench.sweepAfter(TWO_HOURS)).isPositive();
    }

    /** A port that is filtered as it should be is silent for good: it is left alone for a while, and what is known of it stays known. */
    @Test
    void aSilentTargetIsLeftAloneAndNeverStale() {
        TestChecks.writeDoor(folder, TestChecks.doorText().replace("{{asset.port | 6379}}", "6400"));
        try (CheckBench quiet = new CheckBench(kind, TestChecks.load(folder), clock, 50)) {
            Asset asset = quiet.door("redis-1");
            quiet.sweep();
            quiet.door.set("redis-1", "silent");
            Duration most = Duration.ZERO;
            for (int i = 0; i < 6 * 36; i++) {
                quiet.sweepAfter(Duration.ofMinutes(10));
                CheckState state = quiet.state(asset, DOOR);
                assertThat(state.outcome()).isEqualTo(Outcome.PASS);
                assertThat(state.staleAt(clock.instant()))
                        .as("%s, known since %s", clock.instant(), state.finishedAt())
                        .isFalse();
                Duration age = Duration.between(state.finishedAt(), clock.instant());
                most = age.compareTo(most) > 0 ? age : most;
            }
            assertThat(most)
                    .as("left alone for half of the time it counts")
                    .isBetween(Duration.ofMinutes(80), Duration.ofMinutes(90));
            assertThat(quiet.door.knocks()).isLessThan(32);
            quiet.door.set("redis-1", "open");
            quiet.sweepAfter(Duration.ofMinutes(90));
            assertThat(quiet.state(asset, DOOR).outcome()).isEqualTo(Outcome.FAIL);
        }
    }

    @Test
    void anOutageLeavesARecordForEveryOccurrenceThatNeverRan() {
        Asset asset = bench.door("redis-1");
        bench.sweep();
        Duration interval = Occurrences.interval(Duration.ofHours(1), asset.id());
        clock.advance(interval.multipliedBy(300).plus(interval.dividedBy(2)));
        while (bench.sweep() > 0) {
            assertThat(bench.due).isNotNull();
        }
        List<Instant> missed =
                bench.read(handle -> bench.runs.missed(handle, asset.id())).get(DOOR);
        assertThat(missed).hasSize(299).doesNotHaveDuplicates();
        assertThat(runs(asset)).hasSize(2);
        assertThat(runs(asset).get(0).dueAt()).isEqualTo(missed.get(298).plus(interval));
        assertThat(bench.records("run.missed")).isGreaterThanOrEqualTo(299);
    }

    @Test
    void aLeaseThatWasTakenOverWritesNothing() {
        Asset asset = bench.door("redis-1");
        var claims = bench.due.claim(CheckSchedule.KIND, clock.instant(), 10, Duration.ofMinutes(1));
        assertThat(claims).isNotEmpty();
        clock.advance(Duration.ofMinutes(2));
        assertThat(bench.sweep()).isEqualTo(2);
        List<Completion> late = claims.stream()
                .filter(claim -> claim.key().refId().equals(DOOR))
                .map(claim -> new Completion(
                        claim,
                        bench.catalogue.find(DOOR).orElseThrow(),
                        asset,
                        Occurrences.of(claim.dueAt(), TWO_HOURS, clock.instant()),
                        clock.instant().plus(TWO_HOURS),
                        null,
                        bench.state(asset, DOOR)))
                .toList();
        assertThat(bench.writer.write(late)).isZero();
        assertThat(runs(asset)).hasSize(1);
    }

    @Test
    void rowsFollowTheAsset() {
        Asset asset = bench.door("redis-1");
        assertThat(dueRows(asset)).containsOnlyKeys(DOOR, "redis-anonymous-access");
        bench.sweep();
        Asset moved = update(asset, AssetField.PORT, 6380);
        assertThat(bench.sweepAfter(Duration.ofMinutes(1)))
                .as("a new port is checked at once")
                .isEqualTo(2);
        Asset host = update(moved, AssetField.KIND, "host.server");
        assertThat(dueRows(asset))
                .containsKeys("host-disk-encryption", "host-patch-level")
                .doesNotContainKeys(DOOR, "redis-anonymous-access");
        bench.test.database().useTransaction(tx -> bench.inventory.assets.retire(tx, host, Actor.SYSTEM));
        assertThat(dueRows(asset)).isEmpty();
    }

    @Test
    void aTagOverridesAParameterWithinItsBounds() {
        Asset asset = bench.door("redis-1");
        CheckTags tags = new CheckTags(TestChecks.load(folder));
        assertThat(tags.refusal(asset.kind(), "param:door-closed.denied=200"))
                .hasValueSatisfying(refusal -> assertThat(refusal.arguments()).containsExactly("denied", "401, 403"));
        assertThat(tags.refusal(asset.kind(), "param:door-closed.denyed=401"))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.arguments()).containsExactly("door-closed", "denyed", "denied"));
        Asset tagged = update(asset, AssetField.TAGS, List.of("param:door-closed.denied=401"));
        bench.sweep();
        JsonNode data =
                bench.read(handle -> bench.runs.details(handle, runs(tagged).get(0)));
        assertThat(data.at("/params/denied").toString()).isEqualTo("{\"origin\":\"asset tag\",\"value\":[401]}");
    }

    @Test
    void aPushedSnapshotIsJudgedAtOnceAndTurnsGreyWithAge() {
        Asset host = bench.inventory.asset("host-1", "host.server");
        bench.sweep();
        assertThat(bench.state(host, "host-disk-encryption").reason()).isEqualTo("source-unavailable");
        clock.advance(Duration.ofMinutes(5));
        bench.pushHost(
                host,
                "{'os':{'family':'linux'},'disks':[{'device':'sda','encrypted':true}],'patches':{'pending_security':2}}");
        assertThat(bench.sweep()).as("every check that reads it").isGreaterThanOrEqualTo(2);
        assertThat(bench.state(host, "host-disk-encryption").outcome()).isEqualTo(Outcome.PASS);
        assertThat(bench.state(host, "host-patch-level").outcome()).isEqualTo(Outcome.FAIL);
        clock.advance(Duration.ofDays(4));
        bench.sweep();
        assertThat(bench.state(host, "host-disk-encryption").reason()).isEqualTo("snapshot-outdated");
    }

    @Test
    void coverageCountsOnlyFreshPassesAsEnabled() {
        Asset asset = bench.door("redis-1");
        bench.sweep();
        assertThat(coverage(asset)).isEqualTo(Coverage.State.PARTLY);
        assertThat(counts(asset)).isEqualTo(new Coverage.Counts(4, 0, 1, 0, 0, 0, 3));
        bench.door.set("redis-1", "open");
        bench.sweepAfter(TWO_HOURS);
        assertThat(coverage(asset)).isEqualTo(Coverage.State.OFF);
        bench.door.set("redis-1", "closed");
        bench.sweepAfter(TWO_HOURS);
        clock.advance(Duration.ofHours(4));
        assertThat(coverage(asset)).as("a dead scheduler turns it grey").isEqualTo(Coverage.State.NOT_VERIFIABLE);
        assertThat(bench.read(handle -> bench.coverage.summary(handle, null, clock.instant()))
                        .counts())
                .isEqualTo(new Coverage.Counts(4, 0, 0, 0, 1, 0, 3));
    }

    private Coverage.State coverage(Asset asset) {
        return bench.read(handle -> bench.coverage.of(handle, asset, clock.instant())).protections().stream()
                .filter(protection -> protection.key().equals("anonymous-access-blocked"))
                .findFirst()
                .orElseThrow()
                .state();
    }

    private Coverage.Counts counts(Asset asset) {
        return bench.read(handle -> bench.coverage.of(handle, asset, clock.instant()))
                .counts();
    }

    @Test
    void aChangedCheckFileIsRecordedAndRunsAtOnce() {
        Asset asset = bench.door("redis-1");
        assertThat(bench.schedule.reconcile(new Publications(bench.catalogue, bench.inventory.evidence, clock)))
                .isTrue();
        assertThat(bench.records("check.published"))
                .isEqualTo(bench.catalogue.entries().size());
        bench.sweep();
        clock.advance(Duration.ofMinutes(1));
        TestChecks.writeDoor(folder, TestChecks.doorText().replace("version: 1", "version: [1"));
        var broken = Publications.KnownChecks.recalled(bench.test.database(), TestChecks.load(folder));
        CheckSchedule schedule =
                new CheckSchedule(bench.test.database(), clock, broken, bench.due, bench.inventory.assets);
        assertThat(schedule.reconcile(new Publications(broken, bench.inventory.evidence, clock)))
                .isTrue();
        assertThat(schedule.reconcile(new Publications(broken, bench.inventory.evidence, clock)))
                .isFalse();
        assertThat(bench.records("check.published"))
                .isEqualTo(bench.catalogue.entries().size() + 1L);
        assertThat(dueRows(asset).get(DOOR)).isEqualTo(clock.instant());
    }

    @Test
    void twoLanesShareTheWork() throws InterruptedException {
        Set<String> refs = java.util.stream.IntStream.range(0, 120)
                .mapToObj(i -> "redis-" + i)
                .collect(Collectors.toSet());
        refs.forEach(bench::door);
        Thread other = new Thread(() -> bench.sweep.sweep(clock.instant()), "lane-2");
        other.start();
        bench.sweep();
        other.join();
        assertThat(bench.sweep()).isZero();
        assertThat(bench.records("check.result")).isEqualTo(240);
    }

    /** That a document is one page of several mends no tag that cannot be used. */
    @Test
    void anErrorOfADocumentThatIsOnePageStaysOne() {
        String check = "aws-sg-internet-to-sensitive-ports";
        Asset group = bench.inventory.asset(
                "sg-1",
                "cloud.aws.sg",
                "owner@example.com",
                Map.of(AssetField.TAGS, List.of("param:" + check + ".maxAge=PT1S")));
        JsonNode page = Json.tree(
                "{'SecurityGroups':[{'GroupId':'sg-1','IpPermissions':[]}],'$pages':['NextToken']}".replace('\'', '"'));
        Instant now = clock.instant();
        Snapshot snapshot = new Snapshot(new UUID(0, 2), group.id(), "aws.sg.v1", "sha256:00", 1, now, now, now, page);
        Execution ran = TestRunners.runner(clock, List.of(), Derivers.all(), "internal", ZoneOffset.UTC)
                .run(
                        bench.catalogue.find(check).orElseThrow(),
                        group,
                        new StoredInputReader.StoredInput(snapshot, null, null));
        assertThat(ran.judgement().reason()).as(ran.toString()).isEqualTo("bad-parameter");
        assertThat(ran.seenAt()).isEqualTo(now);
    }

    @Test
    void silentTargetsDoNotHoldTheOthersUp() throws IOException {
        String silent = TestChecks.doorText()
                .replace("id: door-closed", "id: door-silent")
                .replace("fake.door, target", "fake.silent, limits: {total: PT2S}, target")
                .replace("{{asset.port | 6379}}", "{{asset.port | 6380}}")
                .replace("kinds: [service.redis]", "kinds: [service.memcached]");
        Files.writeString(folder.resolve("door-silent.yaml"), silent);
        try (CheckBench mixed = new CheckBench(kind, TestChecks.load(folder), clock, 20)) {
            List<String> order = Collections.synchronizedList(new ArrayList<>());
            mixed.writer.addListener((tx, batch) ->
                    batch.forEach(recorded -> order.add(recorded.run().checkId())));
            for (int i = 0; i < 10; i++) {
                mixed.inventory.asset(
                        "silent-" + i,
                        "service.memcached",
                        "owner@example.com",
                        Map.of(AssetField.ADDRESS, "127.200.0." + (i + 1)));
            }
            for (int i = 0; i < 40; i++) {
                mixed.door("redis-" + i);
            }
            mixed.sweep();
            order.retainAll(Set.of(DOOR, "door-silent"));
            assertThat(order).hasSize(50);
            assertThat(order.subList(0, 40)).containsOnly(DOOR);
            assertThat(mixed.state(mixed.read(handle -> mixed.inventory.assets.get(handle, "silent-1")), "door-silent")
                            .reason())
                    .isEqualTo(CheckState.TARGET_NEVER_SEEN);
        }
    }
}
