package dev.ronde.check.probe;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The probes of the program in a network whose only name server is a table. */
public final class NamedHosts {
    private NamedHosts() {}

    /** @param names addresses by name, in the order the name server tells them in */
    public static List<Probe> probes(String allow, Map<String, List<String>> names) {
        ProbePolicy policy = TestNetwork.policy(
                allow,
                name -> names.getOrDefault(name, List.of()).stream()
                        .map(TestNetwork::address)
                        .toList());
        return Stream.concat(Probes.TYPES.stream(), Stream.of(HostAddresses.TYPE, HostAddresses.TARGET))
                .map(type -> TestNetwork.probe(type, policy, null))
                .toList();
    }
}
