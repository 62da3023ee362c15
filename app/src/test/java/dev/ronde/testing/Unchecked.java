package dev.ronde.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;

/** Does what may throw a checked exception that no test counts with. */
public final class Unchecked {
    private Unchecked() {}

    /** An act without an outcome. */
    public interface Act {
        void run() throws Exception;
    }

    public static <T> T get(Callable<T> call) {
        try {
            return call.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static void run(Act act) {
        get(() -> {
            act.run();
            return act;
        });
    }
}
