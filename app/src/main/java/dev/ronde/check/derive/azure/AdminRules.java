package dev.ronde.check.derive.azure;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.net.PortSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Security admin rules of Azure Virtual Network Manager, as {@code az network manager list-effective-security-admin-rules} prints them
 * or as ARM nests them. They are looked at before every security group.
 */
final class AdminRules {
    private static final String OWNER = "the network manager";

    private AdminRules() {}

    /** The rules in their order; empty if the document does not say which rules exist. */
    static Optional<List<AzureRule>> of(Section document) {
        String name = "securityAdminRules";
        Object given = document.fields().get(name);
        if (given == null) {
            return Optional.empty();
        }
        List<Section> listed = given instanceof Map<?, ?>
                ? document.section(name).orElseThrow().sections("value", "security admin rule")
                : document.sections(name, "security admin rule");
        return Optional.of(listed.stream()
                .map(AdminRules::read)
                .sorted(Comparator.comparingInt(AzureRule::priority).thenComparing(AdminRules::widestFirst))
                .toList());
    }

    /** Two network managers may use the same priority; which one Azure looks at first is not known. */
    private static int widestFirst(AzureRule one, AzureRule other) {
        return other.access().compareTo(one.access()) == 0 ? 0 : Integer.compare(rank(one), rank(other));
    }

    private static int rank(AzureRule rule) {
        return switch (rule.access()) {
            case ALWAYS_ALLOW -> 0;
            case ALLOW -> 1;
            case DENY -> 2;
        };
    }

    private static AzureRule read(Section listed) {
        Section flat = listed.flattened("properties");
        String name = AzureRule.lastStep(flat.text("name")
                .or(() -> flat.text("id"))
                .orElseThrow(() -> listed.problem(Saying.FIELD_MISSING, "name")));
        Section rule = flat.named("rule " + name);
        AzureRule.Access access = switch (rule.word("access", List.of("allow", "deny", "alwaysallow"))) {
            case "allow" -> AzureRule.Access.ALLOW;
            case "deny" -> AzureRule.Access.DENY;
            default -> AzureRule.Access.ALWAYS_ALLOW;
        };
        return new AzureRule(
                OWNER,
                name,
                rule.number("priority", 1, 65_535),
                rule.word("direction", List.of("inbound", "outbound")).equals("inbound"),
                access,
                AzureRule.protocols(rule),
                addresses(rule, "sources"),
                List.of(),
                List.of(),
                ports(rule, "sourcePortRanges"),
                addresses(rule, "destinations"),
                List.of(),
                ports(rule, "destinationPortRanges"));
    }

    /** A rule without addresses applies to every address, as a rule without ports applies to every port. */
    private static List<String> addresses(Section rule, String side) {
        List<String> all = new ArrayList<>();
        for (Section item : rule.sections(side, side)) {
            Section named = item.named(rule.where());
            String type = named.word("addressPrefixType", List.of("ipprefix", "servicetag", "networkgroup"));
            String prefix = named.required("addressPrefix");
            if (type.equals("networkgroup")) {
                throw named.problem("its " + side + " name the network group " + AzureRule.lastStep(prefix)
                        + ", whose members are not part of the snapshot");
            }
            Stream.of(prefix.split(",", -1)).map(String::strip).forEach(all::add);
        }
        return all.isEmpty() ? List.of("*") : all;
    }

    private static PortSet ports(Section rule, String side) {
        List<String> texts = rule.texts(side);
        return texts.isEmpty() ? PortSet.ALL : AzureRule.ports(rule, side, texts);
    }
}
