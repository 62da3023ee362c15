package dev.ronde.platform.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Figures over a whole estate. Where reading one is quick it is read for every request; where it is slow it is kept for two minutes
 * and read anew by the tick, so that nobody waits for it. What is shown says as of when it is.
 *
 * @param <K> what tells figures apart, such as the zone of the reader
 * @param <V> the figure
 */
public final class KeptFigures<K, V> implements Tick {
    /** A figure that takes longer is kept. */
    static final Duration SLOW = Duration.ofMillis(200);

    static final Duration KEPT = Duration.ofMinutes(2);
    /** A figure nobody asked for any more is let go. */
    static final Duration UNUSED = Duration.ofHours(1);

    private final String name;
    private final InstantSource clock;
    private final Function<K, V> reading;
    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();

    public KeptFigures(String name, InstantSource clock, Function<K, V> reading) {
        this.name = name;
        this.clock = clock;
        this.reading = reading;
    }

    private record Kept<V>(V value, Instant readAt, Instant askedAt) {
        boolean goodAt(Instant now) {
            return !now.isBefore(readAt) && now.isBefore(readAt.plus(KEPT));
        }
    }

    /** The figure, at most two minutes old. */
    public V get(K key) {
        Instant now = clock.instant();
        Kept<V> found = kept.get(key);
        if (found != null && found.goodAt(now)) {
            kept.replace(key, found, new Kept<>(found.value(), found.readAt(), now));
            return found.value();
        }
        return read(key, now);
    }

    private V read(K key, Instant askedAt) {
        Instant began = clock.instant();
        V value = reading.apply(key);
        if (Duration.between(began, clock.instant()).compareTo(SLOW) > 0) {
            kept.put(key, new Kept<>(value, began, askedAt));
        } else {
            kept.remove(key);
        }
        return value;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Reads anew what is kept and was asked for within the hour. */
    @Override
    public int run(Instant now) {
        kept.values().removeIf(figure -> figure.askedAt().plus(UNUSED).isBefore(now));
        kept.forEach((key, figure) -> read(key, figure.askedAt()));
        return 0;
    }
}
