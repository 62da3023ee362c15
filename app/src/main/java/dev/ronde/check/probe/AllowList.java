package dev.ronde.check.probe;

import dev.ronde.platform.address.CidrBlock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What the operator allows to be probed: the parsed {@code RONDE_PROBE_ALLOW}. Empty allows nothing.
 *
 * <p>Grammar: a comma list of {@code CIDR[:port[-port]]}; an IPv6 block stands in brackets where a port follows, as in
 * {@code [2001:db8::/32]:443}.
 */
public record AllowList(List<Entry> entries) {
    public AllowList {
        entries = List.copyOf(entries);
    }

    record Entry(CidrBlock block, int firstPort, int lastPort) {
        boolean covers(InetAddress address, int port) {
            return block.contains(address) && firstPort <= port && port <= lastPort;
        }
    }

    /**
     * Parses the setting.
     *
     * @throws IllegalArgumentException naming the entry that is wrong and the accepted form
     */
    public static AllowList parse(String setting) {
        List<Entry> entries = new ArrayList<>();
        for (String part : setting.split(",", -1)) {
            if (!part.isBlank()) {
                entries.add(entry(part.strip()));
            }
        }
        return new AllowList(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Whether an entry covers the address and port and lies inside the block, which narrows what may speak for it.
     *
     * @param port {@link ProbePolicy#ANY_PORT} where any port will do
     */
    boolean covers(InetAddress address, int port, CidrBlock inside) {
        return entries.stream()
                .anyMatch(entry -> entry.covers(address, port == ProbePolicy.ANY_PORT ? entry.firstPort() : port)
                        && entry.block().within(inside));
    }

    private static Entry entry(String text) {
        try {
            if (text.startsWith("[")) {
                int end = text.indexOf(']');
                String rest = text.substring(end + 1);
                if (end < 0 || (!rest.isEmpty() && !rest.startsWith(":"))) {
                    throw new IllegalArgumentException("the bracket is not closed before the port");
                }
                return entry(text.substring(1, end), rest.isEmpty() ? "" : rest.substring(1), !rest.isEmpty());
            }
            int colon = text.indexOf(':');
            boolean six = colon >= 0 && text.indexOf(':', colon + 1) >= 0;
            return colon < 0 || six
                    ? entry(text, "", false)
                    : entry(text.substring(0, colon), text.substring(colon + 1), true);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": " + e.getMessage()
                            + "; expected CIDR[:port[-port]], for example 10.0.0.0/8:6379 or [2001:db8::/32]:443",
                    e);
        }
    }

    private static Entry entry(String block, String ports, boolean limited) {
        CidrBlock cidr = CidrBlock.parse(block);
        if (!limited) {
            return new Entry(cidr, 1, 65_535);
        }
        int dash = ports.indexOf('-');
        int first = port(dash < 0 ? ports : ports.substring(0, dash));
        int last = dash < 0 ? first : port(ports.substring(dash + 1));
        if (last < first) {
            throw new IllegalArgumentException("port " + last + " is below port " + first);
        }
        return new Entry(cidr, first, last);
    }

    private static int port(String digits) {
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("\"" + digits + "\" is not a port");
        }
        return port;
    }
}
