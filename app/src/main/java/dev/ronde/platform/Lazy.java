package dev.ronde.platform;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when somebody first needs it, once, whatever the number of threads: what no request has asked for yet costs a start
 * nothing. Where making it fails, the failure reaches the caller and the next one tries again.
 *
 * @param <T> type of the value
 */
public final class Lazy<T> implements Supplier<T> {
    private final Supplier<? extends T> maker;
    private volatile @Nullable T value;

    private Lazy(Supplier<? extends T> maker) {
        this.maker = maker;
    }

    public static <T> Lazy<T> of(Supplier<? extends T> maker) {
        return new Lazy<>(maker);
    }

    @Override
    public T get() {
        T known = value;
        return known != null ? known : make();
    }

    private synchronized T make() {
        T known = value;
        if (known == null) {
            known = maker.get();
            value = known;
        }
        return known;
    }
}
