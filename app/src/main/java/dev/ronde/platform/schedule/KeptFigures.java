package dev.ronde.platform.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Figures over a whole estate. Where reading one is quick it is read for every request; where it is slow it is kept for two minutes
 * or twenty times what it took, and read anew by the tick, so that nobody waits for it. What is shown says as of when it is.
 *
 * @param <K> what tells figures apart
 * @param <V> the figure
 */
public final class KeptFigures<K, V> implements Tick {
    /** A figure that takes longer is kept. */
    static final Duration SLOW = Duration.ofMillis(50);

    static final Duration KEPT = Duration.ofMinutes(2);
    /** A figure nobody asked for any more is let go. */
    static final Duration UNUSED = Duration.ofHours(1);
    /** The tick spends at most one part in so many of the time on a figure. */
    private static final int SHARE = 20;

    private final String name;
    private final InstantSource clock;
    private final Function<K, V> reading;
    private final @Nullable K standard;
    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();
    private volatile boolean quick;

    /** Figures of which none is read before somebody asks for it. */
    public static <K, V> KeptFigures<K, V> onDemand(String name, InstantSource clock, Function<K, V> reading) {
        return new KeptFigures<>(name, clock, null, reading);
    }

    /** @param standard the figure that is read before anybody asks for it, and never let go; null for none */
    public KeptFigures(String name, InstantSource clock, @Nullable K standard, Function<K, V> reading) {
        this.name = name;
        this.clock = clock;
        this.standard = standard;
        this.reading = reading;
    }

    private record Kept<V>(V value, Instant readAt, Duration took, Instant askedAt) {
        boolean goodAt(Instant now) {
            Duration share = took.multipliedBy(SHARE);
            return !now.isBefore(readAt) && now.isBefore(readAt.plus(share.compareTo(KEPT) > 0 ? share : KEPT));
        }

        boolean worthReading(Instant now) {
            return now.isBefore(readAt) || !now.isBefore(readAt.plus(took.multipliedBy(SHARE / 2)));
        }
    }

    /** The standard figure; there must be one. */
    public V get() {
        return get(Objects.requireNonNull(standard, name));
    }

    /** The figure, at most two minutes old, or as old as twenty times what reading it takes. */
    public V get(K key) {
        Instant now = clock.instant();
        Kept<V> found = kept.get(key);
        if (found != null && found.goodAt(now)) {
            kept.replace(key, found, new Kept<>(found.value(), found.readAt(), found.took(), now));
            return found.value();
        }
        return read(key, now);
    }

    private V read(K key, Instant askedAt) {
        Instant began = clock.instant();
        V value = reading.apply(key);
        Duration took = Duration.between(began, clock.instant());
        boolean slow = took.compareTo(SLOW) > 0;
        if (slow) {
            kept.put(key, new Kept<>(value, began, took, askedAt));
        } else {
            kept.remove(key);
        }
        quick = key.equals(standard) ? !slow : quick;
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

    /** Reads anew what is kept and was asked for within the hour, and the standard figure unless it is quick. */
    @Override
    public int run(Instant now) {
        kept.entrySet()
                .removeIf(figure -> !figure.getKey().equals(standard)
                        && figure.getValue().askedAt().plus(UNUSED).isBefore(now));
        if (standard != null && !quick && !kept.containsKey(standard)) {
            read(standard, now);
        }
        kept.forEach((key, figure) -> {
            if (figure.worthReading(now)) {
                read(key, figure.askedAt());
            }
        });
        return 0;
    }
}
