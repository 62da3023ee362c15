package dev.ronde.check.derive.azure;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.net.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a security group, read and checked, outbound ones too.
 *
 * @param owner the group it stands in, where there are several
 * @param protocols lower-case names, null for every protocol
 * @param sources prefixes and service tags as written
 * @param expanded what Azure says the sources stand for, in the listing of effective rules; empty elsewhere
 * @param sourceGroups ids of application security groups
 * @param destinationGroups likewise
 */
record AzureRule(
        @Nullable String owner,
        String name,
        int priority,
        boolean inbound,
        Access access,
        @Nullable Set<String> protocols,
        List<String> sources,
        List<String> expanded,
        List<String> sourceGroups,
        PortSet sourcePorts,
        List<String> destinations,
        List<String> destinationGroups,
        PortSet ports) {

    enum Access {
        /** Security group: it arrives. Security admin rule: the security groups decide. */
        ALLOW("allow"),
        /** It is dropped. */
        DENY("deny"),
        /** It arrives, whatever the security groups say; security admin rules only. */
        ALWAYS_ALLOW("always allow");

        private final String word;

        Access(String word) {
            this.word = word;
        }
    }

    private static final Map<String, Optional<Set<String>>> PROTOCOLS = Map.of(
            "*", Optional.empty(),
            "any", Optional.empty(),
            "all", Optional.empty(),
            "tcp", Optional.of(Set.of("tcp")),
            "udp", Optional.of(Set.of("udp")),
            "icmp", Optional.of(Set.of("icmp")),
            "esp", Optional.of(Set.of("esp")),
            "ah", Optional.of(Set.of("ah")));

    static AzureRule read(Section listed, @Nullable String owner, boolean builtIn) {
        Section rule = listed.flattened("properties");
        String name = lastStep(rule.required("name"));
        Section checked = rule.named("rule " + name);
        int priority = checked.number("priority", builtIn ? 1 : 100, builtIn ? 65_500 : 4_096);
        return new AzureRule(
                owner,
                name,
                priority,
                checked.word("direction", List.of("inbound", "outbound")).equals("inbound"),
                checked.word("access", List.of("allow", "deny")).equals("allow") ? Access.ALLOW : Access.DENY,
                protocols(checked),
                side(checked, "source"),
                checked.texts("expandedSourceAddressPrefix"),
                groups(checked, "sourceApplicationSecurityGroups"),
                ports(checked, "sourcePort"),
                side(checked, "destination"),
                groups(checked, "destinationApplicationSecurityGroups"),
                ports(checked, "destinationPort"));
    }

    static @Nullable Set<String> protocols(Section rule) {
        String word = rule.word("protocol", List.copyOf(new java.util.TreeSet<>(PROTOCOLS.keySet())));
        return PROTOCOLS.getOrDefault(word, Optional.empty()).orElse(null);
    }

    private static List<String> side(Section rule, String side) {
        List<String> all = new ArrayList<>(rule.texts(side + "AddressPrefix"));
        all.addAll(rule.texts(side + "AddressPrefixes"));
        if (all.isEmpty() && !rule.has(side + "ApplicationSecurityGroups")) {
            throw rule.problem("no " + side + " address is given");
        }
        return all.stream().distinct().toList();
    }

    private static List<String> groups(Section rule, String name) {
        return rule.sections(name, name).stream()
                .map(group -> group.named(rule.where()).required("id"))
                .toList();
    }

    private static PortSet ports(Section rule, String side) {
        List<String> all = new ArrayList<>(rule.texts(side + "Range"));
        all.addAll(rule.texts(side + "Ranges"));
        if (all.isEmpty()) {
            throw rule.problem("no " + (side.startsWith("source") ? "source" : "destination") + " port is given");
        }
        return ports(rule, side + (rule.has(side + "Range") ? "Range" : "Ranges"), all);
    }

    static PortSet ports(Section rule, String field, List<String> texts) {
        return PortSet.of(texts.stream()
                .map(text -> text.equals("*")
                        ? new PortSet.Range(0, PortSet.LAST)
                        : PortSet.range(text)
                                .orElseThrow(() -> rule.problem(Saying.FIELD_NO_PORTS, field, Section.shown(text))))
                .toList());
    }

    RuleDeriver.RuleLine line() {
        return new RuleDeriver.RuleLine(
                owner,
                name,
                priority,
                inbound ? "inbound" : "outbound",
                access.word,
                protocols == null ? "*" : String.join(", ", protocols),
                String.join(", ", either(sources, sourceGroups)),
                String.join(", ", either(destinations, destinationGroups)),
                ports.text(", "),
                true);
    }

    private static List<String> either(List<String> addresses, List<String> groups) {
        return groups.isEmpty()
                ? addresses
                : groups.stream().map(AzureRule::lastStep).toList();
    }

    static String lastStep(String id) {
        return Section.shown(id.substring(id.lastIndexOf('/') + 1));
    }
}
