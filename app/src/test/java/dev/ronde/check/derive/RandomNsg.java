package dev.ronde.check.derive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Security groups as no person would write them, but Azure would accept them; the same seed gives the same document. */
public final class RandomNsg {
    private static final List<String> SOURCES = List.of("""
            * Any Internet INTERNET 0.0.0.0/0 ::/0 0.0.0.0/1 128.0.0.0/1 64.0.0.0/2 128.0.0.0/2 8.0.0.0/8 8.8.0.0/16
            8.8.8.0/24 8.8.8.8 52.0.0.0/6 52.10.0.0/15 52.10.0.0/17 2000::/4 3000::/4 2600::/12 2a00:1450::/32
            2a00:1450:4000::/38 2a00:1450:4000::/48 2a00:1450:4000:1::/64 2a00:1450:4000:1::5 10.0.0.0/8
            192.168.1.0/24 VirtualNetwork VIRTUAL_NETWORK AzureLoadBalancer AZURE_LOADBALANCER AzureCloud
            AzureCloud.WestEurope azurecloud.northeurope Sql Storage.WestEurope 203.0.113.0/24 168.63.129.16/32
            224.0.0.0/3 12.0.0.0/6 10.0.0.0/7 192.0.0.0/8""".split("\\s+"));
    private static final List<String> RECEIVERS =
            List.of("10.0.0.4 10.0.0.0/24 10.0.0.0/16 fd00:1::/64 fd00:1::4 0.0.0.0/0 VirtualNetwork ::/0".split(" "));
    private static final List<String> PORTS =
            List.of("22 80 443 3389 9200 9300 9200-9300 20-25 0-65535 1024-65535 0-1023 8000-9250 65535 0".split(" "));
    private static final List<String> SENDERS_PORTS = List.of("53", "1024-65535", "0-1023", "49152-65535", "0-65535");

    private final Random random;

    private RandomNsg(long seed) {
        this.random = new Random(seed);
    }

    /** Returns a document in one of the shapes of {@code azure.nsg.v1}. */
    public static Map<String, Object> document(long seed) {
        return new RandomNsg(seed).document();
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        if (chance(15)) {
            document.put("subnetSecurityGroup", group(3));
            document.put("networkInterfaceSecurityGroup", group(3));
        } else {
            document.putAll(group(10));
        }
        if (chance(15)) {
            List<Map<String, Object>> rules = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                rules.add(adminRule(i));
            }
            document.put("securityAdminRules", rules);
        }
        if (chance(8)) {
            document.put(
                    "virtualNetworkPrefixes",
                    chance(50) ? List.of("10.0.0.0/8", "52.10.0.0/15") : List.of("0.0.0.0/0"));
        }
        if (chance(10)) {
            document.put("protectedAddresses", chance(50) ? List.of("10.0.0.4") : List.of("10.0.0.9", "fd00:1::4"));
        }
        return document;
    }

    private Map<String, Object> group(int most) {
        Map<String, Object> settings = new LinkedHashMap<>();
        List<Map<String, Object>> rules = new ArrayList<>();
        boolean flat = chance(40);
        Set<Integer> used = new HashSet<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            int priority = 100 + random.nextInt(3_997);
            if (used.add(priority)) {
                rules.add(rule("r" + priority, priority, flat));
            }
        }
        if (chance(6)) {
            pieces(rules, used, flat);
        }
        settings.put("securityRules", rules);
        if (chance(30)) {
            settings.put("defaultSecurityRules", List.of());
        } else if (chance(40)) {
            settings.put("defaultSecurityRules", standard(flat));
        }
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("name", "nsg");
        if (flat) {
            group.putAll(settings);
        } else {
            group.put("properties", settings);
        }
        return group;
    }

    /** The Internet closed piece by piece, some piece now and then forgotten, and a cloud let in behind it. */
    private void pieces(List<Map<String, Object>> rules, Set<Integer> used, boolean flat) {
        int priority = 100 + random.nextInt(2_000);
        for (String piece : List.of("0.0.0.0/1", "128.0.0.0/1", "2000::/4", "3000::/4")) {
            if (chance(85) && used.add(priority)) {
                rules.add(pieceOf("Deny", piece, priority, flat));
            }
            priority++;
        }
        if (used.add(4_000)) {
            rules.add(pieceOf("Allow", chance(70) ? "AzureCloud" : "AzureCloud.WestEurope", 4_000, flat));
        }
    }

    private static Map<String, Object> pieceOf(String access, String source, int priority, boolean flat) {
        Map<String, Object> fields =
                new LinkedHashMap<>(Map.of("access", access, "direction", "Inbound", "protocol", "*"));
        fields.put("priority", (long) priority);
        fields.put("sourceAddressPrefix", source);
        fields.put("sourcePortRange", "*");
        fields.put("destinationAddressPrefix", "*");
        fields.put("destinationPortRange", "*");
        return shaped("piece" + priority, fields, flat);
    }

    private static List<Map<String, Object>> standard(boolean flat) {
        return List.of(
                standard("AllowVnetInBound", 65_000, "Allow", "VirtualNetwork", flat),
                standard("AllowAzureLoadBalancerInBound", 65_001, "Allow", "AzureLoadBalancer", flat),
                standard("DenyAllInBound", 65_500, "Deny", "*", flat));
    }

    private static Map<String, Object> standard(String name, int priority, String access, String source, boolean flat) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("access", access);
        fields.put("direction", "Inbound");
        fields.put("priority", (long) priority);
        fields.put("protocol", "*");
        fields.put("sourceAddressPrefix", source);
        fields.put("sourcePortRange", "*");
        fields.put("destinationAddressPrefix", "*");
        fields.put("destinationPortRange", "*");
        return shaped(name, fields, flat);
    }

    private static Map<String, Object> shaped(String name, Map<String, Object> fields, boolean flat) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("name", name);
        if (flat) {
            rule.putAll(fields);
        } else {
            rule.put("properties", fields);
        }
        return rule;
    }

    private Map<String, Object> rule(String name, int priority, boolean flat) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("access", chance(55) ? spelt("Allow") : spelt("Deny"));
        fields.put("direction", chance(90) ? spelt("Inbound") : "Outbound");
        fields.put("priority", (long) priority);
        fields.put("protocol", spelt(one(List.of("Tcp", "Tcp", "Tcp", "Udp", "*", "*", "Icmp", "Esp", "Ah"))));
        if (chance(6)) {
            fields.put("sourceApplicationSecurityGroups", List.of(Map.of("id", "/asg/senders")));
        } else {
            sources(fields);
        }
        if (chance(80)) {
            fields.put("sourcePortRange", "*");
            fields.put("sourcePortRanges", List.of());
        } else {
            put(fields, "sourcePortRange", some(SENDERS_PORTS, 2));
        }
        if (chance(8)) {
            fields.put(
                    "destinationApplicationSecurityGroups", List.of(Map.of("id", "/asg/" + one(List.of("web", "db")))));
        } else if (chance(80)) {
            fields.put("destinationAddressPrefix", "*");
        } else {
            put(fields, "destinationAddressPrefix", some(RECEIVERS, 2));
        }
        if (chance(20)) {
            fields.put("destinationPortRange", "*");
        } else {
            put(fields, "destinationPortRange", some(PORTS, 3));
        }
        return shaped(name, fields, flat);
    }

    private void sources(Map<String, Object> fields) {
        List<String> all = some(SOURCES, 3);
        if (chance(20)) {
            int length = 1 + random.nextInt(32);
            all.add(random.nextInt(224) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".0/" + length);
        }
        put(fields, "sourceAddressPrefix", all);
    }

    /** One in the singular field, several in the plural one, or all in one text. */
    private void put(Map<String, Object> fields, String single, List<String> all) {
        String plural = single.endsWith("x") ? single + "es" : single + "s";
        if (all.size() == 1 && chance(70)) {
            fields.put(single, all.get(0));
            fields.put(plural, List.of());
        } else if (chance(15)) {
            fields.put(single, String.join(", ", all));
        } else if (chance(10)) {
            fields.put(single, all.get(0));
            fields.put(plural, all.subList(1, all.size()));
        } else {
            fields.put(single, "");
            fields.put(plural, all);
        }
    }

    private Map<String, Object> adminRule(int place) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("name", "admin" + place);
        rule.put("access", one(List.of("Allow", "Deny", "AlwaysAllow")));
        rule.put("direction", "Inbound");
        rule.put("priority", (long) (10 * place + 1));
        rule.put("protocol", one(List.of("Tcp", "Udp", "Any")));
        rule.put("sources", prefixes(SOURCES));
        rule.put("destinations", prefixes(List.of("*", "10.0.0.0/24")));
        rule.put("sourcePortRanges", chance(80) ? List.of("0-65535") : some(SENDERS_PORTS, 1));
        rule.put("destinationPortRanges", chance(10) ? List.of() : some(PORTS, 2));
        return rule;
    }

    private List<Map<String, Object>> prefixes(List<String> from) {
        List<Map<String, Object>> prefixes = new ArrayList<>();
        for (String prefix : some(from, 2)) {
            boolean tag = !prefix.matches("[0-9*].*") && !prefix.contains(":");
            prefixes.add(Map.of("addressPrefix", prefix, "addressPrefixType", tag ? "ServiceTag" : "IPPrefix"));
        }
        return prefixes;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private List<String> some(List<String> from, int most) {
        List<String> some = new ArrayList<>();
        for (int i = 1 + random.nextInt(chance(60) ? 1 : most); i > 0; i--) {
            some.add(one(from));
        }
        return some;
    }

    private String spelt(String word) {
        return switch (random.nextInt(4)) {
            case 0 -> word.toLowerCase(java.util.Locale.ROOT);
            case 1 -> word.toUpperCase(java.util.Locale.ROOT);
            default -> word;
        };
    }
}
