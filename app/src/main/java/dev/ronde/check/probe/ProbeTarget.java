package dev.ronde.check.probe;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to probe, as the inventory names it: the address is not resolved and not yet allowed.
 *
 * @param assetRef ref of the asset, for the probe log only
 * @param host host name or literal address, as written in the inventory
 * @param port TCP port, 1 to 65535
 * @param serverName name for SNI and the HTTP Host header, or null to use {@code host} where it is a name
 * @param starttls protocol to speak before TLS ({@code smtp}, {@code postgres}, …), or null for TLS from the first byte
 * @param authorisedUntil last day, in {@code zone}, on which the owner allows probing; null = not allowed
 * @param zone zone in which {@code authorisedUntil} is a day
 * @param options further entries of {@code probe.target} in the check file, already substituted
 */
public record ProbeTarget(
        String assetRef,
        String host,
        int port,
        @Nullable String serverName,
        @Nullable String starttls,
        @Nullable LocalDate authorisedUntil,
        ZoneId zone,
        Map<String, String> options) {
    public ProbeTarget {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a probe target needs a host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        options = Map.copyOf(options);
    }

    /** Whether its owner allows probing on the day that it is there at this instant. */
    public boolean authorised(Instant now) {
        return authorisedUntil != null && !authorisedUntil.isBefore(LocalDate.ofInstant(now, zone));
    }
}
