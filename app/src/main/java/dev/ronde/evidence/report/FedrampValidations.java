package dev.ronde.evidence.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code oscal/fedramp-20x.json}: how each automated check was kept up, with the failures of the validation itself beside those it found
 * (FedRAMP 20x, Persistent Validation and Assessment, which counts both). FedRAMP gives no schema for it.
 */
final class FedrampValidations {
    private FedrampValidations() {}

    static void write(Assessment assessment, Map<String, Object> manifest, OscalFile out) {
        Tally all = new Tally();
        OscalObject head = new OscalObject();
        for (String member : new String[] {"organisation", "origin", "scope", "asOf"}) {
            // in one order, whoever made the map
            head.with(
                    member, manifest.get(member) instanceof Map<?, ?> map ? new TreeMap<>(map) : manifest.get(member));
        }
        out.with(head)
                .list("validations", items -> {
                    for (Activity check : assessment.checks()) {
                        if (!check.attested) {
                            Tally tally = check.total();
                            all.add(tally);
                            items.accept(new OscalObject()
                                    .with("check", check.id)
                                    .with("title", check.title())
                                    .with("controls", List.copyOf(check.controls))
                                    .with("interval", check.interval)
                                    .with("assets", check.assets.size())
                                    .with("last", tally.last())
                                    .with("runs", counts(tally)));
                        }
                    }
                })
                .with(new OscalObject().with("runs", counts(all)));
    }

    private static OscalObject counts(Tally tally) {
        OscalObject failures = new OscalObject();
        OscalObject counts = new OscalObject();
        for (Tally.Count count : Tally.Count.values()) {
            (count.isOfValidation() ? failures : counts).with(count.word(), tally.get(count));
        }
        return counts.with("validationFailures", failures);
    }
}
