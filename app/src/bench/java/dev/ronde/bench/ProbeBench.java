package dev.ronde.bench;

import dev.ronde.check.probe.Probe;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.check.probe.ProbeThread;
import dev.ronde.check.probe.Probes;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * P3: probes a second against 2,000 local targets, policy, politeness and facts included, beside prometheus-blackbox-exporter asked by as
 * many clients, TLS once for any handshake and once for the versions our probe tells; and the rate of answered probes while a tenth of the targets are black holes, as it goes over a minute and a half.
 */
public final class ProbeBench {
    private static final int CLIENTS = 50;
    private static final int WINDOW_SECONDS = 10;

    /** The compiler is busy for so long with code that a server runs for months. */
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private final int targets;
    private final Map<String, Probe> probes;
    private TargetLimits limits = new TargetLimits(InstantSource.system(), CLIENTS);

    private ProbeBench(int targets, Probes probes) {
        this.targets = targets;
        this.probes = probes.all().stream().collect(Collectors.toMap(Probe::type, probe -> probe));
    }

    /** What is compared: our probe and the exporter's modules for the same port; how many of these see the target answer as they ask. */
    private record Pair(String name, String probe, List<String> modules, int answered, int port) {}

    /** One probe of the target with the index; returns whether it was sent and answered. */
    private interface Shot {
        boolean fire(int index);
    }

    public static void main(String[] args) throws Exception {
        int targets = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 90;
        List<String> kinds = List.of((args.length > 3 ? args[3] : "tcp,http,tls,versions").split(","));
        try (ProbeTargets machines = ProbeTargets.start(targets);
                BlackboxExporter exporter = BlackboxExporter.start();
                Probes probes = Probes.start(
                        SettingsReader.read(Map.of(Setting.PROBE_ALLOW, "127.77.0.0/16"), Map.of()),
                        InstantSource.system(),
                        Set.of())) {
            ProbeBench bench = new ProbeBench(targets, probes);
            for (Pair pair : List.of(
                    new Pair("tcp", "redis.anonymous", List.of("tcp"), 1, ProbeTargets.HTTP),
                    new Pair("http", "http.exchange", List.of("http"), 1, ProbeTargets.HTTP),
                    new Pair("tls", "tls.endpoint", List.of("tls"), 1, ProbeTargets.TLS),
                    // what our probe of TLS finds out: each version, and that the old ones are refused
                    new Pair(
                            "versions", "tls.endpoint", List.of("tls_13", "tls_12", "tls_old"), 2, ProbeTargets.TLS))) {
                if (kinds.contains(pair.name())) {
                    bench.compare(pair, exporter, rounds);
                }
            }
            if (seconds > 0) {
                machines.dig(targets / 10);
                bench.holes(seconds);
            }
        }
        System.exit(0);
    }

    private void compare(Pair pair, BlackboxExporter exporter, int rounds) throws InterruptedException {
        Shot ours = index -> patiently(pair.probe(), ProbeTargets.address(index), pair.port());
        Shot theirs = index -> pair.modules().stream()
                        .filter(module -> exporter.probe(module, ProbeTargets.address(index), pair.port()))
                        .count()
                == pair.answered();
        double[] our = new double[rounds];
        double[] their = new double[rounds];
        long warm = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() < warm) {
            System.err.printf("our %s warming up: %.0f/s%n", pair.name(), rate("our " + pair.name(), ours));
        }
        rate("their " + pair.name(), theirs);
        for (int round = 0; round < rounds; round++) {
            our[round] = rate("our " + pair.name(), ours);
            their[round] = rate("their " + pair.name(), theirs);
        }
        Ratio.print("probes_" + pair.name() + "_" + targets, "1/s", our, their);
    }

    /** All targets five times. */
    private double rate(String name, Shot shot) throws InterruptedException {
        int all = targets * 5;
        AtomicInteger next = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        long start = System.nanoTime();
        run(() -> {
            for (int i = next.getAndIncrement(); i < all; i = next.getAndIncrement()) {
                if (shot.fire(i % targets)) {
                    answered.incrementAndGet();
                }
            }
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        if (answered.get() != all) {
            System.err.println(name + ": only " + answered + " of " + all + " were answered");
        }
        return answered.get() / seconds;
    }

    /** Answered probes a second, in windows of ten seconds, with a tenth of black holes and without. */
    private void holes(int seconds) throws InterruptedException {
        double[] without = windows(seconds / 3, index -> false);
        double[] with = windows(seconds, index -> index % 10 == 0);
        System.out.println("answered a second in windows of " + WINDOW_SECONDS + " s, without black holes "
                + Arrays.toString(rounded(without)) + ", with a tenth " + Arrays.toString(rounded(with)));
        Ratio.print("probes_http_with_black_holes", "1/s", settled(with), settled(without));
    }

    private double[] windows(int seconds, IntPredicate hole) throws InterruptedException {
        limits = new TargetLimits(InstantSource.system(), CLIENTS);
        AtomicLongArray answered = new AtomicLongArray(seconds / WINDOW_SECONDS);
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        run(() -> {
            while (System.nanoTime() < end) {
                int index = Math.floorMod(next.getAndIncrement(), targets);
                boolean black = hole.test(index);
                String address = ProbeTargets.address(black ? index / 10 : index);
                boolean got = ours("http.exchange", address, black ? ProbeTargets.HOLE : ProbeTargets.HTTP);
                int window = (int) ((System.nanoTime() - start) / 1_000_000_000L / WINDOW_SECONDS);
                if (got && window < answered.length()) {
                    answered.incrementAndGet(window);
                }
            }
        });
        double[] rates = new double[answered.length()];
        for (int i = 0; i < rates.length; i++) {
            rates[i] = answered.get(i) / (double) WINDOW_SECONDS;
        }
        return rates;
    }

    /** As the sweep does it: the limits first, then the probe, then the permit goes back; a target that has to wait is passed over. */
    private boolean ours(String type, String address, int port) {
        return limits.enter(address, port, true, Instant.MAX) instanceof TargetLimits.Admission.Admitted admitted
                && ours(type, address, port, admitted.permit());
    }

    private boolean patiently(String type, String address, int port) {
        while (true) {
            if (limits.enter(address, port, true, Instant.MAX) instanceof TargetLimits.Admission.Admitted admitted) {
                return ours(type, address, port, admitted.permit());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private boolean ours(String type, String address, int port, TargetLimits.Permit permit) {
        ProbeTarget target =
                new ProbeTarget("bench", address, port, null, null, LocalDate.of(9999, 1, 1), ZoneOffset.UTC, Map.of());
        ProbeResult result = Objects.requireNonNull(probes.get(type)).collect(target, ProbeLimits.DEFAULT);
        boolean answered = result.exchanges().stream()
                .anyMatch(exchange -> exchange.outcome().equals("response"));
        permit.end(!answered);
        return answered;
    }

    private static void run(Runnable work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread thread = new ProbeThread(work, "client-" + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static double[] settled(double[] windows) {
        return Arrays.copyOfRange(windows, windows.length / 2, windows.length);
    }

    private static long[] rounded(double[] rates) {
        return Arrays.stream(rates).mapToLong(Math::round).toArray();
    }
}
