package dev.ronde.check.derive.aws;

import dev.ronde.check.derive.Deriver;
import dev.ronde.check.derive.PortParams;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.net.AddressSet;
import dev.ronde.check.derive.net.Exposure;
import dev.ronde.check.derive.net.Exposures;
import dev.ronde.check.derive.net.Layer;
import dev.ronde.check.derive.net.NetworkRule;
import dev.ronde.check.derive.net.RuleSet;
import dev.ronde.check.derive.net.TooComplexException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who on the Internet reaches what behind AWS security groups; network ACLs are taken into account where the snapshot has them. */
public final class AwsSgExposure implements RuleDeriver {
    @Override
    public String name() {
        return "aws.sg.exposure/1";
    }

    @Override
    public String source() {
        return "aws.sg.v1";
    }

    @Override
    public List<RuleLine> rules(Map<String, Object> document) {
        AwsDocument read = AwsDocument.read(document);
        return Stream.concat(
                        read.acls().values().stream().flatMap(List::stream).map(AclEntry::line),
                        read.permissions().stream().map(AwsPermission::line))
                .toList();
    }

    @Override
    public Judgement judge(Input input) {
        AwsDocument document = AwsDocument.read(input.document());
        Set<String> notes = new TreeSet<>();
        notes.add(
                document.acls().isEmpty()
                        ? "network ACLs are not part of the snapshot; they can only close more"
                        : "outbound entries of network ACLs are not looked at; they can only close more");
        return new Judgement(PortParams.facts(input), exposures(document), set(document), notes);
    }

    /** Returns who gets in through one of the network ACLs, where there are any, and one of the permissions. */
    static List<Exposure> exposures(AwsDocument document) {
        List<Layer> layers = new ArrayList<>();
        if (!document.acls().isEmpty()) {
            layers.add(acls(document));
        }
        layers.add(new Layer(
                document.permissions().stream()
                        .filter(AwsPermission::inbound)
                        .map(AwsPermission::rule)
                        .toList(),
                false,
                NetworkRule.Action.BLOCK));
        return exposures(new RuleSet(layers, AddressSet.ALL, document.acls().keySet()));
    }

    /** A machine is in one subnet and a subnet has one ACL, so each ACL stands for a group of machines. */
    private static Layer acls(AwsDocument document) {
        return new Layer(
                document.acls().values().stream()
                        .flatMap(List::stream)
                        .filter(AclEntry::inbound)
                        .map(AclEntry::rule)
                        .toList(),
                true,
                NetworkRule.Action.BLOCK);
    }

    private static List<Exposure> exposures(RuleSet rules) {
        try {
            return Exposures.of(rules);
        } catch (TooComplexException e) {
            throw new Deriver.UnparsableException("the document", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> set(AwsDocument document) {
        Map<String, Object> set = new LinkedHashMap<>();
        set.put("vendor", "aws");
        set.put("name", String.join(" and ", document.names()));
        set.put(
                "rules",
                (long) document.permissions().size()
                        + document.acls().values().stream().mapToInt(List::size).sum());
        set.put("adminRules", "unmentioned");
        return set;
    }
}
