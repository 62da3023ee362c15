package dev.ronde.check.derive.azure;

import dev.ronde.check.derive.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a snapshot of {@code azure.nsg.v1} holds: one security group; or the groups of a subnet and of a network interface in it; or the
 * effective rules of a network interface. Security admin rules and the prefixes of the virtual network may stand beside either.
 *
 * @param admin security admin rules; empty where the document does not say
 * @param groups the groups in the order inbound traffic meets them; it has to pass all of them
 */
record AzureDocument(Section root, Optional<List<AzureRule>> admin, List<SecurityGroup> groups) {
    private static final String OF_SUBNET = "subnetSecurityGroup";
    private static final String OF_INTERFACE = "networkInterfaceSecurityGroup";

    static AzureDocument read(Map<String, Object> document) {
        Section root = new Section("the document", document);
        List<SecurityGroup> groups = root.has("value")
                ? effective(root)
                : root.has(OF_SUBNET) || root.has(OF_INTERFACE) ? pair(root) : List.of(single(root));
        return new AzureDocument(root, AdminRules.of(root), groups);
    }

    private static SecurityGroup single(Section root) {
        boolean group = Stream.of("properties", "securityRules", "defaultSecurityRules", "id", "name")
                .anyMatch(name -> root.fields().get(name) != null);
        if (!group) {
            throw root.problem("holds neither a security group nor effective rules");
        }
        return SecurityGroup.read(root, null);
    }

    private static List<SecurityGroup> pair(Section root) {
        return Stream.of(OF_SUBNET, OF_INTERFACE)
                .flatMap(name -> root.section(name).stream()
                        .map(group -> SecurityGroup.read(
                                group, name.equals(OF_SUBNET) ? "the subnet's group" : "the interface's group")))
                .toList();
    }

    /** A group that is on the subnet comes first, as it does for inbound traffic. */
    private static List<SecurityGroup> effective(Section root) {
        List<Section> listed = root.sections("value", "effective group").stream()
                .filter(group -> !ofManager(group))
                .sorted(java.util.Comparator.comparing(group -> !on(group, "subnet")))
                .toList();
        List<SecurityGroup> groups = new ArrayList<>();
        for (Section group : listed) {
            String owner =
                    listed.size() < 2 ? null : on(group, "subnet") ? "the subnet's group" : "the interface's group";
            groups.add(SecurityGroup.readEffective(group, owner));
        }
        if (groups.isEmpty()) {
            throw root.problem("lists no effective rules");
        }
        return groups;
    }

    private static boolean on(Section group, String what) {
        return group.section("association").filter(on -> on.has(what)).isPresent();
    }

    private static boolean ofManager(Section group) {
        return on(group, "networkManager") && !on(group, "subnet") && !on(group, "networkInterface");
    }

    /** Returns whether a network manager has a say, as far as the document tells. */
    boolean managed() {
        return root.truth("networkManagerInUse")
                || root.sections("value", "effective group").stream().anyMatch(group -> on(group, "networkManager"));
    }

    /** Returns every rule in the order of the layers. */
    Stream<AzureRule> rules() {
        return Stream.concat(
                admin.stream().flatMap(List::stream), groups.stream().flatMap(group -> group.rules().stream()));
    }
}
