package dev.ronde.check.derive.aws;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.Protocols;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.NetworkRule;
import dev.ronde.check.derive.net.PortSet;
import dev.ronde.check.derive.net.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of a network ACL; the one with the lowest number that matches decides.
 *
 * @param acl id of its list
 * @param number 1 to 32766; 32767 is the one that denies the rest of IPv4, 32768 of IPv6
 */
record AclEntry(
        String acl,
        int number,
        boolean inbound,
        boolean allow,
        Optional<String> protocol,
        String cidr,
        AddressSet addresses,
        PortSet ports) {
    static AclEntry read(Section listed, String acl) {
        int number = listed.number("RuleNumber", 1, 32_768);
        Section entry = listed.named("rule " + number + " of " + acl);
        Optional<String> protocol = Protocols.of(entry, "Protocol", "-1");
        if (!entry.has("Egress")) {
            throw entry.problem(Saying.FIELD_MISSING, "Egress");
        }
        if (entry.has("CidrBlock") && entry.has("Ipv6CidrBlock")) {
            throw entry.problem("both 'CidrBlock' and 'Ipv6CidrBlock' are given");
        }
        String cidr = entry.text("CidrBlock")
                .or(() -> entry.text("Ipv6CidrBlock"))
                .orElseThrow(() -> entry.problem(Saying.FIELD_MISSING, "CidrBlock"));
        return new AclEntry(
                acl,
                number,
                !entry.truth("Egress"),
                entry.word("RuleAction", List.of("allow", "deny")).equals("allow"),
                protocol,
                cidr,
                entry.addresses(entry.has("CidrBlock") ? "CidrBlock" : "Ipv6CidrBlock", List.of(cidr)),
                ports(entry, protocol));
    }

    private static PortSet ports(Section entry, Optional<String> protocol) {
        if (protocol.filter(name -> name.equals("tcp") || name.equals("udp")).isEmpty()) {
            return PortSet.ALL;
        }
        Section range = entry.section("PortRange").orElseThrow(() -> entry.problem(Saying.FIELD_MISSING, "PortRange"));
        int first = range.number("From", 0, PortSet.LAST);
        int last = range.number("To", 0, PortSet.LAST);
        if (last < first) {
            throw entry.problem(Saying.FIELD_PORTS_TURNED, first, last);
        }
        return PortSet.of(List.of(new PortSet.Range(first, last)));
    }

    NetworkRule rule() {
        return new NetworkRule(
                String.valueOf(number),
                acl,
                null,
                allow ? NetworkRule.Action.PASS : NetworkRule.Action.BLOCK,
                Protocols.set(protocol),
                Source.of(addresses),
                PortSet.ALL,
                AddressSet.ALL,
                Set.of(acl),
                ports,
                null);
    }

    RuleDeriver.RuleLine line() {
        return new RuleDeriver.RuleLine(
                acl,
                String.valueOf(number),
                number,
                inbound ? "inbound" : "outbound",
                allow ? "allow" : "deny",
                protocol.orElse("*"),
                inbound ? cidr : "*",
                inbound ? "*" : cidr,
                ports.text(", "),
                true);
    }
}
