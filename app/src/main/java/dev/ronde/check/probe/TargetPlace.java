package dev.ronde.check.probe;

import java.net.InetAddress;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where something goes, as the limits count it.
 *
 * @param address where the host leads; null where that is not known
 */
record TargetPlace(String host, @Nullable InetAddress address) {
    boolean here() {
        return address == null ? "localhost".equalsIgnoreCase(host) : address.isLoopbackAddress();
    }

    String name() {
        return address == null ? host : address.getHostAddress();
    }

    /** The IPv4 /24 or IPv6 /64; a host that leads nowhere is its own network. */
    String subnet() {
        if (address == null) {
            return host;
        }
        int prefix = address.getAddress().length == 4 ? 3 : 8;
        return prefix + HexFormat.of().formatHex(address.getAddress(), 0, prefix);
    }
}
