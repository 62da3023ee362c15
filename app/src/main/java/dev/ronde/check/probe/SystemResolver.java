package dev.ronde.check.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The resolver of the operating system, with a time limit it does not have by itself. */
record SystemResolver(ExecutorService threads, Duration patience) implements Resolver, AutoCloseable {
    static SystemResolver start() {
        return new SystemResolver(
                Executors.newCachedThreadPool(task -> new ProbeThread(task, "probe-resolver")), Duration.ofSeconds(3));
    }

    @Override
    public List<InetAddress> resolve(String name) throws UnknownHostException {
        Future<List<InetAddress>> answer = threads.submit(() -> List.of(InetAddress.getAllByName(name)));
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw unknown(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown(name, e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static UnknownHostException unknown(String name, Exception cause) {
        UnknownHostException exception = new UnknownHostException(name);
        exception.initCause(cause);
        return exception;
    }
}
