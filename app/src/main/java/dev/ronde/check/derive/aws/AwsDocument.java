package dev.ronde.check.derive.aws;

import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.UnparsableException;
import dev.ronde.check.derive.net.AddressSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a snapshot of {@code aws.sg.v1} holds: one security group, or all groups of a machine; network ACLs of its subnets and prefix
 * lists may stand beside them.
 *
 * @param names names of the groups
 * @param networks what stands together; traffic gets through one of them
 * @param elsewhere ids of network ACLs that hold for none of the groups: of another VPC, or without a subnet
 */
record AwsDocument(List<String> names, List<Network> networks, List<String> elsewhere) {
    /**
     * Groups of one VPC and the network ACLs of its subnets.
     *
     * @param permissions inbound first
     * @param acls the ACLs; empty where the snapshot has none at all
     */
    record Network(List<AwsPermission> permissions, List<NetworkAcl> acls) {}

    List<AwsPermission> permissions() {
        return networks.stream()
                .flatMap(network -> network.permissions().stream())
                .sorted(INBOUND_FIRST)
                .toList();
    }

    List<NetworkAcl> acls() {
        return networks.stream().flatMap(network -> network.acls().stream()).toList();
    }

    private static final Comparator<AwsPermission> INBOUND_FIRST =
            Comparator.comparing(permission -> !permission.inbound());

    static AwsDocument read(Map<String, Object> document) {
        Section root = new Section(UnparsableException.DOCUMENT, document);
        if (root.has("SecurityGroups")) {
            Stream.of("GroupId", "IpPermissions", "IpPermissionsEgress")
                    .filter(root::has)
                    .findFirst()
                    .ifPresent(name -> {
                        throw root.problem("holds '" + name + "' beside 'SecurityGroups'; push one of them");
                    });
        }
        List<Section> groups = root.has("SecurityGroups")
                ? root.sections("SecurityGroups", "security group")
                : root.has("GroupId") ? List.of(root) : List.of();
        if (groups.isEmpty()) {
            throw root.problem(
                    "holds no security group; push what describe-security-groups prints for the groups of the machine");
        }
        Map<String, AddressSet> lists = prefixLists(root);
        List<NetworkAcl> acls = root.sections("NetworkAcls", "network ACL").stream()
                .map(NetworkAcl::read)
                .toList();
        List<String> names = new ArrayList<>();
        Map<String, List<AwsPermission>> byVpc = new LinkedHashMap<>();
        for (Section group : groups) {
            String id = Section.shown(group.required("GroupId"));
            String name = group.text("GroupName").map(Section::shown).orElse(id);
            String owner = groups.size() < 2 ? null : name + " (" + id + ")";
            names.add(name);
            List<AwsPermission> permissions =
                    byVpc.computeIfAbsent(vpc(group.named(name), acls), vpc -> new ArrayList<>());
            int place = 1;
            for (Section permission : group.sections("IpPermissions", "permission")) {
                Section named = permission.named("permission " + place++ + " of " + name);
                permissions.addAll(AwsPermission.read(named, owner, true, lists));
            }
            for (Section permission : group.sections("IpPermissionsEgress", "outbound permission")) {
                Section named = permission.named("outbound permission of " + name);
                permissions.addAll(AwsPermission.read(named, owner, false, lists));
            }
        }
        List<Network> networks = new ArrayList<>();
        byVpc.forEach((vpc, permissions) -> networks.add(new Network(
                permissions.stream().sorted(INBOUND_FIRST).toList(),
                acls.stream().filter(acl -> acl.holdsIn(vpc)).toList())));
        return new AwsDocument(
                names,
                networks,
                acls.stream()
                        .filter(acl -> byVpc.keySet().stream().noneMatch(acl::holdsIn))
                        .map(NetworkAcl::id)
                        .toList());
    }

    /** The VPC decides which ACLs apply to a group; without ACLs the value is the same for all groups. */
    private static String vpc(Section group, List<NetworkAcl> acls) {
        if (acls.isEmpty()) {
            return "";
        }
        String vpc = group.required("VpcId");
        if (acls.stream().noneMatch(acl -> acl.holdsIn(vpc))) {
            throw group.problem("no network ACL of a subnet of " + Section.shown(vpc)
                    + " is there; push those of the subnets of the machine, or none");
        }
        return vpc;
    }

    /** Prefix lists with their content, as {@code describe-prefix-lists} or {@code get-managed-prefix-list-entries} print it. */
    private static Map<String, AddressSet> prefixLists(Section root) {
        Map<String, AddressSet> lists = new LinkedHashMap<>();
        for (Section list : root.sections("PrefixLists", "prefix list")) {
            String id = list.required("PrefixListId");
            Section named = list.named("prefix list " + id);
            List<String> cidrs = new ArrayList<>(named.texts("Cidrs"));
            named.sections("Entries", "entry").forEach(entry -> cidrs.add(entry.required("Cidr")));
            if (cidrs.isEmpty()) {
                throw named.problem("has neither 'Cidrs' nor 'Entries'");
            }
            lists.put(id, named.addresses(named.has("Entries") ? "Entries" : "Cidrs", cidrs));
        }
        return lists;
    }
}
