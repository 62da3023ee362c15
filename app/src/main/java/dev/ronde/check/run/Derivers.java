package dev.ronde.check.run;

import dev.ronde.check.derive.Deriver;
import dev.ronde.check.derive.PortExposure;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.aws.AwsSgExposure;
import dev.ronde.check.derive.azure.AzureNsgExposure;
import dev.ronde.check.derive.gcp.GcpFirewallExposure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every deriver there is. */
public final class Derivers {
    private static final List<RuleDeriver> OF_RULES =
            List.of(new AzureNsgExposure(), new AwsSgExposure(), new GcpFirewallExposure());

    private Derivers() {}

    public static List<Deriver> all() {
        List<Deriver> all = new ArrayList<>(OF_RULES);
        all.add(new PortExposure());
        return List.copyOf(all);
    }

    public static Set<String> names() {
        return all().stream().map(Deriver::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the one that can list the network rules of snapshots of a source. */
    public static Optional<RuleDeriver> ofRules(String source) {
        return OF_RULES.stream()
                .filter(deriver -> deriver.source().equals(source))
                .findFirst();
    }
}
