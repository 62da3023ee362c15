package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The plans by which reviews were expected in the period, each version with all it says. */
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

    private final PlansInForce plans;
    private final Csv<PlansInForce.Version> csv;

    PlanTable(ExportScope scope, Writer out) throws IOException {
        this.plans = new PlansInForce(scope);
        this.csv = new Csv<>(out, columns());
    }

    private static Table<PlansInForce.Version> columns() {
        Table<PlansInForce.Version> columns = Table.<PlansInForce.Version>empty()
                .with("plan", PlansInForce.Version::plan)
                .with("version", PlansInForce.Version::version)
                .with("title", version -> version.says("title"))
                .with("from", PlansInForce.Version::from)
                .with("to", PlansInForce.Version::until);
        for (String rule : RULES) {
            columns = columns.with(rule, version -> version.says(rule));
        }
        return columns.with("by", PlansInForce.Version::by).with("index", PlansInForce.Version::index);
    }

    @Override
    public void add(Leaf leaf) {
        plans.add(leaf);
    }

    @Override
    public void finish() throws IOException {
        for (PlansInForce.Version version : plans.rows()) {
            csv.row(version);
        }
    }
}
