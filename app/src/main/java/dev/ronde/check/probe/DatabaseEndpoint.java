package dev.ronde.check.probe;

import dev.ronde.platform.address.HostName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Host and port of our own database, which is never probed.
 *
 * @param host host as the JDBC URL writes it
 * @param port TCP port
 */
record DatabaseEndpoint(String host, int port) {
    /** Hosts as the driver reads them; none for the embedded database and for a URL that opens no database. */
    static List<DatabaseEndpoint> of(String jdbcUrl) {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            return List.of();
        }
        Map<String, String> read = new HashMap<>();
        try {
            for (DriverPropertyInfo property :
                    DriverManager.getDriver(jdbcUrl).getPropertyInfo(jdbcUrl, new Properties())) {
                read.put(property.name, String.valueOf(property.value));
            }
        } catch (SQLException e) {
            return List.of();
        }
        String[] hosts = read.getOrDefault("PGHOST", "").split(",", -1);
        String[] ports = read.getOrDefault("PGPORT", "").split(",", -1);
        List<DatabaseEndpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            endpoints.add(new DatabaseEndpoint(hosts[i].replaceAll("[\\[\\]]", ""), Integer.parseInt(ports[i])));
        }
        return List.copyOf(endpoints);
    }

    /** A database host that cannot be resolved claims its port everywhere. */
    boolean is(InetAddress address, int targetPort, Resolver resolver, OwnAddresses own) {
        if (targetPort != port) {
            return false;
        }
        try {
            List<InetAddress> addresses = HostName.literal(host).map(List::of).orElse(null);
            for (InetAddress mine : addresses == null ? resolver.resolve(host) : addresses) {
                if (mine.equals(address) || (own.reach(mine) && own.reach(address))) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
