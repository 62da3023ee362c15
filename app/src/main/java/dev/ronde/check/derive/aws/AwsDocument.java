package dev.ronde.check.derive.aws;

import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.Addresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a snapshot of {@code aws.sg.v1} holds: one security group, or all groups of a machine; network ACLs of its subnets and prefix
 * lists may stand beside them.
 *
 * @param names names of the groups
 * @param permissions inbound first
 * @param acls entries of each network ACL in their order, by its id; empty where the snapshot has none
 */
record AwsDocument(List<String> names, List<AwsPermission> permissions, Map<String, List<AclEntry>> acls) {
    static AwsDocument read(Map<String, Object> document) {
        Section root = new Section("the document", document);
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
        List<String> names = new ArrayList<>();
        List<AwsPermission> permissions = new ArrayList<>();
        for (Section group : groups) {
            String id = Section.shown(group.required("GroupId"));
            String name = group.text("GroupName").map(Section::shown).orElse(id);
            String owner = groups.size() < 2 ? null : name + " (" + id + ")";
            names.add(name);
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
        permissions.sort(Comparator.comparing(permission -> !permission.inbound()));
        return new AwsDocument(names, permissions, acls(root));
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
            List<AddressSet.Range> ranges = new ArrayList<>();
            cidrs.forEach(cidr -> ranges.addAll(Addresses.prefix(cidr)
                    .orElseThrow(() -> named.problem("'" + Section.shown(cidr) + "' is no address range"))
                    .ranges()));
            lists.put(id, AddressSet.of(ranges));
        }
        return lists;
    }

    private static Map<String, List<AclEntry>> acls(Section root) {
        Map<String, List<AclEntry>> acls = new LinkedHashMap<>();
        for (Section acl : root.sections("NetworkAcls", "network ACL")) {
            String id = Section.shown(acl.required("NetworkAclId"));
            List<AclEntry> entries = acl.sections("Entries", "entry of " + id).stream()
                    .map(entry -> AclEntry.read(entry, id))
                    .sorted(Comparator.comparing((AclEntry entry) -> !entry.inbound())
                            .thenComparingInt(AclEntry::number))
                    .toList();
            refuseDoubles(entries);
            acls.put(id, entries);
        }
        return acls;
    }

    /** AWS keeps the closing entries of both families under one number. */
    private static void refuseDoubles(List<AclEntry> entries) {
        Set<String> seen = new HashSet<>();
        for (AclEntry entry : entries) {
            boolean six = entry.cidr().contains(":");
            if (!seen.add(entry.number() + " " + entry.inbound() + " " + six)) {
                throw new Section("rule " + entry.number() + " of " + entry.acl(), Map.of())
                        .problem("its number is used twice");
            }
        }
    }
}
