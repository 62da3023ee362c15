package dev.ronde.check.derive.aws;

import dev.ronde.check.derive.PortParams;
import dev.ronde.check.derive.RuleDeriver;
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
import java.util.stream.Stream;

/** Who on the Internet reaches what behind AWS security groups; network ACLs are taken into account where the snapshot has them. */
public final class AwsSgExposure implements RuleDeriver {
    private static final int MOST_SAID = 3;

    @Override
    public String name() {
        return "aws.sg.exposure/1";
    }

    @Override
    public String source() {
        return "aws.sg.v1";
    }

    /** Groups, permissions and the ACLs of further subnets only open more. */
    @Override
    public boolean addsUp() {
        return true;
    }

    @Override
    public List<RuleLine> rules(Map<String, Object> document) {
        AwsDocument read = AwsDocument.read(document);
        return Stream.concat(
                        read.acls().stream()
                                .flatMap(acl -> acl.entries().stream())
                                .map(AclEntry::line),
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
        if (!document.elsewhere().isEmpty()) {
            notes.add("network ACLs of another VPC or of no subnet are left out: " + said(document.elsewhere()));
        }
        return new Judgement(PortParams.facts(input), exposures(document), set(document), notes);
    }

    private static String said(List<String> ids) {
        int more = ids.size() - MOST_SAID;
        return ids.stream().limit(MOST_SAID).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Access needs a permission of the groups and, if the VPC has network ACLs, one of them. */
    static List<Exposure> exposures(AwsDocument document) {
        return document.networks().stream()
                .flatMap(network -> RuleDeriver.exposures(rules(network)).stream())
                .toList();
    }

    private static RuleSet rules(AwsDocument.Network network) {
        List<Layer> layers = new ArrayList<>();
        if (!network.acls().isEmpty()) {
            layers.add(acls(network.acls()));
        }
        layers.add(new Layer(
                network.permissions().stream()
                        .filter(AwsPermission::inbound)
                        .map(AwsPermission::rule)
                        .toList(),
                false,
                NetworkRule.Action.BLOCK));
        return new RuleSet(
                layers,
                AddressSet.ALL,
                network.acls().stream().map(NetworkAcl::id).collect(Collectors.toSet()));
    }

    /** A machine is in one subnet and a subnet has one ACL, so each ACL stands for a group of machines. */
    private static Layer acls(List<NetworkAcl> acls) {
        return new Layer(
                acls.stream()
                        .flatMap(acl -> acl.entries().stream())
                        .filter(AclEntry::inbound)
                        .map(AclEntry::rule)
                        .toList(),
                true,
                NetworkRule.Action.BLOCK);
    }

    private static Map<String, Object> set(AwsDocument document) {
        int entries =
                document.acls().stream().mapToInt(acl -> acl.entries().size()).sum();
        return RuleDeriver.set(
                "aws",
                String.join(" and ", document.names()),
                document.permissions().size() + entries,
                "unmentioned");
    }
}
