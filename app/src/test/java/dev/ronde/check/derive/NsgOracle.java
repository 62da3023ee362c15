package dev.ronde.check.derive;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Azure does with a packet, tried packet by packet: slow, simple, and without a line of the deriver. It takes one packet for every
 * stretch of addresses and ports that the document tells apart, and every receiver, group and sender's port.
 */
public final class NsgOracle {
    private static final List<String> NOT_PUBLIC = List.of("""
            0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
            192.0.2.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4""".split("\\s+"));
    private static final Map<String, Prefix> PREFIXES = new java.util.concurrent.ConcurrentHashMap<>();
    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "icmp", "esp", "ah");

    private final List<List<Rule>> layers = new ArrayList<>();
    private final boolean adminFirst;
    private final List<Address> senders = new ArrayList<>();
    private final List<BigInteger> widths = new ArrayList<>();
    private final List<Tenant> tenants = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final Set<Integer> sendersPorts = new TreeSet<>(Set.of(0));
    private final TreeSet<Integer> ports = new TreeSet<>(Set.of(0));

    /** An address as bytes, 4 or 16. */
    public record Address(byte[] bytes) {
        static Address of(String text) {
            try {
                return new Address(InetAddress.getByName(text).getAddress());
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        boolean in(String text) {
            Prefix prefix = PREFIXES.computeIfAbsent(text, Prefix::of);
            byte[] network = prefix.network();
            if (network.length != bytes.length) {
                return false;
            }
            int bits = prefix.bits();
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((network[bit / 8] & mask) != (bytes[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }

        /** The number on the line of all addresses: IPv4 first, IPv6 from 2^128. */
        public BigInteger number() {
            BigInteger value = new BigInteger(1, bytes);
            return bytes.length == 4 ? value : value.add(BigInteger.TWO.pow(128));
        }

        boolean six() {
            return bytes.length == 16;
        }

        boolean isPublic() {
            return six() ? in("2000::/3") : NOT_PUBLIC.stream().noneMatch(this::in);
        }
    }

    private record Prefix(byte[] network, int bits) {
        static Prefix of(String text) {
            String[] parts = text.split("/", -1);
            byte[] network = Address.of(parts[0]).bytes();
            return new Prefix(network, parts.length == 1 ? network.length * 8 : Integer.parseInt(parts[1]));
        }
    }

    /** A customer of Azure of whom only the region is known. */
    public record Tenant(String name, boolean six) {}

    private record Receiver(@Nullable Address address, boolean six, String group) {}

    /** The same rules again bring nothing new. */
    private record Tried(List<List<Rule>> rules, boolean six) {}

    private static final class Rule {
        String name = "";
        String access = "";
        String protocol = "";
        List<String> sources = List.of();
        List<String> destinations = List.of();
        List<String> groups = List.of();
        List<int[]> sourcePorts = List.of();
        List<int[]> ports = List.of();
        boolean[] fromSender = new boolean[0];
        boolean[] fromTenant = new boolean[0];
        boolean everyPort;
        int priority;

        @Override
        public String toString() {
            return name;
        }
    }

    /** Everything that gets through to one port of one protocol. */
    public static final class Opening {
        /** Senders by the names of the rules that let them through. */
        public final Map<List<String>, Set<Integer>> senders = new LinkedHashMap<>();
        /** The same for customers of Azure. */
        public final Map<List<String>, Set<Tenant>> tenants = new LinkedHashMap<>();
    }

    public NsgOracle(Map<String, Object> document) {
        List<String> network = strings(document.get("virtualNetworkPrefixes"));
        adminFirst = document.containsKey("securityAdminRules");
        if (adminFirst) {
            layers.add(adminRules(maps(document.get("securityAdminRules"))));
        }
        if (document.containsKey("subnetSecurityGroup") || document.containsKey("networkInterfaceSecurityGroup")) {
            for (String key : List.of("subnetSecurityGroup", "networkInterfaceSecurityGroup")) {
                if (document.get(key) instanceof Map<?, ?> group) {
                    layers.add(group(group));
                }
            }
        } else {
            layers.add(group(document));
        }
        packets(strings(document.get("protectedAddresses")), network);
    }

    private static List<Rule> group(Map<?, ?> document) {
        Map<?, ?> group = document.get("properties") instanceof Map<?, ?> nested ? nested : document;
        List<Rule> rules = new ArrayList<>();
        maps(group.get("securityRules")).forEach(rule -> add(rule, rules));
        List<Map<?, ?>> standard = maps(group.get("defaultSecurityRules"));
        standard.forEach(rule -> add(rule, rules));
        if (standard.isEmpty()) {
            rules.add(standard("AllowVnetInBound", 65000, "allow", "virtualnetwork"));
            rules.add(standard("AllowAzureLoadBalancerInBound", 65001, "allow", "azureloadbalancer"));
            rules.add(standard("DenyAllInBound", 65500, "deny", "*"));
        }
        rules.sort((one, other) -> Integer.compare(one.priority, other.priority));
        return rules;
    }

    private static Rule standard(String name, int priority, String access, String source) {
        Rule rule = new Rule();
        rule.name = name;
        rule.priority = priority;
        rule.access = access;
        rule.protocol = "*";
        rule.sources = List.of(source);
        rule.destinations = List.of("*");
        rule.sourcePorts = List.of(new int[] {0, 65535});
        rule.ports = rule.sourcePorts;
        return rule;
    }

    private static void add(Map<?, ?> listed, List<Rule> rules) {
        Map<?, ?> fields = listed.get("properties") instanceof Map<?, ?> nested ? nested : listed;
        if (!lower(fields.get("direction")).equals("inbound")) {
            return;
        }
        Rule rule = new Rule();
        rule.name = String.valueOf(listed.get("name"));
        rule.priority = ((Number) fields.get("priority")).intValue();
        rule.access = lower(fields.get("access"));
        rule.protocol = lower(fields.get("protocol"));
        rule.sources = both(fields, "sourceAddressPrefix", "sourceAddressPrefixes");
        rule.destinations = both(fields, "destinationAddressPrefix", "destinationAddressPrefixes");
        rule.groups = maps(fields.get("destinationApplicationSecurityGroups")).stream()
                .map(group -> String.valueOf(group.get("id")))
                .toList();
        rule.sourcePorts = ranges(both(fields, "sourcePortRange", "sourcePortRanges"));
        rule.ports = ranges(both(fields, "destinationPortRange", "destinationPortRanges"));
        rules.add(rule);
    }

    private static List<Rule> adminRules(List<Map<?, ?>> listed) {
        List<Rule> rules = new ArrayList<>();
        for (Map<?, ?> fields : listed) {
            Rule rule = new Rule();
            rule.name = String.valueOf(fields.get("name"));
            rule.priority = ((Number) fields.get("priority")).intValue();
            rule.access = lower(fields.get("access"));
            rule.protocol = lower(fields.get("protocol")).equals("any") ? "*" : lower(fields.get("protocol"));
            rule.sources = prefixes(fields.get("sources"));
            rule.destinations = prefixes(fields.get("destinations"));
            rule.sourcePorts = ranges(orAll(strings(fields.get("sourcePortRanges"))));
            rule.ports = ranges(orAll(strings(fields.get("destinationPortRanges"))));
            rules.add(rule);
        }
        rules.sort((one, other) -> Integer.compare(one.priority, other.priority));
        return rules;
    }

    private static List<String> prefixes(@Nullable Object listed) {
        List<String> found = maps(listed).stream()
                .map(item -> lower(item.get("addressPrefix")))
                .toList();
        return orAll(found);
    }

    private static List<String> orAll(List<String> texts) {
        return texts.isEmpty() ? List.of("*") : texts;
    }

    private static String lower(@Nullable Object value) {
        return String.valueOf(value).toLowerCase(Locale.ROOT);
    }

    private static List<String> both(Map<?, ?> fields, String one, String many) {
        List<String> all = new ArrayList<>();
        if (fields.get(one) instanceof String text && !text.isEmpty()) {
            Arrays.stream(text.split(",")).map(part -> lower(part.trim())).forEach(all::add);
        }
        strings(fields.get(many)).forEach(text -> all.add(lower(text)));
        return all;
    }

    private static List<int[]> ranges(List<String> texts) {
        List<int[]> ranges = new ArrayList<>();
        for (String text : texts) {
            String[] ends = text.split("-");
            int first = text.equals("*") ? 0 : Integer.parseInt(ends[0]);
            ranges.add(new int[] {first, text.equals("*") ? 65535 : Integer.parseInt(ends[ends.length - 1])});
        }
        return ranges;
    }

    private static List<String> strings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> maps.add((Map<?, ?>) item));
        }
        return maps;
    }

    private static boolean isPrefix(String token) {
        return token.matches("[0-9].*") || token.contains(":");
    }

    private void packets(List<String> receiving, List<String> network) {
        Set<String> sourcePrefixes = new TreeSet<>(NOT_PUBLIC);
        sourcePrefixes.add("2000::/3");
        sourcePrefixes.addAll(network);
        Set<String> destinationPrefixes = new TreeSet<>();
        Set<String> groups = new TreeSet<>(Set.of(""));
        Set<String> regions = new TreeSet<>();
        for (List<Rule> rules : layers) {
            for (Rule rule : rules) {
                rule.sources.stream().filter(NsgOracle::isPrefix).forEach(sourcePrefixes::add);
                rule.sources.stream()
                        .filter(token -> token.startsWith("azurecloud"))
                        .forEach(regions::add);
                rule.destinations.stream().filter(NsgOracle::isPrefix).forEach(destinationPrefixes::add);
                groups.addAll(rule.groups);
                rule.ports.forEach(range -> ports.addAll(List.of(range[0], range[1] + 1)));
                rule.sourcePorts.forEach(range -> sendersPorts.addAll(List.of(range[0], range[1] + 1)));
            }
        }
        ports.remove(65536);
        sendersPorts.remove(65536);
        TreeMap<BigInteger, Address> starts = starts(sourcePrefixes);
        for (Map.Entry<BigInteger, Address> start : starts.entrySet()) {
            if (start.getValue().isPublic()) {
                senders.add(start.getValue());
                BigInteger next = starts.higherKey(start.getKey());
                BigInteger end = start.getValue().six() ? BigInteger.TWO.pow(129) : BigInteger.TWO.pow(32);
                widths.add((next == null || next.compareTo(end) > 0 ? end : next).subtract(start.getKey()));
            }
        }
        for (String region : regions) {
            tenants.add(new Tenant(region, false));
            tenants.add(new Tenant(region, true));
        }
        Collection<Address> addresses = receiving.isEmpty()
                ? starts(destinationPrefixes).values()
                : receiving.stream().map(Address::of).toList();
        for (Address address : addresses) {
            groups.forEach(group -> receivers.add(new Receiver(address, address.six(), group)));
        }
        layers.forEach(rules -> rules.forEach(rule -> {
            rule.fromSender = new boolean[senders.size()];
            for (int i = 0; i < rule.fromSender.length; i++) {
                rule.fromSender[i] = comesFrom(rule, senders.get(i), network);
            }
            rule.everyPort = everyPort(rule.ports);
            rule.fromTenant = new boolean[tenants.size()];
            for (int i = 0; i < rule.fromTenant.length; i++) {
                rule.fromTenant[i] = comesFrom(rule, tenants.get(i));
            }
        }));
    }

    /** Where a stretch of addresses begins that some prefix tells apart. */
    private static TreeMap<BigInteger, Address> starts(Set<String> prefixes) {
        TreeMap<BigInteger, Address> starts = new TreeMap<>();
        for (Address zero : List.of(Address.of("0.0.0.0"), Address.of("::"))) {
            starts.put(zero.number(), zero);
        }
        for (String prefix : prefixes) {
            String[] parts = prefix.split("/");
            byte[] network = Address.of(parts[0]).bytes();
            int bits = parts.length == 1 ? network.length * 8 : Integer.parseInt(parts[1]);
            BigInteger size = BigInteger.TWO.pow(network.length * 8 - bits);
            BigInteger first = new BigInteger(1, network).divide(size).multiply(size);
            for (BigInteger value : List.of(first, first.add(size))) {
                if (value.bitLength() <= network.length * 8) {
                    Address address = new Address(bytes(value, network.length));
                    starts.put(address.number(), address);
                }
            }
        }
        return starts;
    }

    private static byte[] bytes(BigInteger value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[length - 1 - i] = value.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static boolean comesFrom(Rule rule, Address sender, List<String> network) {
        for (String token : rule.sources) {
            boolean said = switch (token) {
                case "*", "any", "internet" -> true;
                case "virtualnetwork", "virtual_network" -> inNetwork(sender, network);
                case "0.0.0.0/0" -> !sender.six() || !rule.access.equals("deny");
                default -> isPrefix(token) && sender.in(token);
            };
            if (said) {
                return true;
            }
        }
        return false;
    }

    private static boolean inNetwork(Address sender, List<String> network) {
        return network.stream().anyMatch(prefix -> prefix.equals("0.0.0.0/0") || sender.in(prefix));
    }

    /** A tenant is somewhere among the public addresses of its family: only its name, or all of them, name it for sure. */
    private boolean comesFrom(Rule rule, Tenant tenant) {
        boolean named = rule.sources.stream()
                .anyMatch(token -> token.startsWith("azurecloud")
                        && (tenant.name().equals(token) || tenant.name().startsWith(token + ".")));
        boolean all = true;
        for (int i = 0; i < senders.size(); i++) {
            all &= senders.get(i).six() != tenant.six() || rule.fromSender[i];
        }
        return named || all;
    }

    /** Whether a rule concerns the packet, its sender left aside. */
    private static boolean concerns(Rule rule, String protocol, int sendersPort, Receiver receiver, int port) {
        if (!rule.protocol.equals("*") && !rule.protocol.equals(protocol)) {
            return false;
        }
        boolean hasPorts = protocol.equals("tcp") || protocol.equals("udp");
        if (hasPorts ? !in(rule.ports, port) : !rule.everyPort) {
            return false;
        }
        return in(rule.sourcePorts, sendersPort) && goesTo(rule, receiver);
    }

    private static boolean in(List<int[]> ranges, int port) {
        for (int[] range : ranges) {
            if (range[0] <= port && port <= range[1]) {
                return true;
            }
        }
        return false;
    }

    /** Marks the ports one by one. */
    private static boolean everyPort(List<int[]> ranges) {
        boolean[] marked = new boolean[65_536];
        ranges.forEach(range -> Arrays.fill(marked, range[0], range[1] + 1, true));
        for (boolean mark : marked) {
            if (!mark) {
                return false;
            }
        }
        return true;
    }

    private static boolean goesTo(Rule rule, Receiver receiver) {
        if (!rule.groups.isEmpty()) {
            return rule.groups.contains(receiver.group());
        }
        for (String token : rule.destinations) {
            boolean said = switch (token) {
                case "*", "any", "virtualnetwork" -> true;
                case "0.0.0.0/0" -> !receiver.six() || !rule.access.equals("deny");
                default -> isPrefix(token) ? receiver.address().in(token) : !rule.access.equals("deny");
            };
            if (said) {
                return true;
            }
        }
        return false;
    }

    /** Returns what gets through to a port. */
    public Opening opening(String protocol, int port) {
        Opening opening = new Opening();
        Set<Tried> tried = new HashSet<>();
        for (Receiver receiver : receivers) {
            for (int sendersPort : sendersPorts) {
                List<List<Rule>> concerned = new ArrayList<>();
                for (List<Rule> rules : layers) {
                    List<Rule> some = new ArrayList<>();
                    for (Rule rule : rules) {
                        if (concerns(rule, protocol, sendersPort, receiver, port)) {
                            some.add(rule);
                        }
                    }
                    concerned.add(some);
                }
                if (tried.add(new Tried(concerned, receiver.six()))) {
                    send(concerned, receiver.six(), opening);
                }
            }
        }
        return opening;
    }

    private void send(List<List<Rule>> concerned, boolean six, Opening opening) {
        for (int i = 0; i < senders.size(); i++) {
            if (senders.get(i).six() == six) {
                List<String> chain = walk(concerned, i);
                if (chain != null) {
                    opening.senders
                            .computeIfAbsent(chain, first -> new TreeSet<>())
                            .add(i);
                }
            }
        }
        for (int i = 0; i < tenants.size(); i++) {
            if (tenants.get(i).six() == six) {
                List<String> chain = walkTenant(concerned, i);
                if (chain != null) {
                    opening.tenants
                            .computeIfAbsent(chain, first -> new HashSet<>())
                            .add(tenants.get(i));
                }
            }
        }
    }

    private @Nullable List<String> walk(List<List<Rule>> concerned, int sender) {
        List<String> chain = new ArrayList<>();
        for (int layer = 0; layer < concerned.size(); layer++) {
            Rule first = null;
            for (Rule rule : concerned.get(layer)) {
                if (rule.fromSender[sender]) {
                    first = rule;
                    break;
                }
            }
            boolean admin = adminFirst && layer == 0;
            if (first == null && admin) {
                continue;
            }
            if (first == null || first.access.equals("deny")) {
                return null;
            }
            chain.add(first.name);
            if (first.access.equals("alwaysallow")) {
                return chain;
            }
        }
        return chain;
    }

    /** As long as some address of the family has met none of the rules so far, the tenant may have it. */
    private @Nullable List<String> walkTenant(List<List<Rule>> concerned, int index) {
        boolean[] gone = new boolean[senders.size()];
        List<String> chain = new ArrayList<>();
        for (int layer = 0; layer < concerned.size(); layer++) {
            Rule first = null;
            for (Rule rule : concerned.get(layer)) {
                if (!someLeft(gone, tenants.get(index).six())) {
                    return null;
                }
                if (rule.fromTenant[index]) {
                    first = rule;
                    break;
                }
                for (int i = 0; i < gone.length; i++) {
                    gone[i] |= rule.fromSender[i];
                }
            }
            if (!someLeft(gone, tenants.get(index).six())) {
                return null;
            }
            boolean admin = adminFirst && layer == 0;
            if (first == null && admin) {
                continue;
            }
            if (first == null || first.access.equals("deny")) {
                return null;
            }
            chain.add(first.name);
            if (first.access.equals("alwaysallow")) {
                return chain;
            }
        }
        return chain;
    }

    private boolean someLeft(boolean[] gone, boolean six) {
        for (int i = 0; i < gone.length; i++) {
            if (!gone[i] && senders.get(i).six() == six) {
                return true;
            }
        }
        return false;
    }

    /** Returns one port of every stretch the rules tell apart. */
    public Set<Integer> ports() {
        return ports;
    }

    /** Returns every protocol. */
    public List<String> protocols() {
        return PROTOCOLS;
    }

    /** Returns the first address of a stretch of senders. */
    public Address sender(int index) {
        return senders.get(index);
    }

    /** Returns how many addresses some stretches of one family have together. */
    public BigInteger count(Set<Integer> stretches, boolean six) {
        return stretches.stream()
                .filter(i -> senders.get(i).six() == six)
                .map(widths::get)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Returns the class of some stretches of one family, worst 2: 65,536 is many, half of all is any; IPv6 counts networks. */
    public int reach(Set<Integer> stretches, boolean six) {
        BigInteger count = count(stretches, six);
        if (six) {
            return count.compareTo(BigInteger.TWO.pow(90)) > 0
                    ? 2
                    : count.compareTo(BigInteger.TWO.pow(80)) >= 0 ? 1 : 0;
        }
        Set<Integer> all = new TreeSet<>();
        for (int i = 0; i < senders.size(); i++) {
            all.add(i);
        }
        boolean half = count.multiply(BigInteger.TWO).compareTo(count(all, false)) >= 0;
        return half ? 2 : count.compareTo(BigInteger.valueOf(65_536)) >= 0 ? 1 : 0;
    }
}
