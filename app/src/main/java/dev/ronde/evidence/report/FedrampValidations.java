package dev.ronde.evidence.report;

import dev.ronde.evidence.population.Leaf;
import java.util.List;
import java.util.Map;

/**
 * {@code oscal/fedramp-20x.json}: how each automated check was kept up, with the failures of the validation itself beside those it found
 * (FedRAMP 20x, Persistent Validation and Assessment, which counts both). FedRAMP gives no schema for it.
 */
final class FedrampValidations {
    private FedrampValidations() {}

    static void write(Assessment assessment, Map<String, Object> manifest, OscalFile out) {
        Map<?, ?> asOf = Leaf.map(manifest.get("asOf"));
        Tally all = new Tally();
        out.with(new OscalObject()
                .with("organisation", manifest.get("organisation"))
                .with("log", manifest.get("origin"))
                .with(
                        "period",
                        new OscalObject()
                                .with("from", assessment.scope.from().toString())
                                .with("to", assessment.scope.to().toString()))
                .with(
                        "as_of",
                        new OscalObject()
                                .with("tree_size", asOf.get("treeSize"))
                                .with("root", asOf.get("root"))
                                .with("sealed_at", asOf.get("sealedAt"))));
        out.list("validations", items -> {
            for (Activity check : assessment.checksById()) {
                if (!check.attested) {
                    Tally tally = check.total();
                    all.add(tally);
                    items.accept(counted(
                            tally,
                            new OscalObject()
                                    .with("check", check.id)
                                    .with("title", check.title)
                                    .with("controls", List.copyOf(check.controls))
                                    .with("interval", check.interval)
                                    .with("assets", (long) check.assets.size())
                                    .with(
                                            "last_performed_at",
                                            tally.get(Tally.Count.PERFORMED) == 0 ? "" : tally.last())));
                }
            }
        });
        out.with("totals", counted(all, new OscalObject()));
    }

    private static OscalObject counted(Tally tally, OscalObject object) {
        return object.with("runs", counts(tally, Tally.Count.EXPECTED, Tally.Count.PERFORMED))
                .with(
                        "results",
                        counts(
                                tally,
                                Tally.Count.PASSED,
                                Tally.Count.FAILED,
                                Tally.Count.WAIVED,
                                Tally.Count.NOT_APPLICABLE))
                .with(
                        "validation_failures",
                        counts(tally, Tally.Count.MISSED, Tally.Count.ERRORS, Tally.Count.UNKNOWN));
    }

    private static OscalObject counts(Tally tally, Tally.Count... counts) {
        OscalObject object = new OscalObject();
        for (Tally.Count count : counts) {
            object.with(count.word(), tally.get(count));
        }
        return object;
    }
}
