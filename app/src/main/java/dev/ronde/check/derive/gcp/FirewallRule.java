package dev.ronde.check.derive.gcp;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.Protocols;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One firewall rule of a network.
 *
 * @param network end of the network's URL
 * @param priority 0 to 65535, the lowest first
 * @param openings protocols and ports; each by itself
 * @param sources ranges as written; empty for tags and service accounts alone
 * @param sender whether it names tags or service accounts as senders, which are private
 * @param targets {@code tag x} or {@code service account y}; empty for every machine of the network
 * @param enabled whether it is in force
 */
record FirewallRule(
        String network,
        String name,
        int priority,
        boolean inbound,
        boolean allow,
        boolean enabled,
        List<Opening> openings,
        List<String> sources,
        boolean sender,
        AddressSet addresses,
        List<String> destinations,
        AddressSet destination,
        List<String> targets) {
    private static final int STANDARD_PRIORITY = 1_000;

    /** An empty protocol means every protocol. */
    record Opening(Optional<String> protocol, PortSet ports) {}

    static FirewallRule read(Section listed) {
        String name = Section.shown(listed.required("name"));
        Section rule = listed.named("rule " + name);
        boolean allow = rule.has("allowed");
        if (allow == rule.has("denied")) {
            throw rule.problem("exactly one of 'allowed' and 'denied' must be given");
        }
        boolean inbound = !rule.has("direction")
                || rule.word("direction", List.of("ingress", "egress")).equals("ingress");
        List<String> sources = rule.texts("sourceRanges");
        boolean sender = rule.has("sourceTags") || rule.has("sourceServiceAccounts");
        List<String> destinations = rule.texts("destinationRanges");
        List<String> targets = Stream.concat(
                        rule.texts("targetTags").stream().map("tag "::concat),
                        rule.texts("targetServiceAccounts").stream().map("service account "::concat))
                .toList();
        return new FirewallRule(
                lastStep(rule.text("network").orElse("default")),
                name,
                rule.whole("priority", 0, 65_535).orElse(STANDARD_PRIORITY),
                inbound,
                allow,
                !rule.truth("disabled"),
                rule.sections(allow ? "allowed" : "denied", "entry").stream()
                        .map(entry -> opening(entry.named(rule.where())))
                        .toList(),
                sources,
                sender,
                sources.isEmpty() && !sender ? unsaid(allow) : rule.addresses("sourceRanges", sources),
                destinations,
                destinations.isEmpty() ? AddressSet.ALL : rule.addresses("destinationRanges", destinations),
                targets);
    }

    /** Google reads no senders as 0.0.0.0/0; a deny counts for only that, an allow is taken for more. */
    private static AddressSet unsaid(boolean allow) {
        return allow ? AddressSet.ALL : AddressSet.ALL_IPV4;
    }

    private static String lastStep(String url) {
        return Section.shown(url.substring(url.lastIndexOf('/') + 1));
    }

    private static Opening opening(Section entry) {
        Optional<String> protocol = Protocols.of(entry, "IPProtocol", "all");
        List<String> texts = entry.texts("ports");
        if (texts.isEmpty()) {
            return new Opening(protocol, PortSet.ALL);
        }
        if (protocol.filter(name -> List.of("tcp", "udp", "sctp").contains(name))
                .isEmpty()) {
            throw entry.problem(Saying.PORTS_WITHOUT);
        }
        List<PortSet.Range> ranges = new ArrayList<>();
        for (String text : texts) {
            ranges.add(PortSet.range(text)
                    .orElseThrow(() -> entry.problem(Saying.FIELD_NO_PORTS, "ports", Section.shown(text))));
        }
        return new Opening(protocol, PortSet.of(ranges));
    }

    RuleDeriver.RuleLine line(boolean severalNetworks) {
        String anywhere = "*";
        String from = sources.isEmpty() ? (sender ? "tags or service accounts" : anywhere) : String.join(", ", sources);
        List<String> to = targets.isEmpty() ? destinations : targets;
        return new RuleDeriver.RuleLine(
                severalNetworks ? "network " + network : null,
                name,
                priority,
                inbound ? "inbound" : "outbound",
                allow ? "allow" : "deny",
                String.join(
                        ", ",
                        openings.stream()
                                .map(opening -> opening.protocol().orElse(anywhere))
                                .toList()),
                inbound ? from : anywhere,
                to.isEmpty() ? anywhere : String.join(", ", to),
                String.join(
                        ", ",
                        openings.stream()
                                .map(opening -> opening.ports().text(" "))
                                .toList()),
                enabled);
    }
}
