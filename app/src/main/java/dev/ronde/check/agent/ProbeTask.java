package dev.ronde.check.agent;

import dev.ronde.check.probe.HostAddresses;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeTarget;
import java.net.InetAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A probe to be made at another vantage, as it travels: never an address that was resolved here, and nothing of the policy, which the
 * agent has of its own.
 *
 * @param authorisedUntil the asset's key to probing
 * @param addresses where the name led from that vantage when the sweep began; none where it is to be resolved
 * @param connectMillis milliseconds for one connect
 * @param totalMillis milliseconds for everything
 */
public record ProbeTask(
        String type,
        String asset,
        String host,
        int port,
        @Nullable String serverName,
        @Nullable String starttls,
        @Nullable LocalDate authorisedUntil,
        String zone,
        Map<String, String> options,
        @Nullable List<String> addresses,
        int requests,
        long connectMillis,
        long totalMillis,
        int maxBytes) {
    static ProbeTask of(String type, ProbeTarget target, ProbeLimits limits) {
        return new ProbeTask(
                type,
                target.assetRef(),
                target.host(),
                target.port(),
                target.serverName(),
                target.starttls(),
                target.authorisedUntil(),
                target.zone().getId(),
                target.options(),
                target.addresses().stream().map(InetAddress::getHostAddress).toList(),
                limits.requests(),
                limits.connect().toMillis(),
                limits.total().toMillis(),
                limits.maxBytes());
    }

    ProbeTarget target() {
        List<InetAddress> resolved = new ArrayList<>();
        for (String address : addresses == null ? List.<String>of() : addresses) {
            resolved.add(HostAddresses.literal(address));
        }
        return new ProbeTarget(asset, host, port, serverName, starttls, authorisedUntil, ZoneId.of(zone), options)
                .at(resolved);
    }

    ProbeLimits limits() {
        return new ProbeLimits(requests, Duration.ofMillis(connectMillis), Duration.ofMillis(totalMillis), maxBytes);
    }
}
