package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one port of a host after the other. Each look is a probe of its own, under the limits and the policy that hold for every probe;
 * between two looks nothing is held. A port that could not be looked at is named, never taken for closed. Stops when its thread is
 * interrupted.
 */
public final class PortSweep {
    private static final Logger log = LoggerFactory.getLogger(PortSweep.class);

    /** A look without a free place asks again after this long in real time, not by the product's clock. */
    private static final long SHORTEST_MILLIS = 10;

    private static final long LONGEST_MILLIS = 1_000;

    private final String type;
    private final Looks from;
    private final TargetLimits.Permit permit;
    private final InstantSource clock;

    @FunctionalInterface
    public interface Looks {
        ProbeResult look(String type, ProbeTarget target);

        /** Looks, and takes a probe that breaks for a result. */
        default ProbeResult safely(String type, ProbeTarget target) {
            try {
                return look(type, target);
            } catch (RuntimeException e) {
                log.error("{} at port {} of {} broke", type, target.port(), target.assetRef(), e);
                return ProbeResult.failed(ProbeFailure.CRASH, Saying.PROBE_BROKE);
            }
        }
    }

    /**
     * @param type name of the probe that looks at one port
     * @param permit lets the sweep as a whole in
     * @param clock product time, as the limits count it
     */
    public PortSweep(String type, Looks from, TargetLimits.Permit permit, InstantSource clock) {
        this.type = type;
        this.from = from;
        this.permit = permit;
        this.clock = clock;
    }

    /**
     * Looks at the ports of one host in their order. Its name is resolved once, before the first look, and the policy is asked about the
     * host then; every look goes to the addresses that were found and asks the policy about its port.
     *
     * @param most ports that are looked at; those beyond are named as not looked at
     * @param total after which no further look begins
     */
    public ProbeResult collect(List<ProbeTarget> ports, int most, Duration total) {
        long deadline = System.nanoTime() + total.toNanos();
        PortsSeen seen = new PortsSeen();
        ProbeResult host = from.safely(HostAddresses.TYPE, ports.get(0));
        if (Thread.currentThread().isInterrupted()) {
            return seen.stopped(host);
        }
        if (!(host instanceof ProbeResult.Collected found)) {
            return host;
        }
        List<InetAddress> addresses = HostAddresses.read(found);
        if (addresses.isEmpty()) {
            return ProbeResult.failed(ProbeFailure.CRASH, Saying.HOST_UNREADABLE);
        }
        Deque<ProbeTarget> waiting = new ArrayDeque<>();
        ports.stream().limit(most).forEach(port -> waiting.addLast(port.at(addresses)));
        while (!waiting.isEmpty()) {
            Optional<TargetLimits.Permit> look = Optional.empty();
            try {
                look = next(waiting, deadline);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (Thread.currentThread().isInterrupted()) {
                look.ifPresent(held -> held.end(false));
                return seen.stopped(null);
            }
            if (look.isEmpty()) {
                waiting.forEach(port -> seen.missed(port.port(), PortsSeen.TIME));
                break;
            }
            ProbeTarget target = waiting.removeFirst();
            ProbeResult result;
            try {
                result = from.safely(type, target);
            } finally {
                look.get().end(false);
            }
            if (Thread.currentThread().isInterrupted()) {
                return seen.stopped(result);
            }
            boolean goOn = seen.take(target.port(), result);
            if (result instanceof ProbeResult.Failed failed && !(goOn && target.authorised(clock.instant()))) {
                String why = failed.reason().code();
                waiting.forEach(port -> seen.missed(port.port(), why));
                break;
            }
        }
        ports.stream().skip(most).forEach(port -> seen.missed(port.port(), PortsSeen.LIMIT));
        return seen.result();
    }

    /** Waits until a port may be looked at and puts it first; empty if the time ends before. */
    private Optional<TargetLimits.Permit> next(Deque<ProbeTarget> waiting, long deadline) throws InterruptedException {
        while (System.nanoTime() - deadline < 0) {
            Duration wait = Duration.ofMillis(LONGEST_MILLIS);
            for (int i = waiting.size(); i > 0; i--) {
                TargetLimits.Admission admission =
                        permit.look(waiting.getFirst().port());
                if (admission instanceof TargetLimits.Admission.Admitted admitted) {
                    return Optional.of(admitted.permit());
                }
                Duration later =
                        Duration.between(clock.instant(), ((TargetLimits.Admission.Later) admission).notBefore());
                wait = later.compareTo(wait) < 0 ? later : wait;
                waiting.addLast(waiting.removeFirst());
            }
            Thread.sleep(Math.max(SHORTEST_MILLIS, wait.toMillis()));
        }
        return Optional.empty();
    }
}
