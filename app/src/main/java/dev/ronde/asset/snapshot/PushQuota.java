package dev.ronde.asset.snapshot;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.limit.Allowance;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.problem.Problem;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits of pushing, the same on every node: per token and asset, and a hundred times as much per token. Large documents are read one
 * after the other. Commands on the server push without a token and without limits.
 */
public final class PushQuota {
    private static final Allowance DOCUMENTS = new Allowance(240, Duration.ofSeconds(10));

    private static final int PART = 64 << 10;
    /** KiB of new stored content: 32 MiB at once and as much per day. */
    private static final Allowance STORED =
            new Allowance(32 << 10, Duration.ofDays(1).dividedBy(32 << 10));

    private static final int ASSETS = 100;

    /** Reading a large document takes a processor for a second and many times its size in memory. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Allowances allowances;
    private final Semaphore large = new Semaphore(1, true);

    public PushQuota(Allowances allowances) {
        this.allowances = allowances;
    }

    /** @throws Problem 429 where the token has pushed too much for the asset */
    void received(Principal principal, Asset asset, int bytes) {
        take("snapshot documents", DOCUMENTS, 1 + bytes / PART, principal, asset);
    }

    /** @throws Problem 429 where too much of what the token pushed for the asset was new */
    void stored(Principal principal, Asset asset, int characters) {
        take("snapshot storage", STORED, 1 + characters / 1024, principal, asset);
    }

    private void take(String what, Allowance allowance, int amount, Principal principal, Asset asset) {
        UUID token = principal.tokenId();
        if (token != null) {
            take(what + " " + token + " " + asset.id(), allowance, amount);
            Allowance all = new Allowance(
                    allowance.burst() * ASSETS, allowance.interval().dividedBy(ASSETS));
            take(what + " " + token, all, amount);
        }
    }

    private void take(String key, Allowance allowance, int amount) {
        allowances.take(key, allowance, amount).ifPresent(wait -> {
            throw Problem.tooMany(wait);
        });
    }

    /** Reads one large document at a time; a {@link Problem} 429 if its turn does not come in time. */
    <T> T reading(int bytes, Supplier<T> work) {
        if (bytes <= PART) {
            return work.get();
        }
        try {
            if (!large.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw Problem.tooMany(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.tooMany(PATIENCE);
        }
        try {
            return work.get();
        } finally {
            large.release();
        }
    }
}
