package dev.ronde.check.derive.aws;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.Section;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One network ACL as {@code describe-network-acls} prints it.
 *
 * @param id its id
 * @param vpc id of the VPC it belongs to
 * @param attached whether any subnet has it; one that none has lets nothing through and keeps nothing out
 * @param entries in the order in which they are looked at, inbound first
 */
record NetworkAcl(String id, String vpc, boolean attached, List<AclEntry> entries) {
    private static final int CLOSING = 32_767;

    static NetworkAcl read(Section acl) {
        String id = Section.shown(acl.required("NetworkAclId"));
        Section named = acl.named("network ACL " + id);
        List<AclEntry> entries = acl.sections("Entries", "entry of " + id).stream()
                .map(entry -> AclEntry.read(entry, id))
                .sorted(Comparator.comparing((AclEntry entry) -> !entry.inbound())
                        .thenComparingInt(AclEntry::number))
                .toList();
        refuseDoubles(entries);
        if (entries.stream().noneMatch(entry -> entry.inbound() && entry.number() == CLOSING)) {
            throw named.problem("'Entries' does not end with the inbound entry " + CLOSING
                    + " that every ACL has, so something is missing; push all that describe-network-acls prints");
        }
        return new NetworkAcl(id, named.required("VpcId"), named.has("Associations"), entries);
    }

    boolean holdsIn(String place) {
        return attached && vpc.equals(place);
    }

    /** AWS uses one number for the closing entries of both families. */
    private static void refuseDoubles(List<AclEntry> entries) {
        Set<String> seen = new HashSet<>();
        for (AclEntry entry : entries) {
            boolean six = entry.cidr().contains(":");
            if (!seen.add(entry.number() + " " + entry.inbound() + " " + six)) {
                throw new Section("rule " + entry.number() + " of " + entry.acl(), Map.of())
                        .problem(Saying.NUMBER_TWICE);
            }
        }
    }
}
