package dev.ronde.check.derive.net;

import java.util.List;

/**
 * A list of rules that traffic meets at one place.
 *
 * @param rules in the order in which they are looked at
 * @param ordered whether the first that matches decides; otherwise all of them let traffic pass and each that matches counts
 * @param otherwise what happens to traffic that none matches: {@code PASS} or {@code BLOCK}
 */
public record Layer(List<NetworkRule> rules, boolean ordered, NetworkRule.Action otherwise) {
    public Layer {
        rules = List.copyOf(rules);
    }
}
