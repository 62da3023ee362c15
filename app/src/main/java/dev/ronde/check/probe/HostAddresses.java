package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a host leads and whether it may be probed: what is asked once, before anything is looked at, by a sweep for the host and by any
 * other probe of a name for its port. Sends nothing to the host. No check names it.
 */
public record HostAddresses(String type, ProbeNetwork network) implements Probe {
    public static final String TYPE = "host.addresses";

    public static final String TARGET = "target.addresses";

    /** IPv4 first, then by number, so that the order of the name server does not matter. */
    static final Comparator<InetAddress> ORDER = Comparator.<InetAddress>comparingInt(
                    address -> address.getAddress().length)
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

    private static final String FACT = "addresses";

    @Override
    public boolean sendsPackets() {
        return false;
    }

    @Override
    public ProbeResult collect(ProbeTarget target, ProbeLimits limits) {
        int port = type.equals(TYPE) ? ProbePolicy.ANY_PORT : target.port();
        return network.allowed(target, port, allowed -> found(allowed.addresses(), network.zone()));
    }

    public static ProbeResult found(List<InetAddress> addresses, String zone) {
        List<String> texts = addresses.stream().map(InetAddress::getHostAddress).toList();
        return new ProbeResult.Collected(Map.of(FACT, texts), new Vantage(zone, false, "unproven"), null, List.of());
    }

    /**
     * Reads one address as it travels.
     *
     * @throws IllegalArgumentException for anything but a literal address
     */
    public static InetAddress literal(String text) {
        return HostName.literal(text).orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
    }

    /** Comes from outside, so anything may be in it; empty if it is not understood. */
    static List<InetAddress> read(ProbeResult.Collected collected) {
        List<InetAddress> all = new ArrayList<>();
        for (Object entry : collected.facts().get(FACT) instanceof List<?> list ? list : List.of()) {
            Optional<InetAddress> address = entry instanceof String text ? HostName.literal(text) : Optional.empty();
            if (address.isEmpty()) {
                return List.of();
            }
            all.add(address.get());
        }
        return all;
    }
}
