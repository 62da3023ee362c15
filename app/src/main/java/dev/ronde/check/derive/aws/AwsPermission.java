package dev.ronde.check.derive.aws;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.Protocols;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.NetworkRule;
import dev.ronde.check.derive.net.PortSet;
import dev.ronde.check.derive.net.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One source of one permission of a security group, which is what the console calls a rule.
 *
 * @param owner the group, where there are several
 * @param protocol lower-case name, empty for every protocol
 * @param from the source as written
 * @param inbound whether it stands among the inbound permissions
 */
record AwsPermission(
        @Nullable String owner, Optional<String> protocol, PortSet ports, String from, Source source, boolean inbound) {
    private static final int NO_PORT = -1;

    static List<AwsPermission> read(
            Section permission, @Nullable String owner, boolean inbound, Map<String, AddressSet> lists) {
        Optional<String> protocol = Protocols.of(permission, "IpProtocol", "-1");
        PortSet ports = ports(permission, protocol);
        List<AwsPermission> rules = new ArrayList<>();
        for (String field : List.of("CidrIp", "CidrIpv6")) {
            for (Section range : permission.sections(field.equals("CidrIp") ? "IpRanges" : "Ipv6Ranges", "range")) {
                String text = range.named(permission.where()).required(field);
                Source source = Source.of(permission.addresses(field, List.of(text)));
                rules.add(new AwsPermission(owner, protocol, ports, text, source, inbound));
            }
        }
        for (Section list : permission.sections("PrefixListIds", "prefix list")) {
            String id = Section.shown(list.named(permission.where()).required("PrefixListId"));
            AddressSet known = lists.get(id);
            Source source = known == null ? new Source(AddressSet.NONE, Set.of("prefix list " + id)) : Source.of(known);
            rules.add(new AwsPermission(owner, protocol, ports, id, source, inbound));
        }
        for (Section group : permission.sections("UserIdGroupPairs", "source group")) {
            String id = Section.shown(group.named(permission.where()).required("GroupId"));
            rules.add(new AwsPermission(owner, protocol, ports, id, Source.PRIVATE, inbound));
        }
        if (rules.isEmpty()) {
            throw permission.problem(Saying.NO_SOURCE);
        }
        return rules;
    }

    /** For ICMP the two fields hold type and code; other protocols have no ports. */
    private static PortSet ports(Section permission, Optional<String> protocol) {
        if (protocol.filter(name -> Set.of("tcp", "udp", "sctp").contains(name)).isEmpty()) {
            return PortSet.ALL;
        }
        int first = permission.number("FromPort", NO_PORT, PortSet.LAST);
        int last = permission.number("ToPort", NO_PORT, PortSet.LAST);
        if (first == NO_PORT && last == NO_PORT) {
            return PortSet.ALL;
        }
        if (first < 0 || last < first) {
            throw permission.problem(Saying.FIELD_PORTS_TURNED, first, last);
        }
        return PortSet.of(List.of(new PortSet.Range(first, last)));
    }

    private String name() {
        String which = ports.equals(PortSet.ALL) ? "" : " " + ports.text(", ");
        return protocol.orElse("all") + which + (inbound ? " from " : " to ") + from;
    }

    NetworkRule rule() {
        return new NetworkRule(
                name(),
                owner,
                null,
                NetworkRule.Action.PASS,
                Protocols.set(protocol),
                source,
                PortSet.ALL,
                AddressSet.ALL,
                null,
                ports,
                null);
    }

    RuleDeriver.RuleLine line() {
        return new RuleDeriver.RuleLine(
                owner,
                name(),
                null,
                inbound ? "inbound" : "outbound",
                "allow",
                protocol.orElse("*"),
                inbound ? from : "*",
                inbound ? "*" : from,
                ports.text(", "),
                true);
    }
}
