package dev.ronde.check.probe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of our own database, which is never probed.
 *
 * @param host host as the JDBC URL writes it
 * @param port TCP port
 */
record DatabaseEndpoint(String host, int port) {
    private static final Pattern HOST = Pattern.compile("(\\[[^]]*]|[^:\\[]*)(?::([0-9]{1,5}))?");

    /** Returns the endpoints of a PostgreSQL JDBC URL (it may name several hosts); none for the embedded database. */
    static List<DatabaseEndpoint> of(String jdbcUrl) {
        String prefix = "jdbc:postgresql:";
        if (!jdbcUrl.startsWith(prefix)) {
            return List.of();
        }
        String rest = jdbcUrl.substring(prefix.length());
        String hosts = rest.startsWith("//") ? rest.substring(2).split("[/?]", 2)[0] : "";
        List<DatabaseEndpoint> endpoints = new ArrayList<>();
        for (String part : hosts.split(",", -1)) {
            Matcher matcher = HOST.matcher(part);
            if (matcher.matches()) {
                String host = matcher.group(1).replaceAll("[\\[\\]]", "");
                String port = matcher.group(2);
                endpoints.add(new DatabaseEndpoint(
                        host.isEmpty() ? "localhost" : host, port == null ? 5432 : Integer.parseInt(port)));
            }
        }
        return List.copyOf(endpoints);
    }

    /** Returns whether this is the endpoint meant by the address; a database host that cannot be resolved claims its port everywhere. */
    boolean is(InetAddress address, int targetPort, Resolver resolver, OwnAddresses own) {
        if (targetPort != port) {
            return false;
        }
        try {
            List<InetAddress> addresses = HostName.literal(host).map(List::of).orElse(null);
            for (InetAddress mine : addresses == null ? resolver.resolve(host) : addresses) {
                if (mine.equals(address) || (isHere(mine, own) && isHere(address, own))) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return true;
        }
    }

    private static boolean isHere(InetAddress address, OwnAddresses own) {
        return address.isLoopbackAddress() || own.contains(address);
    }
}
