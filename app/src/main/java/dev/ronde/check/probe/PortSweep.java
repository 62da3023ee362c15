package dev.ronde.check.probe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one port of a host after the other. Each look is a probe of its own, under the limits and the policy that hold for every probe;
 * between two looks nothing is held. A port that could not be looked at is named, never taken for closed. Stops when its thread is
 * interrupted.
 */
public final class PortSweep {
    private static final Logger log = LoggerFactory.getLogger(PortSweep.class);

    /** A look that found no place asks again after so long, whatever the clock of the product says. */
    private static final long SHORTEST_MILLIS = 10;

    private static final long LONGEST_MILLIS = 1_000;

    private final Function<ProbeTarget, ProbeResult> probe;
    private final TargetLimits.Permit permit;
    private final InstantSource clock;
    private final LongSupplier nanos;

    /**
     * @param probe looks at one port, from wherever the check wants it
     * @param permit lets the sweep as a whole in
     * @param clock product time, as the limits count it
     */
    public PortSweep(Function<ProbeTarget, ProbeResult> probe, TargetLimits.Permit permit, InstantSource clock) {
        this(probe, permit, clock, System::nanoTime);
    }

    PortSweep(
            Function<ProbeTarget, ProbeResult> probe,
            TargetLimits.Permit permit,
            InstantSource clock,
            LongSupplier nanos) {
        this.probe = probe;
        this.permit = permit;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * Looks at the ports in their order.
     *
     * @param most ports that are looked at; those beyond are named as not looked at
     * @param total after which no further look begins
     */
    public ProbeResult collect(List<ProbeTarget> ports, int most, Duration total) {
        long deadline = nanos.getAsLong() + total.toNanos();
        PortsSeen seen = new PortsSeen();
        Deque<ProbeTarget> waiting = new ArrayDeque<>(ports.subList(0, Math.min(most, ports.size())));
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
            ProbeResult result = look(target, look.get());
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

    /** A look that breaks costs its own port and no other. */
    private ProbeResult look(ProbeTarget target, TargetLimits.Permit held) {
        try {
            return probe.apply(target);
        } catch (RuntimeException e) {
            log.error("the look at port {} of {} broke", target.port(), target.assetRef(), e);
            return ProbeResult.failed(ProbeFailure.CRASH, "the probe broke; the log of this server says how");
        } finally {
            held.end(false);
        }
    }

    /** Waits until one of the ports may be looked at and puts it first; empty where the time is over before. */
    private Optional<TargetLimits.Permit> next(Deque<ProbeTarget> waiting, long deadline) throws InterruptedException {
        while (nanos.getAsLong() - deadline < 0) {
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
