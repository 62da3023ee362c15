package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.RedisLikeServer;
import dev.ronde.testing.ServerProcess;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill −9 at seeded moments, on H2 alone and on one of two nodes of a PostgreSQL: every due occurrence is judged or missed exactly once,
 * and the ledger verifies. At full scale 5,000 due checks and 25 kills a database; otherwise few kills, spread over the same time.
 */
@Tag("long")
@OnBothDatabases
final class KillTest {
    private static final long SEED = 20191205L;
    private static final Duration QUIET = Duration.ofMinutes(4);

    /** Longer than a sweep leases its rows. */
    private static final Duration PAST_LEASES = Duration.ofMinutes(6);

    private final DatabaseKind kind;
    private final boolean full = "full".equals(System.getProperty("ronde.scale"));
    private final int assets = full ? 5_000 : 200;
    private final int kills = full ? 25 : 2;
    private final int longestMillis = full ? 4_000 : 1_200;
    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    KillTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @Test
    void losesAndDoublesNothing() throws Exception {
        try (RedisLikeServer redis = new RedisLikeServer()) {
            DatabaseUrl url = kind == DatabaseKind.H2
                    ? DatabaseUrl.h2File(
                            Terminal.migrated(folder.resolve("node0")).resolve("ronde"))
                    : TestDatabase.migratedUrl(kind);
            List<Map<String, String>> nodes = nodes(redis.port(), url);
            List<ServerProcess> running = new ArrayList<>();
            running.add(start(0, nodes));
            running.get(0).call("POST", "/api/v1/assets/import", "text/csv", csv(redis.port()));
            for (int node = 1; node < nodes.size(); node++) {
                running.add(start(node, nodes));
            }
            for (int round = 0; round < kills; round++) {
                int victim = random.nextInt(running.size());
                ServerProcess mover = running.get(running.size() - 1 - victim);
                CompletableFuture<Void> moved = Elsewhere.run(() -> advance(mover));
                int slice = longestMillis / kills;
                LockSupport.parkNanos(Duration.ofMillis(20 + round * slice + random.nextInt(slice))
                        .toNanos());
                running.get(victim).kill();
                moved.exceptionally(gone -> null).join();
                running.set(victim, start(victim, nodes));
            }
            awaitQuiet(running);
            running.forEach(ServerProcess::close);
            verify(url, running.get(0));
        }
    }

    private List<Map<String, String>> nodes(int port, DatabaseUrl url) {
        Map<String, String> common = new HashMap<>();
        common.put("RONDE_TEST_CLOCK", "2026-03-02T08:00:00Z");
        common.put("RONDE_PROBE_ALLOW", "127.0.0.0/8:" + port);
        common.put("RONDE_ZONE", "Europe/Paris");
        if (kind == DatabaseKind.H2) {
            return List.of(common);
        }
        common.put("RONDE_DB_URL", url.url());
        common.put("RONDE_DB_USER", String.valueOf(url.user()));
        common.put("RONDE_DB_PASSWORD", String.valueOf(url.password()));
        common.put("RONDE_LEDGER_KEY", folder.resolve("keys/ledger.key").toString());
        common.put("RONDE_EXPORT_KEY", folder.resolve("keys/export.key").toString());
        common.put("RONDE_MAIL_KEY", folder.resolve("keys/mail.key").toString());
        return List.of(common, common);
    }

    private ServerProcess start(int node, List<Map<String, String>> nodes) {
        return ServerProcess.start(folder.resolve("node" + node), nodes.get(node))
                .awaitReady();
    }

    private static void advance(ServerProcess server) {
        try {
            server.call("POST", "/api/v1/test/clock", "application/json", "{\"advance\":\"PT70M\"}");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String csv(int port) {
        StringBuilder csv = new StringBuilder("ref,name,kind,owner_email,address,port,probe_authorised_until\n");
        for (int i = 0; i < assets; i++) {
            csv.append("cache-")
                    .append(i)
                    .append(",Cache ")
                    .append(i)
                    .append(",service.redis,owner@example.org,127.")
                    .append(1 + i / 62_500)
                    .append('.')
                    .append(i / 250 % 250)
                    .append('.')
                    .append(1 + i % 250)
                    .append(',')
                    .append(port)
                    .append(",2027-12-31\n");
        }
        return csv.toString();
    }

    /** Waits until nobody holds what a killed process had leased, the servers have nothing due any more and everything is sealed. */
    private void awaitQuiet(List<ServerProcess> running) throws IOException {
        running.get(0).call("POST", "/api/v1/test/clock", "application/json", "{\"advance\":\"" + PAST_LEASES + "\"}");
        long end = System.nanoTime() + QUIET.toNanos();
        while (System.nanoTime() < end) {
            String now = running.get(0)
                    .call("POST", "/api/v1/test/clock", "application/json", "{\"advance\":\"PT1S\"}")
                    .path("now")
                    .asString("");
            if (!now.isEmpty() && runsSettled(running.get(0))) {
                return;
            }
        }
        throw new IllegalStateException("work was still due:\n" + running.get(0).log());
    }

    private boolean runsSettled(ServerProcess server) throws IOException {
        long before = server.call("GET", "/api/v1/check-runs?limit=1", "application/json", "")
                .path("total")
                .path("count")
                .asLong(0);
        server.call("POST", "/api/v1/test/clock", "application/json", "{\"advance\":\"PT10S\"}");
        long after = server.call("GET", "/api/v1/check-runs?limit=1", "application/json", "")
                .path("total")
                .path("count")
                .asLong(0);
        return before > 0 && before == after;
    }

    private record Occurrence(String assetId, String checkId, Instant dueAt) {}

    private void verify(DatabaseUrl url, ServerProcess server) throws Exception {
        try (Database database = Database.open(url, 4)) {
            List<Occurrence> all = database.read(
                    tx -> tx.createQuery("""
                            select cast(asset_id as varchar) as asset_id, check_id, due_at from check_run
                            union all
                            select cast(asset_id as varchar) as asset_id, check_id, due_at from check_missed
                            order by asset_id, check_id, due_at""").mapTo(Occurrence.class).list());
            Map<String, List<Instant>> byPair = new HashMap<>();
            all.forEach(one -> byPair.computeIfAbsent(one.assetId() + one.checkId(), pair -> new ArrayList<>())
                    .add(one.dueAt()));
            assertThat(byPair).hasSize(assets);
            Map<String, Instant> next = nextDue(database);
            assertThat(next).as("pairs that stay scheduled").containsOnlyKeys(byPair.keySet());
            byPair.forEach((pair, dues) -> {
                assertThat(dues).as("each occurrence once").doesNotHaveDuplicates();
                assertThat(dues).as("several occurrences").hasSizeGreaterThan(1);
                dues.add(next.get(pair));
                Duration step = Duration.between(dues.get(0), dues.get(1));
                for (int i = 2; i < dues.size(); i++) {
                    assertThat(Duration.between(dues.get(i - 1), dues.get(i)))
                            .as("no occurrence is lost")
                            .isEqualTo(step);
                }
            });
            assertThat(all.size()).isGreaterThan(assets);
            long runs = count(database, "select count(*) from check_run");
            long results = count(database, "select count(*) from evidence_record where rec_type = 'check.result'");
            assertThat(results).as("one record a run").isEqualTo(runs);
            long missed = count(database, "select count(*) from check_missed");
            assertThat(count(database, "select count(*) from evidence_record where rec_type = 'run.missed'"))
                    .as("one record a missed run")
                    .isEqualTo(missed);
        }
        server.verifyLedger(LocalDate.parse("2026-03-02"));
    }

    private static Map<String, Instant> nextDue(Database database) {
        return database.read(tx -> tx.createQuery("""
                        select cast(subject_id as varchar) as asset_id, ref_id as check_id, next_due_at as due_at from due
                        where kind = 'check'""").mapTo(Occurrence.class).stream()
                .collect(Collectors.toMap(one -> one.assetId() + one.checkId(), Occurrence::dueAt)));
    }

    private static long count(Database database, String sql) {
        return database.read(tx -> tx.createQuery(sql).mapTo(Long.class).one());
    }
}
