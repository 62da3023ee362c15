package dev.ronde.check.derive.net;

import java.util.List;
import java.util.Set;

/**
 * Everything between the Internet and a receiver.
 *
 * @param layers the layers in the order traffic meets them
 * @param receivers addresses of the machines behind it, {@link AddressSet#ALL} where they are not known
 * @param groups groups of receivers; every machine is in exactly one. Empty where no rule asks
 */
public record RuleSet(List<Layer> layers, AddressSet receivers, Set<String> groups) {
    public RuleSet {
        layers = List.copyOf(layers);
        groups = Set.copyOf(groups);
    }
}
