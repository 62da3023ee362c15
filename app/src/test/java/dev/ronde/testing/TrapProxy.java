package dev.ronde.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lies between a client and a server on loopback and springs a trap, once, when the client sends certain words. */
public final class TrapProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
    private final AtomicInteger passed = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** When a trap springs: before the server hears the words, after it answered and before the client hears that, or a while later. */
    public enum When {
        BEFORE,
        AFTER,
        LATER
    }

    /**
     * What is waited for and what happens then.
     *
     * @param words looked for in what the client sends at once
     * @param skipped how many times the words pass before
     * @param delay only for {@link When#LATER}
     */
    public record Trap(Pattern words, When when, int skipped, Duration delay, Runnable action) {}

    public TrapProxy(int target) {
        this.target = target;
        listener = Unchecked.get(() -> new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Sets a trap in the place of the one before. */
    public void set(Trap next) {
        passed.set(0);
        trap.set(next);
    }

    /** Takes the trap away.
     *
     * @return whether it had sprung */
    public boolean clear() {
        return trap.getAndSet(null) == null;
    }

    @Override
    public void close() {
        Unchecked.run(() -> {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        });
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "trap-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                AtomicReference<@Nullable Trap> atAnswer = new AtomicReference<>();
                start(() -> pump(client, server, chunk -> said(chunk, atAnswer)));
                start(() -> pump(server, client, chunk -> answered(atAnswer)));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Looks at what is about to be passed on. */
    @FunctionalInterface
    private interface Watch {
        /** Whether it may be. */
        boolean passes(String chunk);
    }

    private boolean said(String chunk, AtomicReference<@Nullable Trap> atAnswer) {
        Trap set = trap.get();
        if (set == null
                || !set.words().matcher(chunk).find()
                || passed.getAndIncrement() < set.skipped()
                || !trap.compareAndSet(set, null)) {
            return true;
        }
        switch (set.when()) {
            case BEFORE -> {
                set.action().run();
                return false;
            }
            case AFTER -> atAnswer.set(set);
            case LATER ->
                start(() -> {
                    LockSupport.parkNanos(set.delay().toNanos());
                    set.action().run();
                });
        }
        return true;
    }

    private static boolean answered(AtomicReference<@Nullable Trap> atAnswer) {
        Trap set = atAnswer.getAndSet(null);
        if (set == null) {
            return true;
        }
        set.action().run();
        return false;
    }

    private static void pump(Socket from, Socket to, Watch watch) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!watch.passes(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one of them has gone
        }
    }
}
