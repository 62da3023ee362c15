package dev.ronde.asset.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ronde.asset.TestInventory;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class PushQuotaTest {
    private static final int MIB = 1 << 20;

    @AutoClose
    private final TestDatabase test = TestDatabase.open(DatabaseKind.H2);

    private final TestClock clock = new TestClock();

    private static Principal by(UUID token) {
        return new Principal("t:0000000000000001", "agent", Role.AGENT, Channel.API, "token", null, token);
    }

    @Test
    void aTokenStoresSoMuchThatIsNewInADay() {
        Asset asset = new TestInventory(test.database(), clock, Set.of("host.server")).asset("srv", "host.server");
        PushQuota quota = new PushQuota(new Allowances(test.database(), clock));
        Principal agent = by(new UUID(1, 1));
        for (int round = 0; round < 31; round++) {
            quota.stored(agent, asset, MIB - 1);
        }
        quota.stored(agent, asset, MIB / 2);
        Problem refused = catchThrowableOfType(Problem.class, () -> quota.stored(agent, asset, MIB));
        assertThat(refused.status()).isEqualTo(429);
        assertThat((long) refused.extra().get("retry_after")).isBetween(1L, 3_600L);
        quota.stored(by(new UUID(1, 2)), asset, MIB);
        clock.advance(Duration.ofHours(1));
        quota.stored(agent, asset, MIB);
    }

    /** Whoever may push for every asset has no more for being able to name many. */
    @Test
    void aTokenHasALimitForAllAssetsTogether() {
        TestInventory inventory = new TestInventory(test.database(), clock, Set.of("host.server"));
        PushQuota quota = new PushQuota(new Allowances(test.database(), clock));
        Principal agent = by(new UUID(1, 1));
        for (int number = 0; number < 103; number++) {
            quota.stored(agent, inventory.asset("srv-" + number, "host.server"), 31 * MIB);
        }
        Asset further = inventory.asset("srv-further", "host.server");
        Problem refused = catchThrowableOfType(Problem.class, () -> quota.stored(agent, further, 31 * MIB));
        assertThat(refused.status()).isEqualTo(429);
        quota.stored(by(new UUID(1, 2)), further, 31 * MIB);
    }
}
