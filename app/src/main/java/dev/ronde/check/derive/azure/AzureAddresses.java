package dev.ronde.check.derive.azure;

import dev.ronde.catalogue.Said;
import dev.ronde.catalogue.Saying;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.UnparsableException;
import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.Addresses;
import dev.ronde.check.derive.net.Source;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What prefixes and service tags stand for. Where that is not certain an allow rule lets more in and a deny rule keeps less out.
 * Service tags as in "Virtual network service tags" of the Azure documentation, with the spellings of the classic API.
 *
 * @param virtualNetwork what the tag VirtualNetwork stands for; {@link AddressSet#NONE} where nobody said
 * @param notes receives what the result leaves open
 */
record AzureAddresses(AddressSet virtualNetwork, Set<String> notes) {
    private static final String CLOUD = "azurecloud";
    private static final Set<String> EVERYBODY = Set.of("*", "any", "internet");
    private static final Set<String> NETWORK = Set.of("virtualnetwork", "virtual_network");
    private static final Set<String> BALANCER = Set.of("azureloadbalancer", "azure_loadbalancer");

    /** Application groups hold private addresses only. */
    Source source(AzureRule rule) {
        boolean allow = rule.access() != AzureRule.Access.DENY;
        Source all = Source.PRIVATE;
        for (String text : rule.sources()) {
            all = all.or(source(rule, text, allow));
        }
        return all;
    }

    private Source source(AzureRule rule, String text, boolean allow) {
        String word = text.toLowerCase(Locale.ROOT);
        if (EVERYBODY.contains(word)) {
            return Source.ANYBODY;
        }
        if (NETWORK.contains(word)) {
            return Source.of(virtualNetwork.or(expanded(rule, allow)));
        }
        if (BALANCER.contains(word)) {
            return Source.PRIVATE;
        }
        if (word.equals(CLOUD) || word.startsWith(CLOUD + ".")) {
            return new Source(AddressSet.NONE, Set.of("AzureCloud" + word.substring(CLOUD.length())));
        }
        if (isTag(word)) {
            AddressSet known = expanded(rule, allow);
            if (known.isEmpty()) {
                notes.add("rule " + rule.name() + ": what the service tag " + Section.shown(text)
                        + " stands for is not known here; it neither opens nor closes anything");
            }
            return Source.of(known);
        }
        return Source.of(prefix("rule " + rule.name(), "sourceAddressPrefix", text, allow));
    }

    private AddressSet expanded(AzureRule rule, boolean allow) {
        return prefixes("rule " + rule.name(), "expandedSourceAddressPrefix", rule.expanded(), allow);
    }

    /**
     * Returns the receivers a rule concerns. They have private addresses inside the virtual network, whatever the sender used: a tag for
     * the Internet concerns nobody for sure, the one for the virtual network everybody.
     */
    AddressSet destination(AzureRule rule) {
        boolean allow = rule.access() != AzureRule.Access.DENY;
        if (!rule.destinationGroups().isEmpty()) {
            return AddressSet.ALL;
        }
        AddressSet all = AddressSet.NONE;
        for (String text : rule.destinations()) {
            String word = text.toLowerCase(Locale.ROOT);
            if (word.equals("*") || word.equals("any") || NETWORK.contains(word)) {
                return AddressSet.ALL;
            }
            if (isTag(word)) {
                if (allow) {
                    return AddressSet.ALL;
                }
                notes.add("rule " + rule.name() + ": its destination " + Section.shown(text)
                        + " is a service tag; it is taken to close nothing");
            } else {
                all = all.or(prefix("rule " + rule.name(), "destinationAddressPrefix", text, allow));
            }
        }
        return all;
    }

    private static boolean isTag(String word) {
        return word.matches("[a-z][a-z0-9_.-]*") && !word.matches("[0-9a-f.]*");
    }

    static AddressSet prefixes(String where, String field, List<String> texts, boolean allow) {
        AddressSet all = AddressSet.NONE;
        for (String text : texts) {
            all = all.or(prefix(where, field, text, allow));
        }
        return all;
    }

    /** {@code 0.0.0.0/0} is how many tools write "any": an allow rule with it also lets IPv6 in. */
    private static AddressSet prefix(String where, String field, String text, boolean allow) {
        AddressSet addresses = Addresses.prefix(text)
                .orElseThrow(() ->
                        new UnparsableException(where, Said.of(Saying.FIELD_NO_SOURCE, field, Section.shown(text))));
        return allow && addresses.equals(AddressSet.ALL_IPV4) ? AddressSet.ALL : addresses;
    }
}
