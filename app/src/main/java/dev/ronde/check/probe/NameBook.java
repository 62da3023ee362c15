package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where names lead, for whoever counts probes by network. Names are looked up aside, so that no sweep waits for a name server, and kept
 * for five minutes. A probe never connects by it: it resolves for itself and tests what it gets. Safe for many threads.
 */
final class NameBook {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Resolver resolver;
    private final Executor aside;
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();

    NameBook(InstantSource clock, Resolver resolver, Executor aside) {
        this.clock = clock;
        this.resolver = resolver;
        this.aside = aside;
    }

    /** Finds no name. */
    static NameBook empty(InstantSource clock) {
        return new NameBook(
                clock,
                name -> {
                    throw new UnknownHostException(name);
                },
                Runnable::run);
    }

    /**
     * What is known of a name.
     *
     * @param known whether the answer is there
     * @param address where it leads; null while that is not known, and where it leads nowhere
     */
    record Entry(boolean known, @Nullable InetAddress address, Instant until) {}

    /** Does not wait for the name server; an answer that is not known yet is there a little later. */
    Entry find(String host) {
        Instant now = clock.instant();
        Optional<InetAddress> literal = HostName.literal(host);
        if (literal.isPresent()) {
            return new Entry(true, literal.get(), now);
        }
        Entry entry = entries.get(host);
        if (entry != null && !entry.until().isBefore(now)) {
            return entry;
        }
        Entry asked = new Entry(false, null, now.plus(KEPT));
        entries.put(host, asked);
        aside.execute(() -> entries.put(host, new Entry(true, resolved(host), now.plus(KEPT))));
        return entries.getOrDefault(host, asked);
    }

    void tidy() {
        Instant now = clock.instant();
        entries.values().removeIf(entry -> entry.until().isBefore(now));
    }

    private @Nullable InetAddress resolved(String host) {
        try {
            return resolver.resolve(HostName.parse(host).text()).stream()
                    .min(HostAddresses.ORDER)
                    .orElse(null);
        } catch (UnknownHostException | IllegalArgumentException e) {
            return null;
        }
    }
}
