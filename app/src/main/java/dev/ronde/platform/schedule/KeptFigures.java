package dev.ronde.platform.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Figures over a whole estate. Where reading one is quick it is read for every request. One that was slow twice in a row is kept for two
 * minutes, for less where it is not that slow, and read anew by the tick, so that nobody waits for it. What is shown says as of when
 * it is. The first reading of a process is slow for reasons of its own, and alone it keeps nothing. Over a small estate nothing is kept at
 * all: there a slow reading says something of the machine, and not of the estate.
 *
 * @param <K> what tells figures apart
 * @param <V> the figure
 */
public final class KeptFigures<K, V> implements Tick {
    static final Duration SLOW = Duration.ofMillis(100);

    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final int QUICK_SHARE = 120;
    private static final int SLOW_SHARE = 20;
    private static final Duration UNUSED = Duration.ofHours(1);

    private final String name;
    private final InstantSource clock;
    private final Function<K, V> reading;
    private final BooleanSupplier large;
    private final @Nullable K standard;
    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();
    private final Map<K, Duration> lastTook = new ConcurrentHashMap<>();

    /**
     * Figures of which one is read before anybody asks for it.
     *
     * @param large whether the estate is so large that a figure may be kept
     * @param standard the figure that is read before anybody asks for it, and never let go; null for none
     */
    public KeptFigures(
            String name, InstantSource clock, BooleanSupplier large, @Nullable K standard, Function<K, V> reading) {
        this.name = name;
        this.clock = clock;
        this.large = large;
        this.standard = standard;
        this.reading = reading;
    }

    public record Read<V>(V value, Instant at) {}

    private record Kept<V>(V value, Instant readAt, Duration took, Instant askedAt) {
        private Duration life() {
            return longer(took.multipliedBy(SLOW_SHARE), shorter(took.multipliedBy(QUICK_SHARE), KEPT));
        }

        boolean goodAt(Instant now) {
            return !now.isBefore(readAt) && now.isBefore(readAt.plus(life()));
        }

        boolean worthReading(Instant now) {
            return !goodAt(now) || !now.isBefore(readAt.plus(life().dividedBy(2)));
        }
    }

    public V get() {
        return get(Objects.requireNonNull(standard, name));
    }

    /** The figure, at most two minutes old, or as old as twenty times what reading it takes. */
    public V get(K key) {
        return read(key).value();
    }

    public Read<V> read(K key) {
        Instant now = clock.instant();
        Kept<V> found = kept.get(key);
        if (found != null && found.goodAt(now) && large.getAsBoolean()) {
            kept.replace(key, found, new Kept<>(found.value(), found.readAt(), found.took(), now));
            return new Read<>(found.value(), found.readAt());
        }
        return new Read<>(read(key, now), now);
    }

    private V read(K key, Instant askedAt) {
        Instant began = clock.instant();
        V value = reading.apply(key);
        Duration took = Duration.between(began, clock.instant());
        Duration before = lastTook.put(key, took);
        Duration surely = before == null ? Duration.ZERO : shorter(before, took);
        if (surely.compareTo(SLOW) > 0 && large.getAsBoolean()) {
            kept.put(key, new Kept<>(value, began, surely, askedAt));
        } else {
            kept.remove(key);
        }
        return value;
    }

    @Override
    public String name() {
        return name;
    }

    /** Reads anew what is kept and was asked for within the hour, and the standard figure unless it is quick. */
    @Override
    public int run(Instant now) {
        if (!large.getAsBoolean()) {
            kept.clear();
            return 0;
        }
        kept.entrySet()
                .removeIf(figure -> !figure.getKey().equals(standard)
                        && figure.getValue().askedAt().plus(UNUSED).isBefore(now));
        kept.forEach((key, figure) -> {
            if (figure.worthReading(now)) {
                read(key, figure.askedAt());
            }
        });
        while (standard != null && !kept.containsKey(standard) && !isQuick(standard)) {
            read(standard, now);
        }
        return 0;
    }

    private boolean isQuick(K key) {
        Duration took = lastTook.get(key);
        return took != null && took.compareTo(SLOW) <= 0;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
