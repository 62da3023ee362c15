package dev.ronde;

import dev.ronde.bench.Opponents;
import dev.ronde.bench.Ratio;
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

    /** The compiler is busy for so long with code that a server runs for months. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private OccurrenceBench() {}

    public static void main(String[] args) throws Exception {
        int assets = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        double[] postgres = new double[rounds];
        double[] quartz = new double[rounds];
        double[] dbScheduler = new double[rounds];
        double[] h2 = new double[rounds];
        try (Opponents opponents = new Opponents();
                Nodes nodes = new Nodes(opponents.fresh(), assets, 2)) {
            nodes.warmUp();
            opponents.quartz();
            opponents.dbScheduler();
            for (int round = 0; round < rounds; round++) {
                postgres[round] = nodes.round();
                quartz[round] = opponents.quartz();
                dbScheduler[round] = opponents.dbScheduler();
            }
        }
        try (Nodes node = new Nodes(Map.of(), assets, 1)) {
            node.warmUp();
            for (int round = 0; round < rounds; round++) {
                h2[round] = node.round();
            }
        }
        Ratio.print("p1_postgresql_two_nodes_vs_quartz", "occurrences/s", postgres, quartz);
        Ratio.print("p1_postgresql_two_nodes_vs_db_scheduler", "occurrences/s", postgres, dbScheduler);
        Ratio.print("p1_h2_one_node", "occurrences/s", h2);
        System.exit(0);
    }

    /** Servers on one database and the assets they check. */
    private static final class Nodes implements AutoCloseable {
        private final TestClock clock = new TestClock();
        private final List<TestApp> apps = new ArrayList<>();
        private final ExecutorService threads;

        Nodes(Map<Setting, String> database, int assets, int nodes) {
            threads = Executors.newFixedThreadPool(nodes);
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
        }

        void warmUp() throws Exception {
            long end = System.nanoTime() + WARM_UP.toNanos();
            while (System.nanoTime() < end) {
                round();
            }
        }

        /** Occurrences a second, with everything due at once. */
        double round() throws Exception {
            clock.advance(Duration.ofHours(27));
            long start = System.nanoTime();
            int done = sweep(apps, threads);
            double rate = done / ((System.nanoTime() - start) / 1e9);
            System.err.printf("%d occurrences, %.0f/s%n", done, rate);
            return rate;
        }

        @Override
        public void close() {
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
