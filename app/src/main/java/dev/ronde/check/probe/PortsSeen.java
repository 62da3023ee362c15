package dev.ronde.check.probe;

import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.platform.text.AddressText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a sweep has seen so far. Used by one thread. */
final class PortsSeen {
    static final String LIMIT = "limit";
    /** The time of the sweep was over, or the port never became free. */
    static final String TIME = "time";

    /** Nothing was sent to this address: no way there, or no time left. */
    private static final String NOT_SENT = "not-sent";

    private static final int MOST = 400;
    private static final int LONGEST_ADDRESS = 45;

    private final List<Map<String, Object>> ports = new ArrayList<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Set<String> addresses = new LinkedHashSet<>();
    private final Map<String, Boolean> proven = new HashMap<>();
    private ProbeResult.@Nullable Failed refusal;
    private @Nullable String zone;
    private boolean byCanary;
    private long more;

    private record Sighting(String address, PortState state) {}

    void missed(int port, String why) {
        note(fact(port, PortState.NOT_LOOKED_AT, why));
    }

    /** False if another look would bring nothing more. */
    boolean take(int port, ProbeResult result) {
        exchanges.addAll(result.exchanges());
        if (result instanceof ProbeResult.Failed failed) {
            refusal = refusal == null ? failed : refusal;
            missed(port, failed.reason().code());
            return failed.reason() == ProbeFailure.POLICY_DENIED || failed.reason() == ProbeFailure.CRASH;
        }
        ProbeResult.Collected collected = (ProbeResult.Collected) result;
        Vantage vantage = collected.vantage();
        List<Sighting> seen = seen(collected.facts());
        if (vantage == null || seen.isEmpty()) {
            missed(port, ProbeFailure.CRASH.code());
            return true;
        }
        zone = vantage.zone();
        for (Sighting one : seen) {
            addresses.add(one.address());
            Map<String, Object> fact = fact(port, one.state(), NOT_SENT);
            fact.put("address", one.address());
            note(fact);
            prove(one, vantage);
        }
        return true;
    }

    /** Silence counts if the canary vouches for it, or if the address answers something afterwards. */
    private void prove(Sighting one, Vantage vantage) {
        if (one.state().answered()) {
            proven.put(one.address(), true);
        } else if (one.state().silent()) {
            byCanary |= vantage.canaryOk();
            proven.merge(one.address(), vantage.canaryOk(), Boolean::logicalAnd);
        }
    }

    /** Agents are outside input; empty if any of it is not understood. */
    private static List<Sighting> seen(Map<String, Object> facts) {
        List<Sighting> all = new ArrayList<>();
        for (Object entry : facts.get("addresses") instanceof List<?> list ? list : List.of()) {
            Map<?, ?> map = entry instanceof Map<?, ?> object ? object : Map.of();
            Optional<PortState> state = PortState.find(String.valueOf(map.get("state")));
            if (state.isEmpty() || !(map.get("address") instanceof String text) || text.length() > LONGEST_ADDRESS) {
                return List.of();
            }
            all.add(new Sighting(AddressText.shown(text), state.get()));
        }
        return all;
    }

    /** Always keeps what is open, because an open port is a failure if nobody declared it. */
    private void note(Map<String, Object> fact) {
        ports.add(fact);
        for (int last = ports.size() - 1; ports.size() > MOST && last >= 0; last--) {
            if (last == 0 || !PortState.OPEN.code().equals(ports.get(last).get("state"))) {
                ports.remove(last);
                more++;
            }
        }
    }

    private static Map<String, Object> fact(int port, PortState state, String why) {
        Map<String, Object> fact = new TreeMap<>();
        fact.put("port", (long) port);
        fact.put("state", state.code());
        if (state == PortState.NOT_LOOKED_AT) {
            fact.put("why", why);
        }
        return fact;
    }

    /** A sweep that was stopped has no result; its exchanges are in the log. */
    ProbeResult stopped(@Nullable ProbeResult last) {
        if (last != null) {
            exchanges.addAll(last.exchanges());
        }
        return new ProbeResult.Failed(
                ProbeFailure.TIMEOUT, List.of(Said.of(Saying.SWEEP_STOPPED)), resolved(), exchanges);
    }

    ProbeResult result() {
        if (zone == null) {
            return refusal != null
                    ? new ProbeResult.Failed(refusal.reason(), of(refusal), null, exchanges)
                    : ProbeResult.failed(ProbeFailure.BUDGET, Saying.SWEEP_WITHOUT_TIME);
        }
        boolean ok = proven.values().stream().allMatch(Boolean::booleanValue);
        Vantage vantage = new Vantage(zone, ok, ok ? (byCanary ? "canary" : "answer") : "unproven");
        Map<String, Object> facts = new TreeMap<>();
        facts.put("vantage", vantage.facts());
        facts.put("ports", ports);
        facts.put("more", more);
        return new ProbeResult.Collected(facts, vantage, resolved(), exchanges);
    }

    private List<Said> of(ProbeResult.Failed first) {
        if (first.reason() != ProbeFailure.POLICY_DENIED || ports.size() < 2) {
            return first.said();
        }
        List<Said> said = new ArrayList<>(first.said());
        said.add(0, Said.of(Saying.NO_PORT_ALLOWED, ports.size()));
        return said;
    }

    private @Nullable String resolved() {
        return addresses.isEmpty() ? null : String.join(", ", addresses);
    }
}
