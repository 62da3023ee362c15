package dev.ronde.check.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Proves that this vantage reaches anything at all, by a connection to {@code RONDE_PROBE_CANARY}: any answer does, a refusal
 * included. Asked at most once a minute; nothing is sent.
 */
final class VantageCanary {
    private static final long KEEP_NANOS = 60_000_000_000L;
    private static final int CONNECT_MILLIS = 3_000;

    private final @Nullable HostPort canary;
    private final Resolver resolver;
    private final LongSupplier nanos;
    private boolean asked;
    private boolean ok;
    private long askedAt;

    VantageCanary(@Nullable HostPort canary, Resolver resolver, LongSupplier nanos) {
        this.canary = canary;
        this.resolver = resolver;
        this.nanos = nanos;
    }

    /** Returns whether the canary answered within the last minute; false where none is set. */
    synchronized boolean isOk() {
        if (canary == null) {
            return false;
        }
        long now = nanos.getAsLong();
        if (!asked || now - askedAt >= KEEP_NANOS) {
            ok = answers(canary);
            asked = true;
            askedAt = now;
        }
        return ok;
    }

    private boolean answers(HostPort to) {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            InetAddress address = to.host().address().isPresent()
                    ? to.host().address().get()
                    : resolver.resolve(to.host().text()).get(0);
            ProbeThread.owns(socket);
            socket.connect(new InetSocketAddress(address, to.port()), CONNECT_MILLIS);
            return true;
        } catch (ConnectException e) {
            return String.valueOf(e.getMessage()).contains("refused");
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ProbeSession.StoppedException();
            }
            return false;
        } finally {
            ProbeThread.ownsNothing();
        }
    }
}
