package dev.ronde.check.derive;

import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.Addresses;
import dev.ronde.check.derive.net.Exposure;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Single packets for oracles: public addresses around the edges of the ranges a document names, a few ports and protocols, and the
 * plain question whether an address lies in a prefix, answered bit by bit.
 */
public final class Packets {
    /** Protocols an oracle asks about. */
    public static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp");

    /** Ports of the random documents lie between these and around them. */
    public static final List<Integer> PORTS = List.of(1, 21, 22, 23, 79, 80, 81, 443, 9200, 9300, 9301, 65_535);

    private static final List<String> POOL = List.of("""
            0.0.0.0/0 0.0.0.0/1 128.0.0.0/1 8.0.0.0/7 8.8.0.0/16 8.8.8.0/24 8.8.8.8/32 93.184.0.0/15
            93.184.216.34/32 10.0.0.0/8 192.168.0.0/16 ::/0 2000::/3 2600::/12 2600:1f00::/24 2a00:1450::/29
            2a00:1450:4001::/48 2a00:1450:4001::1/128 fd00::/8""".split("\\s+"));

    /** Public addresses at and beside the edges of the pool's ranges. */
    private static final List<String> SENDERS = List.of("""
            1.0.0.1 8.0.0.0 8.7.255.255 8.8.0.0 8.8.7.255 8.8.8.0 8.8.8.7 8.8.8.8 8.8.8.9 8.8.9.0 8.8.255.255
            8.9.0.0 9.255.255.255 93.183.255.255 93.184.0.0 93.184.216.33 93.184.216.34 93.185.255.255 93.186.0.0
            126.255.255.255 128.0.0.1 200.1.2.3 2600::1 2600:1eff:ffff::1 2600:1f00::1 2600:1fff::1 260f:ffff::1
            2610::1 2a00:1450::1 2a00:1450:4001:: 2a00:1450:4001::1 2a00:1450:4001::2 2a00:1450:4002::
            2a00:1457:ffff::1 2a00:1458::1 3fff:ffff::1""".split("\\s+"));

    private static final Map<String, AddressSet> POINTS = SENDERS.stream()
            .collect(Collectors.toMap(
                    sender -> sender,
                    sender -> Addresses.prefix(sender + (sender.contains(":") ? "/128" : "/32"))
                            .orElseThrow()));
    private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

    private Packets() {}

    /** Every sender an oracle asks about, all public. */
    public static List<String> senders() {
        return SENDERS;
    }

    /** One range of the pool. */
    public static String prefix(Random random) {
        return POOL.get(random.nextInt(POOL.size()));
    }

    /** Two ports in order. */
    public static int[] ports(Random random) {
        int one = PORTS.get(random.nextInt(PORTS.size()));
        int other = random.nextBoolean() ? one : PORTS.get(random.nextInt(PORTS.size()));
        return new int[] {Math.min(one, other), Math.max(one, other)};
    }

    /** Whether the address lies in the prefix. */
    public static boolean within(String address, String prefix) {
        return KNOWN.computeIfAbsent(address + " in " + prefix, pair -> liesWithin(address, prefix));
    }

    private static boolean liesWithin(String address, String prefix) {
        String[] parts = prefix.split("/", 2);
        byte[] left = bytes(address);
        byte[] right = bytes(parts[0]);
        if (left.length != right.length) {
            return false;
        }
        int drop = left.length * 8 - Integer.parseInt(parts[1]);
        return new BigInteger(1, left).shiftRight(drop).equals(new BigInteger(1, right).shiftRight(drop));
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    /** The senders that the deriver lets through to this port. */
    public static Set<String> through(List<Exposure> exposures, String protocol, int port) {
        Set<String> found = new TreeSet<>();
        List<Exposure> open = new ArrayList<>();
        exposures.stream().filter(exposure -> exposure.opens(protocol, port)).forEach(open::add);
        POINTS.forEach((sender, point) -> {
            if (open.stream().anyMatch(exposure -> exposure.addresses().covers(point))) {
                found.add(sender);
            }
        });
        return found;
    }
}
