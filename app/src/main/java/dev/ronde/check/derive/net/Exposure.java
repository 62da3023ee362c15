package dev.ronde.check.derive.net;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Senders of the Internet that get through to some ports.
 *
 * @param reach how many they are
 * @param family their family; null for senders known by name only
 * @param addresses who they are
 * @param reachable where they are almost everybody, all that get through to these ports, by whatever rule; else the same
 * @param named names of those whose addresses are not known
 * @param protocols lower-case names, in the order of {@link Exposures#protocols}
 * @param ports ports of the receiver; {@link PortSet#ALL} for protocols without ports
 * @param chains the rules that let them through: several where only together they reach so many, each with one rule a layer
 * @param everything whether all protocols and ports are open
 */
public record Exposure(
        Reach reach,
        @Nullable Family family,
        AddressSet addresses,
        AddressSet reachable,
        Set<String> named,
        List<String> protocols,
        PortSet ports,
        List<List<NetworkRule>> chains,
        boolean everything) {
    public Exposure {
        named = Set.copyOf(named);
        protocols = List.copyOf(protocols);
        chains = List.copyOf(chains);
    }

    public boolean opens(String protocol, int port) {
        return protocols.contains(protocol) && ports.contains(port);
    }
}
