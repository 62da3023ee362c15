package dev.ronde.check.probe;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a TCP port takes connections: connects to it at every address of the target and closes; nothing is sent or read. What is open at
 * one address of a host is open, whatever the others say.
 */
final class ConnectProbe implements NetworkProbe.Conversation {
    @Override
    public Map<String, Object> hold(ProbeSession session) {
        String what = "connect " + session.target().port();
        List<Map<String, Object>> seen = new ArrayList<>();
        for (InetAddress address : session.addresses()) {
            PortState state = session.hasRequest()
                    ? session.connect(what, address)
                            .flatMap(ConnectProbe::state)
                            .orElse(PortState.NOT_LOOKED_AT)
                    : PortState.NOT_LOOKED_AT;
            seen.add(Map.of("address", Exchange.Wire.text(address), "state", state.code()));
        }
        return Map.of("addresses", seen);
    }

    private static Optional<PortState> state(WireOutcome outcome) {
        return switch (outcome) {
            // a reset is no refusal: it ends a connection that was taken (RFC 9293 3.10.7.3)
            case CONNECTED, RESPONSE, SILENT, CLOSED, RESET, TLS_ALERT -> Optional.of(PortState.OPEN);
            case REFUSED -> Optional.of(PortState.REFUSED);
            case TIMEOUT -> Optional.of(PortState.FILTERED);
            case UNREACHABLE -> Optional.of(PortState.UNREACHABLE);
            case SKIPPED -> Optional.empty();
        };
    }
}
