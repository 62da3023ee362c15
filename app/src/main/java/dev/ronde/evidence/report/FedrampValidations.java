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

    static void write(OscalParts parts, Map<String, Object> manifest, OscalFile out) {
        Tally all = new Tally();
        OscalObject head = new OscalObject();
        for (String member : new String[] {"organisation", "origin", "scope", "asOf"}) {
            // in one order, whoever made the map
            head.with(
                    member, manifest.get(member) instanceof Map<?, ?> map ? new TreeMap<>(map) : manifest.get(member));
        }
        out.with(head.with("testClock", parts.clock))
                .list("validations", items -> {
                    for (Activity check : parts.assessment.checks()) {
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
        tally.counts()
                .forEach((count, number) -> (count.isOfValidation() ? failures : counts).with(count.word(), number));
        return counts.with("validationFailures", failures);
    }
}
