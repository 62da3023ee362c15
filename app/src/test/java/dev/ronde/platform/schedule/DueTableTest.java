package dev.ronde.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class DueTableTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    @AutoClose
    private final TestDatabase test;

    private final TestClock clock = new TestClock();
    private final DueTable due;

    DueTableTest(DatabaseKind kind) {
        test = TestDatabase.open(kind);
        due = new DueTable(test.database(), clock);
    }

    @Test
    void claimsOldestFirstAndOnlyWhatIsDue() {
        DueKey late = key("late");
        DueKey later = key("later");
        DueKey future = key("future");
        schedule(late, clock.instant().minusSeconds(60));
        schedule(later, clock.instant().minusSeconds(30));
        schedule(future, clock.instant().plusSeconds(1));

        List<Claim> claims = due.claim("check", clock.instant(), 10, LEASE);

        assertThat(claims).extracting(Claim::key).containsExactly(late, later);
        assertThat(due.claim("check", clock.instant(), 10, LEASE)).isEmpty();
    }

    @Test
    void completesOnlyWhileTheTokenHolds() {
        DueKey key = key("a");
        schedule(key, clock.instant());
        Claim first = due.claim("check", clock.instant(), 1, LEASE).get(0);
        clock.advance(LEASE.plusSeconds(1));
        Claim second = due.claim("check", clock.instant(), 1, LEASE).get(0);
        Instant next = clock.instant().plus(Duration.ofHours(1));

        assertThat(complete(Map.of(first, next))).isEmpty();
        assertThat(complete(Map.of(second, next))).containsExactly(second);
        assertThat(second.attempts()).isEqualTo(1);
        Map<String, Instant> stored = test.database().read(tx -> due.dueOf(tx, key.subjectId(), "check"));
        assertThat(stored).containsEntry("a", next);
    }

    /** For work that takes longer than the rest of its batch; whoever lost the lease extends nothing. */
    @Test
    void aLeaseIsMadeToLast() {
        DueKey key = key("long");
        schedule(key, clock.instant());
        Claim claim = due.claim("check", clock.instant(), 1, LEASE).get(0);
        Instant until = clock.instant().plus(LEASE.multipliedBy(3));
        assertThat(extend(claim, until)).isTrue();
        clock.advance(LEASE.multipliedBy(2));
        assertThat(leased(key)).isTrue();
        assertThat(due.claim("check", clock.instant(), 1, LEASE)).isEmpty();
        clock.advance(LEASE);
        assertThat(leased(key)).isFalse();
        assertThat(due.claim("check", clock.instant(), 1, LEASE)).hasSize(1);
        assertThat(extend(claim, until.plus(LEASE.multipliedBy(9)))).isFalse();
    }

    private boolean extend(Claim claim, Instant until) {
        return test.database().inTransaction(tx -> due.extend(tx, claim, until));
    }

    private boolean leased(DueKey key) {
        return test.database().read(handle -> due.isLeased(handle, key, clock.instant()));
    }

    /** A push that comes while the pair is being judged is not looked at by that run. */
    @Test
    void whatBecameDueAnewWhileItWasWorkedOnStaysDue() {
        DueKey moved = key("moved");
        DueKey gone = key("gone");
        schedule(moved, clock.instant());
        schedule(gone, clock.instant());
        List<Claim> claims = due.claim("check", clock.instant(), 2, LEASE);
        clock.advance(Duration.ofSeconds(1));
        schedule(moved, clock.instant());

        assertThat(complete(Map.of(
                        claims.get(0), clock.instant().plusSeconds(3600),
                        claims.get(1), clock.instant().plusSeconds(3600))))
                .hasSize(2);
        assertThat(due.claim("check", clock.instant(), 2, LEASE))
                .extracting(Claim::key)
                .containsExactly(moved);
        test.database().useTransaction(tx -> claims.forEach(claim -> due.remove(tx, claim)));
        Map<String, Instant> left = test.database().read(tx -> due.dueOf(tx, moved.subjectId(), "check"));
        assertThat(left).containsKey("moved");
    }

    @Test
    void completesABatch() {
        for (int i = 0; i < 300; i++) {
            schedule(key("c" + i), clock.instant());
        }
        List<Claim> claims = due.claim("check", clock.instant(), 200, LEASE);
        Map<Claim, Instant> next = new LinkedHashMap<>();
        claims.forEach(claim -> next.put(claim, clock.instant().plusSeconds(3600)));

        assertThat(complete(next)).hasSize(200);
        assertThat(due.claim("check", clock.instant(), 500, LEASE)).hasSize(100);
    }

    @Test
    void concurrentClaimersNeverShareARow() throws Exception {
        for (int i = 0; i < 400; i++) {
            schedule(key("c" + i), clock.instant());
        }
        Set<DueKey> claimed = ConcurrentHashMap.newKeySet();
        Set<DueKey> doubled = new HashSet<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Void> worker = () -> {
                List<Claim> claims;
                int empty = 0;
                while (empty < 20) {
                    claims = due.claim("check", clock.instant(), 25, LEASE);
                    empty = claims.isEmpty() ? empty + 1 : 0;
                    for (Claim claim : claims) {
                        if (!claimed.add(claim.key())) {
                            synchronized (doubled) {
                                doubled.add(claim.key());
                            }
                        }
                    }
                }
                return null;
            };
            threads.invokeAll(List.of(worker, worker, worker, worker));
        } finally {
            threads.shutdownNow();
        }
        assertThat(doubled).isEmpty();
        assertThat(claimed).hasSize(400);
    }

    private static DueKey key(String ref) {
        return new DueKey(UUID.nameUUIDFromBytes(ref.getBytes(java.nio.charset.StandardCharsets.UTF_8)), "check", ref);
    }

    private void schedule(DueKey key, Instant at) {
        test.database().useTransaction(tx -> due.schedule(tx, key, at));
    }

    private Set<Claim> complete(Map<Claim, Instant> next) {
        return test.database().inTransaction(tx -> due.complete(tx, next));
    }
}
