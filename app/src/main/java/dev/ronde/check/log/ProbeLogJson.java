package dev.ronde.check.log;

import dev.ronde.platform.text.AddressText;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of packets as API and page show it.
 *
 * @param id a UUIDv7, so that the list is in the order of storing
 * @param runId the run it belongs to, null for a dry run and for one that was cut short
 * @param asset ref of the asset
 * @param startedAt UTC
 */
public record ProbeLogJson(
        UUID id,
        @Nullable UUID runId,
        String asset,
        String check,
        Instant startedAt,
        String transport,
        String vantage,
        @Nullable String localAddress,
        @Nullable Integer localPort,
        String remoteAddress,
        int remotePort,
        String what,
        String outcome,
        long bytesOut,
        long bytesIn,
        long millis) {
    public ProbeLogJson {
        localAddress = localAddress == null ? null : AddressText.shown(localAddress);
        remoteAddress = AddressText.shown(remoteAddress);
    }
}
