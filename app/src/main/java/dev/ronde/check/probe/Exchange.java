package dev.ronde.check.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One request and what came back, as numbers; never the bytes.
 *
 * @param what fixed name of the exchange, for example {@code GET /} or {@code PING}
 * @param outcome {@code response}, {@code connected}, {@code refused}, {@code reset}, {@code timeout}, {@code silent}, {@code closed},
 *     {@code tls-alert}, {@code unreachable}, {@code stopped} or {@code skipped}
 * @param status protocol status where there is one
 * @param bytesOut bytes sent
 * @param bytesRead bytes read
 * @param millis elapsed milliseconds
 * @param wire between whom; null for answers that were recorded elsewhere
 */
public record Exchange(
        String what,
        String outcome,
        @Nullable Integer status,
        int bytesOut,
        int bytesRead,
        long millis,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Wire wire) {
    /** Name of a connection to {@code RONDE_PROBE_CANARY}, made to learn whether silence of the target tells something. */
    public static final String CANARY = "canary";

    static final String STOPPED = "stopped";

    public static final List<String> OUTCOMES = Stream.concat(
                    Arrays.stream(WireOutcome.values()).map(WireOutcome::code), Stream.of(STOPPED))
            .toList();

    /**
     * The two ends of an exchange, as a firewall's log names them.
     *
     * @param vantage zone of the vantage the packets came from
     * @param transport {@code tcp} or {@code udp}
     * @param startedAt when it began
     * @param localAddress own address, null where there is no way to the target
     * @param localPort own port, null where none was taken
     */
    public record Wire(
            String vantage,
            String transport,
            Instant startedAt,
            @Nullable String localAddress,
            @Nullable Integer localPort,
            String remoteAddress,
            int remotePort) {
        static Wire of(
                String vantage,
                String transport,
                Instant startedAt,
                @Nullable SocketAddress local,
                InetSocketAddress remote) {
            InetSocketAddress own = local instanceof InetSocketAddress bound ? bound : new InetSocketAddress(0);
            return new Wire(
                    vantage,
                    transport,
                    startedAt,
                    own.getAddress().isAnyLocalAddress() ? null : text(own.getAddress()),
                    own.getPort() <= 0 ? null : own.getPort(),
                    text(remote.getAddress()),
                    remote.getPort());
        }

        static String text(InetAddress address) {
            String text = address.getHostAddress();
            int zone = text.indexOf('%');
            return zone < 0 ? text : text.substring(0, zone);
        }
    }

    /** A refusal does not count, because it may come from anywhere. */
    private static final Set<String> ANSWERS = Stream.of(
                    WireOutcome.RESPONSE,
                    WireOutcome.CONNECTED,
                    WireOutcome.RESET,
                    WireOutcome.SILENT,
                    WireOutcome.CLOSED,
                    WireOutcome.TLS_ALERT)
            .map(WireOutcome::code)
            .collect(Collectors.toUnmodifiableSet());

    /** Whether something took the connection or said something, so that there is something at this address and port. */
    public boolean answered() {
        return ANSWERS.contains(outcome);
    }

    public boolean withTarget() {
        return !what.equals(CANARY);
    }

    public Exchange withoutEnds() {
        return new Exchange(what, outcome, status, bytesOut, bytesRead, millis);
    }

    public Exchange(String what, String outcome, @Nullable Integer status, int bytesOut, int bytesRead, long millis) {
        this(what, outcome, status, bytesOut, bytesRead, millis, null);
    }
}
