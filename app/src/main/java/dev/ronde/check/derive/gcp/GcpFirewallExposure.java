package dev.ronde.check.derive.gcp;

import dev.ronde.check.derive.PortParams;
import dev.ronde.check.derive.Protocols;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.Section;
import dev.ronde.check.derive.UnparsableException;
import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.Exposure;
import dev.ronde.check.derive.net.Layer;
import dev.ronde.check.derive.net.NetworkRule;
import dev.ronde.check.derive.net.PortSet;
import dev.ronde.check.derive.net.RuleSet;
import dev.ronde.check.derive.net.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who on the Internet reaches what behind the firewall rules of Google Cloud networks: lowest priority number first, deny before allow
 * at the same number, and nothing comes in that no rule lets in.
 */
public final class GcpFirewallExposure implements RuleDeriver {
    @Override
    public String name() {
        return "gcp.firewall.exposure/1";
    }

    @Override
    public String source() {
        return "gcp.firewall.v1";
    }

    @Override
    public List<RuleLine> rules(Map<String, Object> document) {
        List<FirewallRule> rules = read(new Section(UnparsableException.DOCUMENT, document));
        boolean several = networks(rules).size() > 1;
        return rules.stream().map(rule -> rule.line(several)).toList();
    }

    private static List<FirewallRule> read(Section root) {
        if (!root.fields().containsKey("items")) {
            throw root.problem("holds no list of firewall rules");
        }
        refusePart(root);
        return root.sections("items", "rule").stream()
                .map(FirewallRule::read)
                .sorted(Comparator.comparing((FirewallRule rule) -> !rule.inbound())
                        .thenComparingInt(FirewallRule::priority)
                        .thenComparing(FirewallRule::allow)
                        .thenComparing(FirewallRule::name))
                .toList();
    }

    /** An answer with a warning may be incomplete, unless the warning says that there is nothing at all. */
    private static void refusePart(Section root) {
        if (root.has("unreachables")) {
            throw root.problem("names places that were not reached, so rules may be missing; list the rules again");
        }
        root.section("warning").ifPresent(warning -> {
            String code = warning.text("code").orElse("");
            if (!code.equals("NO_RESULTS_ON_PAGE")) {
                throw root.problem("carries the warning '" + Section.shown(code)
                        + "', so rules may be missing; list the rules again");
            }
        });
    }

    private static Set<String> networks(List<FirewallRule> rules) {
        return rules.stream().map(FirewallRule::network).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Judgement judge(Input input) {
        Section root = new Section(UnparsableException.DOCUMENT, input.document());
        List<FirewallRule> rules = read(root);
        if (rules.isEmpty() && !root.has("network")) {
            throw root.problem(
                    "holds no firewall rule and names no network, as after a filter that matches none; for a network without"
                            + " rules push {\"network\": \"NAME\", \"items\": []}");
        }
        Set<String> notes = new TreeSet<>();
        notes.add("firewall policies of the organisation, its folders and networks are not part of the snapshot");
        if (rules.stream().anyMatch(rule -> !rule.enabled())) {
            notes.add("disabled rules are left out; they open nothing until somebody enables them");
        }
        return new Judgement(PortParams.facts(input), exposures(rules), set(root, rules), notes);
    }

    /** Covers machines of any network, with any one of the targets or with none. */
    static List<Exposure> exposures(Map<String, Object> document) {
        return exposures(read(new Section(UnparsableException.DOCUMENT, document)));
    }

    private static List<Exposure> exposures(List<FirewallRule> rules) {
        boolean several = networks(rules).size() > 1;
        Set<String> groups = new TreeSet<>();
        rules.forEach(rule -> {
            groups.add(group(rule.network(), ""));
            rule.targets().forEach(target -> groups.add(group(rule.network(), target)));
        });
        List<NetworkRule> core = rules.stream()
                .filter(rule -> rule.inbound() && rule.enabled())
                .flatMap(rule -> core(rule, groups, several))
                .toList();
        Layer layer = new Layer(core, true, NetworkRule.Action.BLOCK);
        return RuleDeriver.exposures(new RuleSet(List.of(layer), AddressSet.ALL, groups));
    }

    private static String group(String network, String target) {
        return network + " " + target;
    }

    private static Stream<NetworkRule> core(FirewallRule rule, Set<String> groups, boolean several) {
        String network = group(rule.network(), "");
        Set<String> targets = rule.targets().isEmpty()
                ? groups.stream().filter(group -> group.startsWith(network)).collect(Collectors.toSet())
                : rule.targets().stream()
                        .map(target -> group(rule.network(), target))
                        .collect(Collectors.toSet());
        String scope = rule.targets().isEmpty()
                ? null
                : rule.targets().stream().limit(3).collect(Collectors.joining(" and ", "machines with ", ""));
        return rule.openings().stream()
                .map(opening -> new NetworkRule(
                        rule.name(),
                        several ? "network " + rule.network() : null,
                        rule.priority(),
                        rule.allow() ? NetworkRule.Action.PASS : NetworkRule.Action.BLOCK,
                        Protocols.set(opening.protocol()),
                        Source.of(rule.addresses()),
                        PortSet.ALL,
                        rule.destination(),
                        targets,
                        opening.ports(),
                        scope));
    }

    private static Map<String, Object> set(Section root, List<FirewallRule> rules) {
        String name = rules.isEmpty() ? Section.shown(root.required("network")) : String.join(" and ", networks(rules));
        return RuleDeriver.set("gcp", name, rules.size(), "unmentioned");
    }
}
