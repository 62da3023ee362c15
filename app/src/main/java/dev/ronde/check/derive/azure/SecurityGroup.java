package dev.ronde.check.derive.azure;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.net.PortSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static List<AzureRule> builtIn(@Nullable String owner) {
        return List.of(
                builtIn(
                        owner,
                        "AllowVnetInBound",
                        65_000,
                        true,
                        AzureRule.Access.ALLOW,
                        "VirtualNetwork",
                        "VirtualNetwork"),
                builtIn(
                        owner,
                        "AllowAzureLoadBalancerInBound",
                        65_001,
                        true,
                        AzureRule.Access.ALLOW,
                        "AzureLoadBalancer",
                        "*"),
                builtIn(owner, "DenyAllInBound", 65_500, true, AzureRule.Access.DENY, "*", "*"),
                builtIn(
                        owner,
                        "AllowVnetOutBound",
                        65_000,
                        false,
                        AzureRule.Access.ALLOW,
                        "VirtualNetwork",
                        "VirtualNetwork"),
                builtIn(owner, "AllowInternetOutBound", 65_001, false, AzureRule.Access.ALLOW, "*", "Internet"),
                builtIn(owner, "DenyAllOutBound", 65_500, false, AzureRule.Access.DENY, "*", "*"));
    }

    private static AzureRule builtIn(
            @Nullable String owner,
            String name,
            int priority,
            boolean inbound,
            AzureRule.Access access,
            String source,
            String destination) {
        return new AzureRule(
                owner,
                name,
                priority,
                inbound,
                access,
                null,
                List.of(source),
                List.of(),
                List.of(),
                PortSet.ALL,
                List.of(destination),
                List.of(),
                PortSet.ALL);
    }
}
