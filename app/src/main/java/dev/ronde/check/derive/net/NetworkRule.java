package dev.ronde.check.derive.net;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One inbound rule in the terms of the core.
 *
 * @param name name by which its owner finds it
 * @param owner the list it stands in, where there are several; null otherwise
 * @param priority its place in the list as the vendor numbers it, null where lists have no order
 * @param action what happens to what it matches
 * @param protocols lower-case names it matches, null for every protocol
 * @param source where from
 * @param sourcePorts ports of the sender
 * @param destination addresses of the receiver, {@link AddressSet#ALL} where it says nothing
 * @param targets groups of receivers it concerns, null for all
 * @param ports ports of the receiver; protocols without ports are matched only by every port
 * @param scope whom it concerns in words, null for all
 */
public record NetworkRule(
        String name,
        @Nullable String owner,
        @Nullable Integer priority,
        Action action,
        @Nullable Set<String> protocols,
        Source source,
        PortSet sourcePorts,
        AddressSet destination,
        @Nullable Set<String> targets,
        PortSet ports,
        @Nullable String scope) {

    /** What happens to the traffic that a rule is the first of its layer to match. */
    public enum Action {
        /** It goes on to the next layer; after the last one it arrives. */
        PASS,
        /** It is dropped. */
        BLOCK,
        /** It arrives, whatever later layers say. */
        ACCEPT
    }

    boolean speaks(String protocol) {
        return protocols == null || protocols.contains(protocol);
    }
}
