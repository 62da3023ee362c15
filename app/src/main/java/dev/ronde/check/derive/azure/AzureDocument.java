package dev.ronde.check.derive.azure;

import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.UnparsableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        Section root = new Section(UnparsableException.DOCUMENT, document);
        refuseMixture(root);
        List<SecurityGroup> groups = root.has("value")
                ? effective(root)
                : root.has(OF_SUBNET) || root.has(OF_INTERFACE) ? pair(root) : List.of(single(root));
        return new AzureDocument(root, AdminRules.of(root), groups);
    }

    private static void refuseMixture(Section root) {
        Section group = root.flattened("properties");
        List<String> kinds = Stream.of(
                        Stream.of("value"),
                        Stream.of(OF_SUBNET, OF_INTERFACE),
                        Stream.of("securityRules", "defaultSecurityRules"))
                .flatMap(kind -> kind.filter(group::has).limit(1))
                .toList();
        if (kinds.size() > 1) {
            throw root.problem("holds '" + kinds.get(1) + "' beside '" + kinds.get(0) + "'; push one of them");
        }
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

    /** The group on the subnet comes first, as it does for inbound traffic. */
    private static List<SecurityGroup> effective(Section root) {
        root.sections("value", "effective group").forEach(AzureDocument::refuseTwoOwners);
        List<Section> listed = root.sections("value", "effective group").stream()
                .filter(group -> !ofManager(group))
                .sorted(java.util.Comparator.comparing(group -> !on(group, "subnet")))
                .toList();
        if (!inARow(listed)) {
            throw root.problem(
                    "holds more than the effective rules of one network interface, those of its subnet's group"
                            + " and of its own; push each interface to its own asset");
        }
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

    /** Only a subnet's group and the group of one network interface in it apply one after the other. */
    private static boolean inARow(List<Section> listed) {
        long interfaces = listed.stream()
                .flatMap(group -> group.section("association").stream())
                .flatMap(on -> on.section("networkInterface").stream())
                .map(on -> on.required("id").toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        return listed.size() < 2
                || (listed.size() == 2
                        && interfaces == 1
                        && on(listed.get(0), "subnet")
                        && !on(listed.get(1), "subnet")
                        && on(listed.get(1), "networkInterface"));
    }

    private static boolean on(Section group, String what) {
        return group.section("association").filter(on -> on.has(what)).isPresent();
    }

    /** Manager rules come before group rules and end differently, so an entry is one or the other. */
    private static void refuseTwoOwners(Section group) {
        if (on(group, "networkManager") && (on(group, "subnet") || on(group, "networkInterface"))) {
            throw group.problem("'association' names a network manager and a "
                    + (on(group, "subnet") ? "subnet" : "network interface")
                    + " at once; whose rules these are is not known");
        }
        if (ofManager(group) && group.has("networkSecurityGroup")) {
            throw group.problem("names a network security group, and 'association' only a network manager;"
                    + " whose rules these are is not known");
        }
    }

    private static boolean ofManager(Section group) {
        return on(group, "networkManager");
    }

    boolean managed() {
        return root.truth("networkManagerInUse")
                || root.sections("value", "effective group").stream().anyMatch(group -> on(group, "networkManager"));
    }

    Stream<AzureRule> rules() {
        return Stream.concat(
                admin.stream().flatMap(List::stream), groups.stream().flatMap(group -> group.rules().stream()));
    }
}
