package dev.ronde.platform.http;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * The connections that are open: no more than 1,000, and 256 of one address unless it is a proxy we trust. One over that, or one that has
 * not brought the headers of its next request within a minute, is closed.
 */
final class Arrivals extends AbstractLifeCycle implements Connection.Listener {
    static final int OF_ONE_ADDRESS = 256;
    private static final int OF_ALL = 1_000;
    private static final Duration HEADERS = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final TrustedProxies proxies;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<EndPoint, String> open = new ConcurrentHashMap<>();
    /** Since when a connection owes the headers of a request. */
    private final Map<EndPoint, Long> silent = new ConcurrentHashMap<>();

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
    }

    @Override
    protected void doStop() {
        watch.shutdownNow();
    }

    private void look() {
        long now = System.nanoTime();
        silent.forEach((place, since) -> {
            if (now - since > HEADERS.toNanos()) {
                place.close();
            }
        });
    }

    @Override
    public void onOpened(Connection connection) {
        EndPoint place = connection.getEndPoint();
        String address = address(place);
        if (open.putIfAbsent(place, address) != null) {
            return;
        }
        int ofThis = counts.merge(address, 1, Integer::sum);
        silent.put(place, System.nanoTime());
        if (open.size() > OF_ALL || (ofThis > OF_ONE_ADDRESS && !proxies.trusts(address))) {
            place.close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        EndPoint place = connection.getEndPoint();
        silent.remove(place);
        String address = open.remove(place);
        if (address != null) {
            counts.computeIfPresent(address, (name, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** A request has come. */
    void asked(Request request) {
        silent.remove(request.getConnectionMetaData().getConnection().getEndPoint());
    }

    /** It has been answered; the next one may come. */
    void answered(Request request) {
        EndPoint place = request.getConnectionMetaData().getConnection().getEndPoint();
        if (open.containsKey(place)) {
            silent.put(place, System.nanoTime());
        }
    }

    private static String address(EndPoint place) {
        SocketAddress remote = place.getRemoteSocketAddress();
        return remote instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : "";
    }
}
