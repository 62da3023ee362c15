package dev.ronde.account;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often an address and a network address may try a password: ten attempts, then one a minute, for each mail
 * address; fifty, then five a minute, for each network address. Held in memory of this node; a right password gives its
 * attempt back.
 */
final class AttemptLimits {
    private static final int ADDRESS_ATTEMPTS = 10;
    private static final int NETWORK_ATTEMPTS = 50;
    private static final int REMEMBERED = 20_000;

    private final TimeMeter meter;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    AttemptLimits(InstantSource clock) {
        this.meter = new ClockMeter(clock);
    }

    /** Takes one attempt; the time to wait when there is none left. */
    synchronized Optional<Duration> take(String address, String network) {
        ConsumptionProbe byNetwork = network(network).tryConsumeAndReturnRemaining(1);
        if (!byNetwork.isConsumed()) {
            return Optional.of(Duration.ofNanos(byNetwork.getNanosToWaitForRefill()));
        }
        ConsumptionProbe byAddress = address(address).tryConsumeAndReturnRemaining(1);
        return byAddress.isConsumed()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(byAddress.getNanosToWaitForRefill()));
    }

    synchronized void giveBack(String address, String network) {
        network(network).addTokens(1);
        address(address).addTokens(1);
    }

    private Bucket address(String address) {
        return buckets.computeIfAbsent("a " + address, key -> bucket(ADDRESS_ATTEMPTS, 1));
    }

    private Bucket network(String network) {
        return buckets.computeIfAbsent("n " + network, key -> bucket(NETWORK_ATTEMPTS, 5));
    }

    private Bucket bucket(int attempts, int perMinute) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(attempts).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(meter)
                .build();
    }

    /** Lets the buckets obey the product's clock. */
    private record ClockMeter(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return Duration.ofMillis(clock.millis()).toNanos();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
