package dev.ronde.check.agent;

import dev.ronde.check.probe.HostAddresses;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeTarget;
import java.net.InetAddress;
import java.util.List;

/**
 * A probe to be made at another vantage, as it travels: never an address that was resolved here, and nothing of the policy, which the
 * agent has of its own.
 *
 * @param target without its addresses
 * @param addresses where the name led from that vantage when the sweep began; none where it is to be resolved
 */
public record ProbeTask(String type, ProbeTarget target, ProbeLimits limits, List<String> addresses) {
    /** Of what servers and agents say to each other; counts up with every change of it, a new saying of probes included. */
    static final int FORM = 2;

    static ProbeTask of(String type, ProbeTarget target, ProbeLimits limits) {
        return new ProbeTask(
                type,
                target.at(List.of()),
                limits,
                target.addresses().stream().map(InetAddress::getHostAddress).toList());
    }

    ProbeTarget resolved() {
        return target.at(addresses.stream().map(HostAddresses::literal).toList());
    }
}
