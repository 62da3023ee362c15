package dev.ronde.check.run;

import dev.ronde.asset.TestInventory;
import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.asset.snapshot.SourceSchemas;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.Saying;
import dev.ronde.catalogue.TestChecks;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.CheckSources;
import dev.ronde.check.CheckState;
import dev.ronde.check.CheckStateDao;
import dev.ronde.check.WaiverLookup;
import dev.ronde.check.derive.PortExposure;
import dev.ronde.check.pause.ProbePauses;
import dev.ronde.check.pause.ProbePauses.PauseWatch;
import dev.ronde.check.pause.ProbePool;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.HostAddresses;
import dev.ronde.check.probe.Probe;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.check.probe.Vantage;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.schedule.DueTable;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import dev.ronde.testing.Unchecked;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The whole room of checks over a test database, with a door that tests open and close. */
public final class CheckBench implements AutoCloseable {
    public final TestDatabase test;
    public final TestClock clock;
    public final TestInventory inventory;
    public final Catalogue catalogue;
    public final Snapshots snapshots;
    public final Door door = new Door();
    public final DueTable due;
    public final CheckSchedule schedule;
    public final RunWriter writer;
    public final CheckSweep sweep;
    public final CheckRuns runs = new CheckRuns();
    public final CoverageReader coverage;
    public final ProbePauses pauses;
    final Ports ports = new Ports();
    public final ProbePool pool = ProbePool.start();
    public final TargetLimits limits;
    public final CheckRunner runner;
    private final PauseWatch watch;

    public CheckBench(DatabaseKind kind, Path folder, TestClock clock) {
        this(kind, folder, clock, TestRunners.NO_WAIVERS);
    }

    /** With waivers, whose records say which one a failure is under. */
    public CheckBench(DatabaseKind kind, Path folder, TestClock clock, WaiverLookup waivers) {
        this(kind, TestChecks.withDoor(folder), clock, 50, waivers);
    }

    public CheckBench(DatabaseKind kind, Catalogue catalogue, TestClock clock, int inFlight) {
        this(kind, catalogue, clock, inFlight, TestRunners.NO_WAIVERS);
    }

    public CheckBench(DatabaseKind kind, Catalogue catalogue, TestClock clock, int inFlight, WaiverLookup waivers) {
        this(kind, catalogue, clock, inFlight, waivers, "internal");
    }

    /** One that stands outside, where hosts are swept over the ports 1, 2 and 3. */
    static CheckBench outside(DatabaseKind kind, Path folder, TestClock clock) {
        String ports = IntStream.of(1, 2, 3)
                .mapToObj(port -> "  - {port: " + port + ", protocol: tcp, service: X, why: It is a test}\n")
                .collect(Collectors.joining("", "ports:\n", ""));
        Unchecked.run(() -> Files.writeString(folder.resolve("sensitive-ports.yaml"), ports));
        return new CheckBench(kind, TestChecks.withDoor(folder), clock, 50, TestRunners.NO_WAIVERS, "external");
    }

    private CheckBench(
            DatabaseKind kind,
            Catalogue catalogue,
            TestClock clock,
            int inFlight,
            WaiverLookup waivers,
            String vantage) {
        this.clock = clock;
        this.catalogue = catalogue;
        test = TestDatabase.open(kind);
        inventory = new TestInventory(
                test.database(),
                clock,
                Set.of("service.redis", "service.memcached", "host.server", "host.public", "domain", "cloud.aws.sg"));
        due = new DueTable(test.database(), clock);
        snapshots = new Snapshots(SourceSchemas.open(Overlay.of("checks", null)), inventory.evidence, clock);
        schedule = new CheckSchedule(test.database(), clock, catalogue, due, inventory.assets);
        inventory.assets.addListener(schedule);
        snapshots.addListener(schedule);
        runner = TestRunners.runner(
                clock,
                List.of(door, new Silent(), ports, new Hosts()),
                List.of(new PortExposure()),
                vantage,
                ZoneOffset.UTC);
        writer = new RunWriter(test.database(), clock, due, inventory.evidence, waivers, runner);
        limits = new TargetLimits(clock, inFlight);
        pauses = new ProbePauses(test.database(), clock, inventory.evidence, schedule);
        watch = PauseWatch.start(pool, pauses);
        sweep = new CheckSweep(
                test.database(),
                clock,
                new CheckSources(catalogue, inventory.assets, snapshots),
                schedule,
                runner,
                writer,
                new Probing(pool, limits, pauses));
        coverage = new CoverageReader(catalogue, inventory.assets, TestRunners.NO_WAIVERS);
    }

    /** Adds a Redis behind a door, at an address of its own. */
    public Asset door(String ref) {
        int number = ref.hashCode() & 0xffff;
        return inventory.asset(
                ref,
                "service.redis",
                "owner@example.com",
                Map.of(AssetField.ADDRESS, "127.0." + (number >> 8) + "." + Math.max(1, number & 0xff)));
    }

    /** Changes one field of an asset; null takes it away. */
    public Asset update(Asset asset, AssetField field, @Nullable Object value) {
        return test.database().inTransaction(tx -> {
            Map<AssetField, Object> values =
                    new TreeMap<>(inventory.assets.facts(tx, asset).values());
            values.put(field, value);
            return inventory.assets.update(tx, asset, new AssetFacts(values), Actor.SYSTEM);
        });
    }

    public int sweep() {
        return sweep.sweep(clock.instant());
    }

    /** Moves the clock and runs what is due then. */
    public int sweepAfter(Duration step) {
        clock.advance(step);
        return sweep();
    }

    public void pushHost(Asset asset, String json) {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        test.database()
                .useTransaction(tx -> snapshots.push(
                        tx, asset, snapshots.read(test.database(), "host.v1", body), PushHeaders.NONE, Actor.SYSTEM));
    }

    public CheckState state(Asset asset, String check) {
        return test.database()
                .read(handle -> handle.attach(CheckStateDao.class)
                        .find(asset.id(), check)
                        .orElseThrow());
    }

    public <T> T read(java.util.function.Function<Handle, T> query) {
        return test.database().read(query::apply);
    }

    public long records(String type) {
        return read(handle -> handle.createQuery("select count(*) from evidence_record where rec_type = :type")
                .bind("type", type)
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void close() {
        watch.close();
        pool.close();
        test.close();
    }

    /** A probe whose target tests control by asset ref; closed unless told otherwise. */
    public static final class Door implements Probe {
        private final Map<String, String> states = new ConcurrentHashMap<>();

        private final CountDownLatch knocked = new CountDownLatch(1);
        private final AtomicInteger knocks = new AtomicInteger();
        private volatile long letGoAt;

        /** How often the door was tried. */
        public int knocks() {
            return knocks.get();
        }

        /** Waits until somebody stands before the door. */
        public void awaitKnock() throws InterruptedException {
            if (!knocked.await(5, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came to the door");
            }
        }

        /** When a door that hangs was let go of, as {@link System#nanoTime} has it. */
        public long letGoAt() {
            return letGoAt;
        }

        private void hang(ProbeLimits limits) {
            try {
                Thread.sleep(limits.total().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            letGoAt = System.nanoTime();
        }

        /** {@code open}, {@code closed}, {@code moved}, {@code refused}, {@code hangs}, {@code crash}, {@code denied}, {@code silent} or {@code junk}. */
        public void set(String ref, String state) {
            states.put(ref, state);
        }

        /** Nobody comes to the door, and the canary proves that this tells something. */
        private static ProbeResult nobody(ProbeTarget target, String outcome) {
            Vantage vantage = new Vantage("internal", true, "canary");
            return new ProbeResult.Collected(
                    Map.of("vantage", vantage.facts(), "door", Map.of("state", "closed", "status", 0L)),
                    vantage,
                    target.host() + ":" + target.port(),
                    List.of(
                            new Exchange("KNOCK", outcome, null, 0, 0, 3_000),
                            new Exchange(Exchange.CANARY, "connected", null, 0, 0, 1)));
        }

        @Override
        public String type() {
            return "fake.door";
        }

        @Override
        public ProbeResult collect(ProbeTarget target, ProbeLimits limits) {
            String state = states.getOrDefault(target.assetRef(), "closed");
            knocks.incrementAndGet();
            knocked.countDown();
            if (state.equals("hangs")) {
                hang(limits);
                return ProbeResult.failed(dev.ronde.check.probe.ProbeFailure.TIMEOUT, Saying.GIVEN_UP);
            }
            if (state.equals("crash")) {
                throw new IllegalArgumentException("the probe is broken");
            }
            if (state.equals("denied")) {
                return ProbeResult.failed(
                        dev.ronde.check.probe.ProbeFailure.POLICY_DENIED, Saying.ALLOW_UNSET, "10.0.0.0/8");
            }
            if (state.equals("silent") || state.equals("refused")) {
                return nobody(target, state.equals("silent") ? "timeout" : "refused");
            }
            Vantage vantage = new Vantage("internal", true, "answer");
            Map<String, Object> door = state.equals("junk")
                    ? Map.of("state", "ajar", "status", 1L)
                    : Map.of("state", state, "status", state.equals("open") ? 200L : 0L, "secret", "CANARY-4711");
            return new ProbeResult.Collected(
                    Map.of("vantage", vantage.facts(), "door", door),
                    vantage,
                    target.host() + ":" + target.port(),
                    List.of(new Exchange("KNOCK", "response", 200, 5, 7, 1)));
        }
    }

    /** Looks at ports the way tests want it; refused unless told otherwise. */
    static final class Ports implements Probe {
        private final AtomicInteger looks = new AtomicInteger();
        private volatile Function<ProbeTarget, ProbeResult> look = target -> seen(target, "refused");

        void set(Function<ProbeTarget, ProbeResult> wanted) {
            look = wanted;
        }

        int looks() {
            return looks.get();
        }

        static ProbeResult seen(ProbeTarget target, String state) {
            Vantage vantage = new Vantage("external", true, "answer");
            Exchange.Wire wire = new Exchange.Wire(
                    "external", "tcp", Instant.parse("2026-03-02T08:00:00Z"), null, null, target.host(), target.port());
            return new ProbeResult.Collected(
                    Map.of("addresses", List.of(Map.of("address", target.host(), "state", state))),
                    vantage,
                    target.host(),
                    List.of(new Exchange("connect " + target.port(), "refused", null, 0, 0, 1, wire)));
        }

        @Override
        public String type() {
            return "tcp.connect";
        }

        @Override
        public ProbeResult collect(ProbeTarget target, ProbeLimits limits) {
            looks.incrementAndGet();
            return look.apply(target);
        }
    }

    /** Hosts that may be swept, each at its own address. */
    private static final class Hosts implements Probe {
        @Override
        public String type() {
            return HostAddresses.TYPE;
        }

        @Override
        public ProbeResult collect(ProbeTarget target, ProbeLimits limits) {
            return HostAddresses.found(List.of(HostAddresses.literal(target.host())), "external");
        }
    }

    /** A probe that never comes back by itself. */
    public static final class Silent implements Probe {
        @Override
        public String type() {
            return "fake.silent";
        }

        @Override
        public ProbeResult collect(ProbeTarget target, ProbeLimits limits) {
            try {
                Thread.sleep(limits.total().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Vantage vantage = new Vantage("internal", true, "canary");
            return new ProbeResult.Collected(
                    Map.of("vantage", vantage.facts(), "door", Map.of("state", "closed", "status", 0L)),
                    vantage,
                    null,
                    List.of(new Exchange("KNOCK", "timeout", null, 5, 0, 8000)));
        }
    }
}
