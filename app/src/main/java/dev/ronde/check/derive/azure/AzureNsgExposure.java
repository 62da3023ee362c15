package dev.ronde.check.derive.azure;

import dev.ronde.check.derive.PortParams;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.UnparsableException;
import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.Exposure;
import dev.ronde.check.derive.net.Layer;
import dev.ronde.check.derive.net.NetworkRule;
import dev.ronde.check.derive.net.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who on the Internet reaches what behind Azure security groups. */
public final class AzureNsgExposure implements RuleDeriver {
    private static final String NO_GROUP = "";

    @Override
    public String name() {
        return "azure.nsg.exposure/1";
    }

    @Override
    public String source() {
        return "azure.nsg.v1";
    }

    @Override
    public List<RuleLine> rules(Map<String, Object> document) {
        return AzureDocument.read(document).rules().map(AzureRule::line).toList();
    }

    @Override
    public Judgement judge(Input input) {
        AzureDocument document = AzureDocument.read(input.document());
        Set<String> notes = new TreeSet<>();
        List<Exposure> exposures = exposures(document, notes);
        if (document.admin().isEmpty() && !document.managed()) {
            notes.add("security admin rules of a network manager, if there is one, are not part of the snapshot");
        }
        return new Judgement(PortParams.facts(input), exposures, set(document), notes);
    }

    static List<Exposure> exposures(AzureDocument document, Set<String> notes) {
        Section root = document.root();
        AddressSet network = AzureAddresses.prefixes(
                UnparsableException.DOCUMENT, "virtualNetworkPrefixes", root.texts("virtualNetworkPrefixes"), true);
        AddressSet receivers = root.has("protectedAddresses")
                ? AzureAddresses.prefixes(
                        UnparsableException.DOCUMENT, "protectedAddresses", root.texts("protectedAddresses"), false)
                : AddressSet.ALL;
        AzureAddresses addresses = new AzureAddresses(network, notes);
        List<Layer> layers = new ArrayList<>();
        document.admin().ifPresent(rules -> layers.add(layer(rules, addresses, NetworkRule.Action.PASS)));
        document.groups().forEach(group -> layers.add(layer(group.rules(), addresses, NetworkRule.Action.BLOCK)));
        Set<String> groups = new TreeSet<>(Set.of(NO_GROUP));
        document.rules().filter(AzureRule::inbound).forEach(rule -> groups.addAll(rule.destinationGroups()));
        return RuleDeriver.exposures(new RuleSet(layers, receivers, groups));
    }

    private static Layer layer(List<AzureRule> rules, AzureAddresses addresses, NetworkRule.Action otherwise) {
        return new Layer(
                rules.stream()
                        .filter(AzureRule::inbound)
                        .map(rule -> rule(rule, addresses))
                        .toList(),
                true,
                otherwise);
    }

    private static NetworkRule rule(AzureRule rule, AzureAddresses addresses) {
        AddressSet destination = addresses.destination(rule);
        NetworkRule.Action action = switch (rule.access()) {
            case ALLOW -> NetworkRule.Action.PASS;
            case DENY -> NetworkRule.Action.BLOCK;
            case ALWAYS_ALLOW -> NetworkRule.Action.ACCEPT;
        };
        String scope = null;
        if (!rule.destinationGroups().isEmpty()) {
            scope = rule.destinationGroups().stream()
                    .map(AzureRule::lastStep)
                    .collect(Collectors.joining(" and ", "members of application group ", ""));
        } else if (!destination.equals(AddressSet.ALL)) {
            scope = String.join(
                    ", ",
                    rule.destinations()
                            .subList(0, Math.min(3, rule.destinations().size())));
        }
        return new NetworkRule(
                rule.name(),
                rule.owner(),
                rule.priority(),
                action,
                rule.protocols(),
                addresses.source(rule),
                rule.sourcePorts(),
                destination,
                rule.destinationGroups().isEmpty() ? null : Set.copyOf(rule.destinationGroups()),
                rule.ports(),
                scope);
    }

    private static Map<String, Object> set(AzureDocument document) {
        Map<String, Object> set = RuleDeriver.set(
                "azure",
                document.groups().stream()
                        .map(group -> Section.shown(group.name()))
                        .collect(Collectors.joining(" and ")),
                document.rules().count(),
                document.admin().isPresent() ? "known" : document.managed() ? "missing" : "unmentioned");
        int attached = document.groups().stream()
                .mapToInt(SecurityGroup::attached)
                .max()
                .orElse(-1);
        if (attached >= 0) {
            set.put("attachedTo", (long) attached);
        }
        return set;
    }
}
