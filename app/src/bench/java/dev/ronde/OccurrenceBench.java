package dev.ronde;

import dev.ronde.bench.Opponents;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.schedule.Lane;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * P1: occurrences a second, claimed, judged and recorded with their evidence record by two nodes on one database, with the packaged host
 * checks on pushed snapshots; beside it Quartz with a trigger a pair and db-scheduler, each writing one result row only.
 */
public final class OccurrenceBench {
    private static final String HOST =
            "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":true}],"
                    + "\"patches\":{\"pending_security\":0,\"pending_critical\":0}}";

    private OccurrenceBench() {}

    public static void main(String[] args) throws Exception {
        int assets = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        try (Opponents opponents = new Opponents()) {
            double[] postgres = ours(opponents.fresh(), assets, rounds, 2);
            double[] h2 = ours(Map.of(), assets, rounds, 1);
            opponents.compare(postgres, h2, rounds);
        }
        System.exit(0);
    }

    /** Occurrences a second of each round, after one that warms up. */
    private static double[] ours(Map<Setting, String> database, int assets, int rounds, int nodes) throws Exception {
        TestClock clock = new TestClock();
        List<TestApp> apps = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            TestApp first = TestApp.start(clock, database);
            apps.add(first);
            Map<Setting, String> keys = new EnumMap<>(database.isEmpty() ? new EnumMap<>(Setting.class) : database);
            Path home = first.home().resolve("keys");
            keys.put(Setting.LEDGER_KEY, home.resolve("ledger.key").toString());
            keys.put(Setting.EXPORT_KEY, home.resolve("export.key").toString());
            keys.put(Setting.MAIL_KEY, home.resolve("mail.key").toString());
            for (int node = 1; node < nodes; node++) {
                apps.add(TestApp.start(clock, keys));
            }
            fill(first, assets);
            double[] rates = new double[rounds];
            for (int round = -1; round < rounds; round++) {
                clock.advance(Duration.ofHours(27));
                long start = System.nanoTime();
                int done = sweep(apps, threads);
                double rate = done / ((System.nanoTime() - start) / 1e9);
                if (round >= 0) {
                    rates[round] = rate;
                }
                System.err.printf("%d occurrences, %.0f/s%n", done, rate);
            }
            return rates;
        } finally {
            threads.shutdown();
            apps.forEach(TestApp::close);
        }
    }

    private static void fill(TestApp app, int assets) {
        StringBuilder csv = new StringBuilder("ref,name,kind,owner_email\n");
        for (int i = 0; i < assets; i++) {
            csv.append("host-").append(i).append(",Host ").append(i).append(",host.server,owner@example.org\n");
        }
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "text/csv");
        app.call("POST", "/api/v1/assets/import", csv.toString(), headers);
        Map<String, String> json =
                Map.of("Authorization", headers.get("Authorization"), "Content-Type", "application/json");
        for (int i = 0; i < assets; i++) {
            int status = app.call("PUT", "/api/v1/assets/host-" + i + "/snapshots/host.v1", HOST, json)
                    .status();
            if (status >= 300) {
                throw new IllegalStateException("snapshot of host-" + i + ": " + status);
            }
        }
    }

    private static int sweep(List<TestApp> apps, ExecutorService threads) throws Exception {
        List<Callable<Integer>> work = new ArrayList<>();
        for (TestApp app : apps) {
            Lane lane = app.app().rooms().checks.sweep();
            work.add(() -> lane.sweep(app.app().clock().instant()));
        }
        int done = 0;
        for (Future<Integer> node : threads.invokeAll(work)) {
            done += node.get();
        }
        return done;
    }
}
