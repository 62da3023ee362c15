package dev.ronde;

import dev.ronde.bench.Opponents;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.schedule.Lane;
import dev.ronde.testing.TestApp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * P2: check occurrences a second by two nodes on PostgreSQL while many more pairs of asset and check are scheduled, against the same with
 * few; then how late occurrences are recorded that become due at an even 200 a second, with a sweep a second.
 */
public final class ScheduledPairsBench {
    private static final int A_SECOND = 200;

    /** The compiler is busy for so long with code that a server runs for months. */
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final Duration WATCHED = Duration.ofSeconds(30);
    private static final String HOST =
            "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":true}],"
                    + "\"patches\":{\"pending_security\":0,\"pending_critical\":0}}";

    private ScheduledPairsBench() {}

    /** @param args pairs of the small and of the large estate, rounds */
    public static void main(String[] args) throws Exception {
        int small = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int large = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        try (Opponents opponents = new Opponents();
                Estate few = new Estate(opponents.fresh(), small);
                Estate many = new Estate(opponents.fresh(), large)) {
            int due = Math.min(small, few.pairs());
            double[] fewRates = new double[rounds];
            double[] manyRates = new double[rounds];
            long warm = System.nanoTime() + WARM_UP.toNanos();
            while (System.nanoTime() < warm) {
                few.round(due);
                many.round(due);
            }
            for (int round = 0; round < rounds; round++) {
                fewRates[round] = few.round(due);
                manyRates[round] = many.round(due);
                System.err.printf(
                        "%.0f/s with %d, %.0f/s with %d%n",
                        fewRates[round], few.pairs(), manyRates[round], many.pairs());
            }
            double[] lag = many.lag();
            System.out.printf(
                    Locale.ROOT,
                    "{\"bench\":\"scheduled_pairs\",\"pairs\":[%d,%d],\"due\":%d,\"rates\":[%.0f,%.0f],\"ratio\":%.2f,"
                            + "\"lag_at_200_a_second\":{\"p50\":%.2f,\"p99\":%.2f}}%n",
                    few.pairs(),
                    many.pairs(),
                    due,
                    median(fewRates),
                    median(manyRates),
                    median(manyRates) / median(fewRates),
                    lag[lag.length / 2],
                    lag[(int) Math.ceil(0.99 * lag.length) - 1]);
        }
        System.exit(0);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Two nodes on one database with so many pairs; none is due but those a round makes due. */
    private static final class Estate implements AutoCloseable {
        private static final int IMPORTED_AT_ONCE = 50_000;

        private final List<TestApp> nodes = new ArrayList<>();
        private final ExecutorService threads = Executors.newFixedThreadPool(2);
        private final int pairs;
        private int rounds;

        Estate(Map<Setting, String> database, int pairs) {
            TestApp first = TestApp.start(InstantSource.system(), database);
            nodes.add(first);
            Map<Setting, String> keys = new EnumMap<>(database);
            Path home = first.home().resolve("keys");
            keys.put(Setting.LEDGER_KEY, home.resolve("ledger.key").toString());
            keys.put(Setting.EXPORT_KEY, home.resolve("export.key").toString());
            keys.put(Setting.MAIL_KEY, home.resolve("mail.key").toString());
            nodes.add(TestApp.start(InstantSource.system(), keys));
            first.call("POST", "/api/v1/assets/import", csv(0, 1), as(first, "text/csv"));
            int checks = count("select count(*) from due where kind = 'check'");
            int assets = (pairs + checks - 1) / checks;
            for (int from = 1; from < assets; from += IMPORTED_AT_ONCE) {
                int to = Math.min(assets, from + IMPORTED_AT_ONCE);
                first.call("POST", "/api/v1/assets/import", csv(from, to), as(first, "text/csv"));
            }
            int pushed = first.call(
                            "PUT", "/api/v1/assets/host-0/snapshots/host.v1", HOST, as(first, "application/json"))
                    .status();
            if (pushed >= 300) {
                throw new IllegalStateException("snapshot: " + pushed);
            }
            first.app().database().useTransaction(tx -> {
                tx.execute("""
                        insert into snapshot (id, asset_id, source, digest, canon_version, collected_at, received_at, last_seen_at)
                        select gen_random_uuid(), a.id, s.source, s.digest, s.canon_version, s.collected_at, s.received_at,
                          s.last_seen_at from snapshot s, asset a where a.ref <> 'host-0'""");
                tx.execute("""
                        insert into snapshot_source (asset_id, source, snapshot_id, collected_at)
                        select asset_id, source, id, collected_at from snapshot
                         where asset_id not in (select asset_id from snapshot_source)""");
                tx.execute("update due set next_due_at = next_due_at + interval '10000' day where kind = 'check'");
            });
            first.app().database().read(handle -> handle.execute("vacuum analyze"));
            this.pairs = count("select count(*) from due where kind = 'check'");
        }

        int pairs() {
            return pairs;
        }

        /** Occurrences a second where so many pairs become due at once, spread over the estate. */
        double round(int due) throws Exception {
            Instant now = nodes.get(0).app().clock().instant();
            rounds++;
            nodes.get(0)
                    .app()
                    .database()
                    .useTransaction(tx -> tx.createUpdate("""
                            update due set next_due_at = :now where kind = 'check' and (subject_id, ref_id) in (
                              select subject_id, ref_id from (select subject_id, ref_id, row_number() over (order by subject_id, ref_id) as n
                                from due where kind = 'check') d where mod(n, :step) = :rest)""")
                            .bind("now", now)
                            .bind("step", Math.max(1, pairs / due))
                            .bind("rest", rounds % Math.max(1, pairs / due))
                            .execute());
            long start = System.nanoTime();
            int done = sweep();
            return done / ((System.nanoTime() - start) / 1e9);
        }

        private int sweep() throws Exception {
            List<Callable<Integer>> work = new ArrayList<>();
            for (TestApp node : nodes) {
                Lane lane = node.app().rooms().checks.sweep();
                work.add(() -> lane.sweep(node.app().clock().instant()));
            }
            int done = 0;
            for (Future<Integer> node : threads.invokeAll(work)) {
                done += node.get();
            }
            return done;
        }

        /** Seconds from due to recorded, sorted. */
        double[] lag() throws Exception {
            Instant start = nodes.get(0).app().clock().instant().plusSeconds(3);
            int due = A_SECOND * (int) WATCHED.toSeconds();
            nodes.get(0)
                    .app()
                    .database()
                    .useTransaction(tx -> tx.createUpdate("""
                            update due set next_due_at = cast(:start as timestamp(6) with time zone) + d.n * interval '0.005' second
                              from (select subject_id as s, ref_id as r, row_number() over (order by ref_id, subject_id) as n from due
                                     where kind = 'check') d
                             where kind = 'check' and subject_id = d.s and ref_id = d.r and d.n <= :due""")
                            .bind("start", start)
                            .bind("due", due)
                            .execute());
            Instant end = start.plus(WATCHED).plusSeconds(3);
            while (nodes.get(0).app().clock().instant().isBefore(end)) {
                long began = System.nanoTime();
                sweep();
                Thread.sleep(Math.max(0, 1000 - (System.nanoTime() - began) / 1_000_000));
            }
            return nodes
                    .get(0)
                    .app()
                    .database()
                    .read(handle -> handle.createQuery("""
                            select extract(epoch from finished_at) - extract(epoch from due_at) as lag from check_run
                             where due_at >= :start order by lag""")
                            .bind("start", start)
                            .mapTo(Double.class)
                            .list())
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }

        private int count(String sql) {
            return nodes.get(0)
                    .app()
                    .database()
                    .read(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
        }

        private static Map<String, String> as(TestApp app, String type) {
            return Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", type);
        }

        private static String csv(int from, int to) {
            StringBuilder csv = new StringBuilder("ref,name,kind,owner_email\n");
            for (int i = from; i < to; i++) {
                csv.append("host-").append(i).append(",Host ").append(i).append(",host.server,owner@example.org\n");
            }
            return csv.toString();
        }

        @Override
        public void close() {
            threads.shutdown();
            nodes.forEach(TestApp::close);
        }
    }
}
