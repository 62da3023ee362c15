package dev.ronde.check.derive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep over the ports of a host shows, held against the ports that its asset declares: which are open although nobody declared
 * them, and which are not known.
 */
public final class PortExposure implements Deriver {
    private static final String NAME = "port.exposure/1";
    private static final String OPEN = "open";
    private static final String NOT_LOOKED_AT = "not-looked-at";
    private static final int MOST = 400;
    private static final int SAID = 8;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<String, Object> derive(Input input) {
        Set<Long> declared = declared(input.asset().get("declared_ports"));
        List<Map<String, Object>> ports = new ArrayList<>();
        List<String> undeclared = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        for (Map<?, ?> port : sorted(ports(input.document()))) {
            Map<String, Object> fact = new LinkedHashMap<>();
            port.forEach((name, value) -> fact.put(String.valueOf(name), value));
            long number = number(port);
            fact.put("declared", declared.contains(number));
            ports.add(fact);
            if (OPEN.equals(port.get("state")) && !declared.contains(number)) {
                undeclared.add(words(port));
            } else if (NOT_LOOKED_AT.equals(port.get("state"))) {
                unseen.add(words(port) + " (" + port.get("why") + ")");
            }
        }
        long more = input.document().get("more") instanceof Long count ? count : 0L;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("vantage", input.document().getOrDefault("vantage", Map.of()));
        facts.put("ports", ports);
        facts.put("undeclared", told(undeclared, 0));
        facts.put("unseen", told(unseen, more));
        return facts;
    }

    /** Sorted by address and then by number, so that lists stay the same while nothing changes. */
    private static List<Map<?, ?>> sorted(List<Map<?, ?>> ports) {
        return ports.stream()
                .sorted(Comparator.<Map<?, ?>, String>comparing(
                                port -> port.get("address") == null ? "" : String.valueOf(port.get("address")))
                        .thenComparingLong(PortExposure::number))
                .toList();
    }

    private static Map<String, Object> told(List<String> all, long more) {
        List<String> sorted = all.stream().distinct().toList();
        long unsaid = Math.max(0, sorted.size() - SAID) + more;
        String words =
                sorted.stream().limit(SAID).collect(Collectors.joining(", ")) + (unsaid > 0 ? ", +" + unsaid : "");
        Map<String, Object> fact = new LinkedHashMap<>();
        fact.put("words", words);
        fact.put("count", sorted.size() + more);
        fact.put("ports", sorted.stream().limit(MOST).toList());
        return fact;
    }

    private static String words(Map<?, ?> port) {
        Object address = port.get("address");
        if (address == null) {
            return String.valueOf(port.get("port"));
        }
        String text = String.valueOf(address);
        return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port.get("port");
    }

    private static Set<Long> declared(@Nullable Object list) {
        return list instanceof List<?> ports
                ? ports.stream().map(port -> Long.valueOf(String.valueOf(port))).collect(Collectors.toSet())
                : Set.of();
    }

    private static List<Map<?, ?>> ports(Map<String, Object> document) {
        List<Map<?, ?>> ports = new ArrayList<>();
        for (Object entry : document.get("ports") instanceof List<?> list ? list : List.of()) {
            if (!(entry instanceof Map<?, ?> port)) {
                throw new UnparsableException("ports", "an entry is no port");
            }
            ports.add(port);
        }
        return ports;
    }

    private static long number(Map<?, ?> port) {
        if (port.get("port") instanceof Number number) {
            return number.longValue();
        }
        throw new UnparsableException("ports", "an entry has no number");
    }
}
