package dev.ronde.check.log;

import dev.ronde.check.probe.Exchange;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.platform.text.Cut;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with a target as the probe log keeps it: who spoke to whom, when, how much; never what.
 *
 * @param startedAt when it began, UTC
 * @param transport {@code tcp} or {@code udp}
 * @param vantage the zone the packets came from
 * @param localAddress own address, null where there is no way to the target
 * @param localPort own port, null where none was taken
 * @param what fixed name of the exchange
 * @param outcome as {@link Exchange#outcome}
 * @param millis elapsed milliseconds
 */
public record ProbeLogEntry(
        UUID id,
        @Nullable UUID runId,
        UUID assetId,
        String checkId,
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
    private static final int LONGEST = 120;

    static ProbeLogEntry of(
            UUID id, @Nullable UUID runId, UUID assetId, String checkId, Exchange exchange, Exchange.Wire wire) {
        String what = exchange.what();
        return new ProbeLogEntry(
                id,
                runId,
                assetId,
                checkId,
                Occurrences.stored(wire.startedAt()),
                wire.transport(),
                wire.vantage(),
                wire.localAddress(),
                wire.localPort(),
                wire.remoteAddress(),
                wire.remotePort(),
                Cut.to(what, LONGEST),
                exchange.outcome(),
                exchange.bytesOut(),
                exchange.bytesRead(),
                exchange.millis());
    }
}
