package dev.ronde.check.probe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.ronde.platform.address.HostName;
import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to probe, as the inventory names it: nothing of it is allowed yet.
 *
 * @param assetRef ref of the asset, for the probe log only
 * @param host host name or literal address, as written in the inventory
 * @param port TCP port, 1 to 65535
 * @param serverName name for SNI and the HTTP Host header, or null to use {@code host} where it is a name
 * @param starttls protocol to speak before TLS ({@code smtp}, {@code postgres}, …), or null for TLS from the first byte
 * @param authorisedUntil last day, in {@code zone}, on which the owner allows probing; null = not allowed
 * @param zone zone in which {@code authorisedUntil} is a day
 * @param options further entries of {@code probe.target} in the check file, already substituted
 * @param addresses where the name led when the sweep that this belongs to began; empty where it is to be resolved
 */
public record ProbeTarget(
        String assetRef,
        String host,
        int port,
        @Nullable String serverName,
        @Nullable String starttls,
        @Nullable LocalDate authorisedUntil,
        ZoneId zone,
        Map<String, String> options,
        List<InetAddress> addresses) {
    public ProbeTarget {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a probe target needs a host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        options = Map.copyOf(options);
        addresses = List.copyOf(addresses);
    }

    public ProbeTarget(
            String assetRef,
            String host,
            int port,
            @Nullable String serverName,
            @Nullable String starttls,
            @Nullable LocalDate authorisedUntil,
            ZoneId zone,
            Map<String, String> options) {
        this(assetRef, host, port, serverName, starttls, authorisedUntil, zone, options, List.of());
    }

    /** The same where its name was resolved before; the policy tests these addresses and no name is asked for again. */
    public ProbeTarget at(List<InetAddress> resolved) {
        return new ProbeTarget(assetRef, host, port, serverName, starttls, authorisedUntil, zone, options, resolved);
    }

    @JsonIgnore
    public boolean isNamed() {
        try {
            return HostName.parse(host).address().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether its owner allows probing on the day that it is there at this instant. */
    public boolean authorised(Instant now) {
        return authorisedUntil != null && !authorisedUntil.isBefore(LocalDate.ofInstant(now, zone));
    }
}
