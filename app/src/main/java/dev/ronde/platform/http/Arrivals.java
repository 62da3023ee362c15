package dev.ronde.platform.http;

import dev.ronde.platform.address.CidrBlock;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open: 256 of one address (an IPv6 /64 is one) unless it is a proxy we trust, and 1,000 of all. One over that is
 * closed; where all are open, the one that has owed a request longest makes room. So is one that brings no headers within a minute.
 */
final class Arrivals extends AbstractLifeCycle implements Connection.Listener {
    static final int OF_ONE_ADDRESS = 256;
    static final int OF_ALL = 1_000;
    private static final Duration HEADERS = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    private final TrustedProxies proxies;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<EndPoint, String> open = new ConcurrentHashMap<>();
    private final Map<EndPoint, Long> silent = new ConcurrentHashMap<>();

    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "arrivals");
        thread.setDaemon(true);
        return thread;
    });

    Arrivals(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    @Override
    protected void doStart() {
        Future<?> unused = watch.scheduleWithFixedDelay(
                this::look, LOOK_EVERY.toSeconds(), LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
        Future<?> ignored = watch.scheduleWithFixedDelay(
                () -> news().ifPresent(log::warn), TELL_EVERY.toSeconds(), TELL_EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    protected void doStop() {
        watch.shutdownNow();
    }

    private void look() {
        long now = System.nanoTime();
        silent.forEach((place, since) -> {
            if (now - since > HEADERS.toNanos() && silent.remove(place, since)) {
                place.close();
            }
        });
    }

    /** What was turned away since the last call, in one sentence; empty if nothing was. */
    Optional<String> news() {
        long connections = closed.getAndSet(0);
        long requests = refused.getAndSet(0);
        return connections + requests == 0
                ? Optional.empty()
                : Optional.of("too much at once in the last minute: " + connections + " connections closed, " + requests
                        + " requests refused");
    }

    void refused() {
        refused.incrementAndGet();
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint place = connection.getEndPoint();
        String address = address(place);
        if (open.putIfAbsent(place, address) != null) {
            return;
        }
        int ofThis = counts.merge(CidrBlock.site(address), 1, Integer::sum);
        silent.put(place, System.nanoTime());
        if (ofThis > OF_ONE_ADDRESS && !proxies.trusts(address)) {
            turnAway(place);
        } else if (open.size() > OF_ALL) {
            turnAway(longestSilent().orElse(place));
        }
    }

    private Optional<EndPoint> longestSilent() {
        long now = System.nanoTime();
        return silent.entrySet().stream()
                .max(Comparator.comparingLong(entry -> now - entry.getValue()))
                .map(Map.Entry::getKey);
    }

    private void turnAway(EndPoint place) {
        closed.incrementAndGet();
        silent.remove(place);
        place.close();
    }

    @Override
    public void onClosed(Connection connection) {
        EndPoint place = connection.getEndPoint();
        String address = open.remove(place);
        silent.remove(place);
        if (address != null) {
            counts.computeIfPresent(CidrBlock.site(address), (name, count) -> count > 1 ? count - 1 : null);
        }
    }

    void asked(Request request) {
        silent.remove(request.getConnectionMetaData().getConnection().getEndPoint());
    }

    void answered(Request request) {
        EndPoint place = request.getConnectionMetaData().getConnection().getEndPoint();
        open.computeIfPresent(place, (known, address) -> {
            silent.put(known, System.nanoTime());
            return address;
        });
    }

    private static String address(EndPoint place) {
        SocketAddress remote = place.getRemoteSocketAddress();
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : "";
    }
}
