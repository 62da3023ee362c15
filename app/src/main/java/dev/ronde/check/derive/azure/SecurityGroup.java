package dev.ronde.check.derive.azure;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.net.PortSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one network security group, in the order in which Azure looks at them.
 *
 * @param name its name, or the end of its id
 * @param attached subnets and network interfaces it is on; -1 where the document does not tell
 */
record SecurityGroup(String name, List<AzureRule> rules, int attached) {
    /** Reads a group as ARM nests it or as the command line flattens it. */
    static SecurityGroup read(Section document, @Nullable String owner) {
        Section group = document.flattened("properties");
        String name = group.text("name")
                .or(() -> group.text("id").map(AzureRule::lastStep))
                .orElse("unnamed");
        boolean tells = group.has("id") || group.has("subnets") || group.has("networkInterfaces");
        int attached = group.sections("subnets", "subnet").size()
                + group.sections("networkInterfaces", "network interface").size();
        List<AzureRule> rules = new ArrayList<>();
        group.sections("securityRules", "rule").forEach(rule -> rules.add(AzureRule.read(rule, owner, false)));
        if (group.has("defaultSecurityRules")) {
            group.sections("defaultSecurityRules", "built-in rule")
                    .forEach(rule -> rules.add(AzureRule.read(rule, owner, true)));
        } else {
            rules.addAll(builtIn(owner));
        }
        return new SecurityGroup(name, ordered(rules), tells ? attached : -1);
    }

    static SecurityGroup readEffective(Section listed, @Nullable String owner) {
        List<AzureRule> rules = new ArrayList<>();
        listed.sections("effectiveSecurityRules", "effective rule")
                .forEach(rule -> rules.add(AzureRule.read(rule, owner, true)));
        if (rules.isEmpty()) {
            throw listed.problem("has no 'effectiveSecurityRules'");
        }
        String name = listed.section("networkSecurityGroup")
                .flatMap(group -> group.text("id"))
                .map(AzureRule::lastStep)
                .orElse("unnamed");
        return new SecurityGroup(name, ordered(rules), 1);
    }

    /** Refuses two rules with the same priority and direction, since nobody knows which would win. */
    private static List<AzureRule> ordered(List<AzureRule> rules) {
        Map<String, AzureRule> seen = new HashMap<>();
        for (AzureRule rule : rules) {
            AzureRule other = seen.put(rule.inbound() + " " + rule.priority(), rule);
            if (other != null) {
                throw new Section("rule " + rule.name(), Map.of())
                        .problem(Saying.PRIORITY_TWICE, rule.priority(), other.name());
            }
        }
        return rules.stream()
                .sorted(Comparator.comparing((AzureRule rule) -> !rule.inbound())
                        .thenComparingInt(AzureRule::priority))
                .toList();
    }

    /** The rules that every group ends with: name, priority, source, destination. */
    private static List<AzureRule> builtIn(@Nullable String owner) {
        return Stream.of(
                        "AllowVnetInBound 65000 VirtualNetwork VirtualNetwork",
                        "AllowAzureLoadBalancerInBound 65001 AzureLoadBalancer *",
                        "DenyAllInBound 65500 * *",
                        "AllowVnetOutBound 65000 VirtualNetwork VirtualNetwork",
                        "AllowInternetOutBound 65001 * Internet",
                        "DenyAllOutBound 65500 * *")
                .map(rule -> rule.split(" "))
                .map(rule -> new AzureRule(
                        owner,
                        rule[0],
                        Integer.parseInt(rule[1]),
                        rule[0].endsWith("InBound"),
                        rule[0].startsWith("Allow") ? AzureRule.Access.ALLOW : AzureRule.Access.DENY,
                        null,
                        List.of(rule[2]),
                        List.of(),
                        List.of(),
                        PortSet.ALL,
                        List.of(rule[3]),
                        List.of(),
                        PortSet.ALL))
                .toList();
    }
}
