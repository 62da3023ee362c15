package dev.ronde.check.derive;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A deriver whose document is a list of network rules that can be shown. */
public interface RuleDeriver extends Deriver {
    /** Returns the source of the snapshots it reads, for example {@code azure.nsg.v1}. */
    String source();

    /**
     * Returns every rule of the document in the order in which it is looked at, outbound and disabled ones included.
     *
     * @throws Deriver.UnparsableException as {@link #derive} does
     */
    List<RuleLine> rules(Map<String, Object> document);

    /**
     * One rule in the words of its vendor.
     *
     * @param owner the list it stands in, where there are several
     * @param name name by which facts refer to it, together with its owner
     * @param priority its place, null where lists have no order
     * @param direction {@code inbound} or {@code outbound}
     * @param access {@code allow}, {@code deny} or {@code always allow}
     * @param enforced whether it is in force
     */
    record RuleLine(
            @Nullable String owner,
            String name,
            @Nullable Integer priority,
            String direction,
            String access,
            String protocol,
            String source,
            String destination,
            String ports,
            boolean enforced) {}
}
