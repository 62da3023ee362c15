package dev.ronde.check.derive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.derive.Packets;
import dev.ronde.check.derive.net.Exposure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Security groups and network ACLs against an oracle that lets single packets through: the first matching entry of an ACL decides,
 * then any permission of any group of the same VPC. The two share no class but the one that writes a number for an address.
 */
final class AwsSgOracleTest {
    private static final int DOCUMENTS = "full".equals(System.getProperty("ronde.scale")) ? 101_000 : 1_000;
    private static final Map<String, String> NUMBERS = Map.of("tcp", "6", "udp", "17", "icmp", "1");

    private static final List<String> VPCS = List.of("vpc-1", "vpc-2");

    @Test
    void agreesOnManyDocuments() {
        List<String> mismatches = IntStream.range(0, DOCUMENTS)
                .parallel()
                .mapToObj(AwsSgOracleTest::mismatch)
                .filter(text -> !text.isEmpty())
                .limit(3)
                .toList();
        assertThat(mismatches).isEmpty();
    }

    private static String mismatch(int seed) {
        Map<String, Object> document = document(new Random(seed));
        List<Exposure> found = AwsSgExposure.exposures(AwsDocument.read(document));
        for (String protocol : Packets.PROTOCOLS) {
            for (int port : protocol.equals("icmp") ? List.of(0) : Packets.PORTS) {
                Set<String> expected = new TreeSet<>();
                for (String sender : Packets.senders()) {
                    if (admitted(document, sender, protocol, port)) {
                        expected.add(sender);
                    }
                }
                Set<String> actual = Packets.through(found, protocol, port);
                if (!expected.equals(actual)) {
                    return "seed " + seed + " " + protocol + " " + port + "\nexpected " + expected + "\nactual   "
                            + actual + "\n" + document;
                }
            }
        }
        return "";
    }

    // the oracle

    private static boolean admitted(Map<String, Object> document, String sender, String protocol, int port) {
        List<Map<String, Object>> acls = list(document, "NetworkAcls");
        return list(document, "SecurityGroups").stream()
                .filter(group -> acls.isEmpty()
                        || acls.stream()
                                .filter(acl -> acl.get("VpcId").equals(group.get("VpcId")))
                                .filter(acl -> !list(acl, "Associations").isEmpty())
                                .anyMatch(acl -> aclAdmits(acl, sender, protocol, port)))
                .flatMap(group -> list(group, "IpPermissions").stream())
                .anyMatch(permission -> permits(permission, sender, protocol, port));
    }

    private static boolean aclAdmits(Map<String, Object> acl, String sender, String protocol, int port) {
        return list(acl, "Entries").stream()
                .filter(entry -> Boolean.FALSE.equals(entry.get("Egress")))
                .sorted(Comparator.comparing((Map<String, Object> entry) -> (Long) entry.get("RuleNumber")))
                .filter(entry -> Packets.within(
                        sender, String.valueOf(entry.getOrDefault("CidrBlock", entry.get("Ipv6CidrBlock")))))
                .filter(entry -> entry.get("Protocol").equals("-1")
                        || entry.get("Protocol").equals(NUMBERS.get(protocol)))
                .filter(entry -> {
                    if (protocol.equals("icmp") || entry.get("Protocol").equals("-1")) {
                        return true;
                    }
                    Map<?, ?> range = (Map<?, ?>) entry.get("PortRange");
                    return (Long) range.get("From") <= port && port <= (Long) range.get("To");
                })
                .findFirst()
                .filter(entry -> entry.get("RuleAction").equals("allow"))
                .isPresent();
    }

    private static boolean permits(Map<String, Object> permission, String sender, String protocol, int port) {
        Object stated = permission.get("IpProtocol");
        boolean matches = stated.equals("-1")
                || (stated.equals(protocol)
                        && (protocol.equals("icmp")
                                || ((Long) permission.get("FromPort") <= port
                                        && port <= (Long) permission.get("ToPort"))));
        return matches
                && (list(permission, "IpRanges").stream()
                                .anyMatch(range -> Packets.within(sender, String.valueOf(range.get("CidrIp"))))
                        || list(permission, "Ipv6Ranges").stream()
                                .anyMatch(range -> Packets.within(sender, String.valueOf(range.get("CidrIpv6")))));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> map, String name) {
        return (List<Map<String, Object>>) map.getOrDefault(name, List.of());
    }

    // random documents

    private static Map<String, Object> document(Random random) {
        Map<String, Object> document = new LinkedHashMap<>();
        List<Object> groups = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            List<Object> permissions = new ArrayList<>();
            for (int n = random.nextInt(5); n > 0; n--) {
                permissions.add(permission(random));
            }
            groups.add(Map.of(
                    "GroupId",
                    "sg-" + i,
                    "GroupName",
                    "group " + i,
                    "VpcId",
                    VPCS.get(random.nextInt(2)),
                    "IpPermissions",
                    permissions,
                    "IpPermissionsEgress",
                    List.of()));
        }
        document.put("SecurityGroups", groups);
        List<Object> acls = new ArrayList<>();
        if (random.nextInt(3) > 0) {
            VPCS.forEach(vpc -> acls.add(acl(random, "acl-" + acls.size(), vpc, true)));
            for (int i = random.nextInt(3); i > 0; i--) {
                String vpc = List.of("vpc-1", "vpc-2", "vpc-3").get(random.nextInt(3));
                acls.add(acl(random, "acl-" + acls.size(), vpc, random.nextInt(3) > 0));
            }
            java.util.Collections.shuffle(acls, random);
        }
        if (!acls.isEmpty()) {
            document.put("NetworkAcls", acls);
        }
        return document;
    }

    private static Map<String, Object> acl(Random random, String id, String vpc, boolean attached) {
        List<Object> entries = new ArrayList<>();
        int number = 0;
        for (int n = random.nextInt(6); n > 0; n--) {
            number += 1 + random.nextInt(50);
            entries.add(entry(random, number));
        }
        entries.add(Map.of(
                "RuleNumber",
                32_767L,
                "Egress",
                false,
                "RuleAction",
                "deny",
                "Protocol",
                "-1",
                "CidrBlock",
                "0.0.0.0/0"));
        java.util.Collections.shuffle(entries, random);
        List<Object> subnets = attached ? List.of(Map.of("SubnetId", "subnet-" + id)) : List.of();
        return Map.of("NetworkAclId", id, "VpcId", vpc, "Associations", subnets, "Entries", entries);
    }

    private static Map<String, Object> permission(Random random) {
        Map<String, Object> permission = new LinkedHashMap<>();
        String protocol = List.of("tcp", "udp", "icmp", "-1", "tcp").get(random.nextInt(5));
        permission.put("IpProtocol", protocol);
        if (protocol.equals("tcp") || protocol.equals("udp")) {
            int[] ports = Packets.ports(random);
            permission.put("FromPort", (long) ports[0]);
            permission.put("ToPort", (long) ports[1]);
        } else if (protocol.equals("icmp")) {
            permission.put("FromPort", -1L);
            permission.put("ToPort", -1L);
        }
        List<Object> four = new ArrayList<>();
        List<Object> six = new ArrayList<>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            String prefix = Packets.prefix(random);
            if (prefix.contains(":")) {
                six.add(Map.of("CidrIpv6", prefix));
            } else {
                four.add(Map.of("CidrIp", prefix));
            }
        }
        permission.put("IpRanges", four);
        permission.put("Ipv6Ranges", six);
        permission.put("UserIdGroupPairs", random.nextInt(4) == 0 ? List.of(Map.of("GroupId", "sg-9")) : List.of());
        return permission;
    }

    private static Map<String, Object> entry(Random random, int number) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("RuleNumber", (long) number);
        entry.put("Egress", random.nextInt(5) == 0);
        entry.put("RuleAction", random.nextBoolean() ? "allow" : "deny");
        String protocol = List.of("6", "17", "-1", "1").get(random.nextInt(4));
        entry.put("Protocol", protocol);
        if (protocol.equals("6") || protocol.equals("17")) {
            int[] ports = Packets.ports(random);
            entry.put("PortRange", Map.of("From", (long) ports[0], "To", (long) ports[1]));
        }
        String prefix = Packets.prefix(random);
        entry.put(prefix.contains(":") ? "Ipv6CidrBlock" : "CidrBlock", prefix);
        return entry;
    }
}
