package dev.ronde.mail;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fast mails may leave: so many a second in all, 60 a minute to one domain, slower for a while when the server asks. */
final class Pace {
    private static final int PER_DOMAIN = 60;
    private static final int DOMAINS_KEPT = 5_000;
    private static final int SLOWEST_PER_MINUTE = 6;

    private final boolean domainsLimited;
    private final Map<String, Bucket> domains = new LinkedHashMap<>();
    private long perMinute;
    private @Nullable Bucket all;

    /** @param perSecond 0 for no limit */
    Pace(int perSecond, boolean domainsLimited) {
        this.domainsLimited = domainsLimited;
        this.perMinute = perSecond * 60L;
        this.all = perSecond == 0 ? null : bucket(perMinute);
    }

    int take(int wanted) {
        Bucket bucket = all;
        return bucket == null ? wanted : Math.toIntExact(bucket.tryConsumeAsMuchAsPossible(wanted));
    }

    void await() throws InterruptedException {
        Bucket bucket = all;
        if (bucket != null) {
            bucket.asBlocking().consume(1);
        }
    }

    /** A large number if there is no limit. */
    int perSecond() {
        return all == null ? Integer.MAX_VALUE : Math.toIntExact(Math.max(1, perMinute / 60));
    }

    /** Whether the address's domain may get another mail this minute; if so, this one counts. */
    boolean takes(String address) {
        if (!domainsLimited) {
            return true;
        }
        if (domains.size() > DOMAINS_KEPT) {
            domains.clear();
        }
        String domain = address.substring(address.lastIndexOf('@') + 1);
        return domains.computeIfAbsent(
                        domain,
                        name -> Bucket.builder()
                                .addLimit(limit ->
                                        limit.capacity(PER_DOMAIN).refillGreedy(PER_DOMAIN, Duration.ofMinutes(1)))
                                .build())
                .tryConsume(1);
    }

    /** Halves the rate until the process starts again, because the server asked for less. */
    void slowDown() {
        perMinute = perMinute == 0 ? 300 : Math.max(SLOWEST_PER_MINUTE, perMinute / 2);
        all = bucket(perMinute);
    }

    private static Bucket bucket(long perMinute) {
        long burst = Math.max(1, perMinute / 60);
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build();
    }
}
