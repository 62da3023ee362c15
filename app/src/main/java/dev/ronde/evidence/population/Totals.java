package dev.ronde.evidence.population;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of a report, counted from records: outcomes of check runs, missed runs, reviews and findings. */
public final class Totals {
    /** What is always counted, in the order of a report; outcomes beyond these follow them. */
    public static final List<String> FIGURES = List.of(
            "check_runs",
            "check_runs.pass",
            "check_runs.fail",
            "check_runs.error",
            "check_runs.unknown",
            "check_runs.not_applicable",
            "runs_missed",
            "reviews_attested",
            "reviews_missed",
            "findings_opened",
            "findings_fixed",
            "records");

    private final ExportScope scope;
    private final TreeMap<String, Long> counts = new TreeMap<>();

    public Totals(ExportScope scope) {
        this.scope = scope;
        FIGURES.forEach(name -> counts.put(name, 0L));
    }

    public void add(Leaf leaf) {
        if (!scope.covers(leaf)) {
            return;
        }
        count("records");
        switch (leaf.type()) {
            case "check.result" -> {
                count("check_runs");
                count("check_runs." + leaf.field("outcome"));
            }
            case "run.missed" -> count("runs_missed");
            case "review.attested" -> count("reviews_attested");
            case "review.missed" -> count("reviews_missed");
            case "finding.opened" -> count("findings_opened");
            case "finding.fixed" -> count("findings_fixed");
            default -> {
                // counted as a record only
            }
        }
    }

    private void count(String name) {
        counts.merge(name, 1L, Long::sum);
    }

    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
