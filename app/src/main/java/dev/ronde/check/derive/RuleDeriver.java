package dev.ronde.check.derive;

import dev.ronde.check.derive.net.Exposure;
import dev.ronde.check.derive.net.ExposureFacts;
import dev.ronde.check.derive.net.Exposures;
import dev.ronde.check.derive.net.RuleSet;
import dev.ronde.check.derive.net.TooComplexException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A deriver whose document is a list of network rules that can be shown. */
public interface RuleDeriver extends Deriver {
    /** Returns the source of the snapshots it reads, for example {@code azure.nsg.v1}. */
    String source();

    /**
     * Returns every rule of the document in the order in which it is looked at, outbound and disabled ones included.
     *
     * @throws UnparsableException as {@link #derive} does
     */
    List<RuleLine> rules(Map<String, Object> document);

    /**
     * Finds who gets through.
     *
     * @throws UnparsableException as {@link #derive} does
     */
    Judgement judge(Input input);

    @Override
    default Map<String, Object> derive(Input input) {
        Judgement judgement = judge(input);
        return judgement.facts().of(judgement.exposures(), judgement.set(), judgement.notes());
    }

    /** Returns who gets through; refuses a document that is too complex to judge. */
    static List<Exposure> exposures(RuleSet rules) {
        try {
            return Exposures.of(rules);
        } catch (TooComplexException e) {
            throw new UnparsableException(UnparsableException.DOCUMENT, String.valueOf(e.getMessage()));
        }
    }

    /** Returns what is known of a rule set as such. */
    static Map<String, Object> set(String vendor, String name, long rules, String adminRules) {
        Map<String, Object> set = new LinkedHashMap<>();
        set.put("vendor", vendor);
        set.put("name", name);
        set.put("rules", rules);
        set.put("adminRules", adminRules);
        return set;
    }

    /**
     * What facts are made of.
     *
     * @param facts what the owner says about ports
     * @param exposures who gets through to what
     * @param set what is known of the rule set as such
     * @param notes what the result leaves open, in words
     */
    record Judgement(ExposureFacts facts, List<Exposure> exposures, Map<String, Object> set, Set<String> notes) {
        /** Returns the facts with every exposure and every rule of it, where facts that are stored end at some number. */
        public Map<String, Object> whole() {
            return facts.whole(exposures, set, notes);
        }
    }

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
