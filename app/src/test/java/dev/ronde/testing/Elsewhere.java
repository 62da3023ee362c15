package dev.ronde.testing;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work beside the test, each piece in a thread of its own: on two processors the common pool has a single one. */
public final class Elsewhere {
    private Elsewhere() {}

    /** Computes something beside the test. */
    public static <T> CompletableFuture<T> supply(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Elsewhere::begin);
    }

    /** Does something beside the test. */
    public static CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, Elsewhere::begin);
    }

    private static void begin(Runnable work) {
        Thread thread = new Thread(work, "elsewhere");
        thread.setDaemon(true);
        thread.start();
    }
}
