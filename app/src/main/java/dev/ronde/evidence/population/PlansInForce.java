package dev.ronde.evidence.population;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The versions of plans that were in force at any time of a period, however long before it they were written. */
public final class PlansInForce {
    private static final Set<String> TYPES = Set.of("plan.created", "plan.changed", "plan.retired");

    private final ExportScope scope;
    private final Map<String, List<Version>> plans = new TreeMap<>();

    /**
     * A version of a plan.
     *
     * @param until when the next one or its retirement ended it; null where that did not happen by the end of the period
     * @param says every member of the plan, as text
     * @param by actor reference of whoever wrote it
     */
    public record Version(
            String plan,
            String version,
            Instant from,
            @Nullable Instant until,
            Map<String, String> says,
            String by,
            long index) {
        String says(String member) {
            return says.getOrDefault(member, "");
        }

        private Version until(Instant end) {
            return until == null ? new Version(plan, version, from, end, says, by, index) : this;
        }
    }

    public PlansInForce(ExportScope scope) {
        this.scope = scope;
    }

    /** Takes every disclosed record, in index order. */
    public void add(Leaf leaf) {
        if (!TYPES.contains(leaf.type()) || !leaf.occurredAt().isBefore(scope.end())) {
            return;
        }
        List<Version> versions = plans.computeIfAbsent(leaf.subjectId(), id -> new ArrayList<>());
        versions.replaceAll(version -> version.until(leaf.occurredAt()));
        versions.removeIf(version -> version.until() != null && !version.until().isAfter(scope.start()));
        if (!leaf.after().isEmpty()) {
            versions.add(new Version(
                    leaf.subjectId(),
                    Leaf.text(Leaf.map(leaf.document().get("on")), "rev"),
                    leaf.occurredAt(),
                    null,
                    Leaf.flat(leaf.after()),
                    leaf.actorRef(),
                    leaf.index()));
        }
    }

    /** By plan, the oldest version first. */
    public List<Version> rows() {
        return plans.values().stream().flatMap(List::stream).toList();
    }
}
