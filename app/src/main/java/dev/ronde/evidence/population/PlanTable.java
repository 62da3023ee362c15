package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The plans by which reviews were expected in the period, each version in force in it with all it says, however long before it was written. */
final class PlanTable implements PopulationTable {
    /** Members of a plan that are columns of their own. */
    private static final List<String> RULES = List.of(
            "scope",
            "cadence",
            "zone",
            "max_gap_days",
            "lead_time",
            "grace",
            "missed_after",
            "assurance",
            "approval",
            "self_approval",
            "drift",
            "required_protections",
            "frameworks",
            "reminders",
            "checklist",
            "instructions");

    private static final Set<String> TYPES = Set.of("plan.created", "plan.changed", "plan.retired");

    private final ExportScope scope;
    private final Csv<Version> csv;
    private final Map<String, List<Version>> plans = new TreeMap<>();

    /**
     * A version of a plan.
     *
     * @param until when the next one or its retirement ended it; null where that did not happen by the end of the period
     * @param says every member of the plan, as text
     * @param by actor reference of whoever wrote it
     */
    private record Version(
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

        Version until(Instant end) {
            return until == null ? new Version(plan, version, from, end, says, by, index) : this;
        }
    }

    PlanTable(ExportScope scope, Writer out) throws IOException {
        this.scope = scope;
        this.csv = new Csv<>(out, columns());
    }

    private static Table<Version> columns() {
        Table<Version> columns = Table.<Version>empty()
                .with("plan", Version::plan)
                .with("version", Version::version)
                .with("title", version -> version.says("title"))
                .with("from", Version::from)
                .with("to", Version::until);
        for (String rule : RULES) {
            columns = columns.with(rule, version -> version.says(rule));
        }
        return columns.with("by", Version::by).with("index", Version::index);
    }

    @Override
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

    @Override
    public void finish() throws IOException {
        for (List<Version> versions : plans.values()) {
            csv.rows(versions);
        }
    }
}
