package dev.ronde.check.probe;

import dev.ronde.catalogue.Saying;
import dev.ronde.platform.text.AddressText;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Probes every address of a name, one after the other. The name is resolved once and the policy is asked about all of its addresses first;
 * each is then a probe of its own, under the limits that hold for it. An address that could not be looked at is named, never taken for
 * good. Stops when its thread is interrupted.
 */
public final class EveryAddress {
    /** Most addresses looked at; a name with more is not known as a whole. */
    static final int MOST = 8;

    /** No further address is begun after this time. */
    public static final Duration LONGEST = Duration.ofSeconds(45);

    private static final long SHORTEST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 500;

    private final String type;
    private final PortSweep.Looks from;
    private final TargetLimits.Permit permit;
    private final InstantSource clock;

    /**
     * @param type name of the probe
     * @param permit lets the first address in
     * @param clock product time, as the limits count it
     */
    public EveryAddress(String type, PortSweep.Looks from, TargetLimits.Permit permit, InstantSource clock) {
        this.type = type;
        this.from = from;
        this.permit = permit;
        this.clock = clock;
    }

    /**
     * Looks at the addresses in {@link HostAddresses#ORDER}.
     *
     * @param total after which no further address is begun with
     * @return what came of each, at least one result
     */
    public List<ProbeResult> collect(ProbeTarget target, Duration total) {
        long deadline = System.nanoTime() + total.toNanos();
        ProbeResult leads = from.safely(HostAddresses.TARGET, target);
        if (!(leads instanceof ProbeResult.Collected found)) {
            return List.of(leads);
        }
        List<InetAddress> addresses = HostAddresses.read(found).stream()
                .distinct()
                .sorted(HostAddresses.ORDER)
                .toList();
        if (addresses.isEmpty()) {
            return List.of(ProbeResult.failed(ProbeFailure.CRASH, Saying.NAME_UNREADABLE));
        }
        List<ProbeResult> results = new ArrayList<>();
        List<InetAddress> missed = new ArrayList<>();
        for (InetAddress address : addresses) {
            boolean begin = results.isEmpty() || (results.size() < MOST && System.nanoTime() - deadline < 0);
            Optional<ProbeResult> result = begin ? one(target, address, deadline) : Optional.empty();
            if (Thread.currentThread().isInterrupted()) {
                results.add(result.orElseGet(() -> ProbeResult.failed(ProbeFailure.TIMEOUT, Saying.STOPPED)));
                return results;
            }
            result.ifPresentOrElse(results::add, () -> missed.add(address));
        }
        if (!missed.isEmpty()) {
            results.add(notLookedAt(missed, addresses.size()));
        }
        return results;
    }

    private static ProbeResult notLookedAt(List<InetAddress> missed, int all) {
        String named = missed.stream().limit(MOST).map(AddressText::of).collect(Collectors.joining(", "));
        return ProbeResult.failed(
                ProbeFailure.ADDRESSES_NOT_LOOKED_AT,
                missed.size() > MOST ? Saying.MORE_ADDRESSES_MISSED : Saying.ADDRESSES_MISSED,
                missed.size(),
                all,
                named);
    }

    private Optional<ProbeResult> one(ProbeTarget target, InetAddress address, long deadline) {
        ProbeTarget there = target.at(List.of(address));
        try {
            do {
                Optional<TargetLimits.Admission> asked = permit.beside(address, target.port());
                if (asked.isEmpty()) {
                    return Optional.of(from.safely(type, there));
                }
                if (asked.get() instanceof TargetLimits.Admission.Admitted admitted) {
                    try {
                        return Optional.of(from.safely(type, there));
                    } finally {
                        admitted.permit().end(false);
                    }
                }
                Instant free = ((TargetLimits.Admission.Later) asked.get()).notBefore();
                long wait = Duration.between(clock.instant(), free).toMillis();
                Thread.sleep(Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, wait)));
            } while (System.nanoTime() - deadline < 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }
}
