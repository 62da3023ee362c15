package dev.ronde.mail.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Reports about several addresses, counted at once in transactions that began with different ones, wait and do not deadlock. */
@OnBothDatabases
final class AddressHealthLocksTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

    @AutoClose
    private final TestDatabase test;

    private final AddressHealth health = new AddressHealth();

    AddressHealthLocksTest(DatabaseKind kind) {
        test = TestDatabase.open(kind);
    }

    /** Counts both in one transaction; between them it waits for the other one to have begun, as long as that can. */
    private CompletableFuture<Void> counting(String first, String second, CountDownLatch begun) {
        return Elsewhere.run(() -> test.database().useTransaction(tx -> {
            health.hard(tx, first, null, "550 unknown", NOW);
            begun.countDown();
            awaitShortly(begun);
            health.soft(tx, second, null, "452 full", NOW);
        }));
    }

    private static void awaitShortly(CountDownLatch begun) {
        try {
            begun.await(700, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The rows of the domain and of its people are there already, so that nobody waits for a row that is being made. */
    private void known() {
        test.database().useTransaction(tx -> {
            health.hard(tx, "alice@corp.example", null, "550 unknown", NOW.minus(Duration.ofDays(40)));
            health.hard(tx, "bob@corp.example", null, "550 unknown", NOW.minus(Duration.ofDays(40)));
        });
    }

    @Test
    void twoReportsAboutTheSamePeopleWaitForEachOther() throws Exception {
        known();
        CountDownLatch begun = new CountDownLatch(2);
        CompletableFuture<Void> one = counting("alice@corp.example", "bob@corp.example", begun);
        CompletableFuture<Void> other = counting("bob@corp.example", "alice@corp.example", begun);
        one.get(20, TimeUnit.SECONDS);
        other.get(20, TimeUnit.SECONDS);
        assertThat(state("alice@corp.example")).isEqualTo("suspect");
        assertThat(state("bob@corp.example")).isEqualTo("suspect");
    }

    @Test
    void whatArrivedWaitsForTheDomainToo() throws Exception {
        known();
        CountDownLatch begun = new CountDownLatch(2);
        CompletableFuture<Void> one = counting("alice@corp.example", "bob@corp.example", begun);
        CompletableFuture<Void> other = Elsewhere.run(() -> test.database().useTransaction(tx -> {
            health.ok(tx, "bob@corp.example", NOW);
            begun.countDown();
            awaitShortly(begun);
            health.ok(tx, "alice@corp.example", NOW);
        }));
        one.get(20, TimeUnit.SECONDS);
        other.get(20, TimeUnit.SECONDS);
    }

    @Test
    void severalDomainsAreTakenInOneOrder() {
        List<String> addresses = new ArrayList<>(
                List.of("zoe@a.example", "Bob@B.example", "amy@b.example", "amy@c.example", "adam@a.example"));
        addresses.sort(AddressHealth.ORDER);
        assertThat(addresses)
                .containsExactly("adam@a.example", "zoe@a.example", "amy@b.example", "Bob@B.example", "amy@c.example");
    }

    @Test
    void aDomainThatIsOnlyLockedIsNotHeld() {
        test.database().useTransaction(tx -> health.hard(tx, "alice@corp.example", null, "550 unknown", NOW));
        assertThat(test.database().<List<HeldDomain>>read(handle -> health.held(handle, NOW)))
                .isEmpty();
    }

    private String state(String address) {
        return Sql.text(
                test.database(), "select state from address_health where address = :address", "address", address);
    }
}
