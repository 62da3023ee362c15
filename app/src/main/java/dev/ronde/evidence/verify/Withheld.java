package dev.ronde.evidence.verify;

import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.population.SealSpan;
import dev.ronde.evidence.report.BundleTexts;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** V14: of a withheld record only its hash, its type by the index and its seal are known; the seal says when it was recorded. */
final class Withheld {
    private record Place(long index, String type) {}

    private final ExportScope scope;
    private final SealSpan span;
    private final Findings findings;
    private final List<Place> waiting = new ArrayList<>();
    private final Map<String, Long> months = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();

    Withheld(ExportScope scope, Findings findings) {
        this.scope = scope;
        this.span = new SealSpan(scope.start(), scope.end());
        this.findings = findings;
    }

    void add(long index, String type) {
        waiting.add(new Place(index, type));
    }

    void sealed(Leaf seal) {
        SealSpan.Place place = span.next(seal);
        for (Place record : waiting) {
            if (!scope.mayWithhold(record.type(), place)) {
                findings.fail(
                        Step.V14,
                        "index " + record.index() + " (" + record.type() + ") is withheld, but it was sealed at "
                                + seal.recordedAt() + ", where the scope discloses it");
            }
            months.merge(
                    YearMonth.from(seal.recordedAt().atOffset(ZoneOffset.UTC)).toString(), 1L, Long::sum);
            reasons.merge(ExportScope.reason(place), 1L, Long::sum);
        }
        waiting.clear();
    }

    /** Called after the last place: compares with manifest.json, reason by reason. */
    void end(Map<String, Object> manifest) {
        waiting.forEach(record -> findings.fail(
                Step.V14, "index " + record.index() + " (" + record.type() + ") is withheld and has no seal"));
        Map<String, Long> stated = new TreeMap<>();
        for (Map<?, ?> omission : Documents.objects(manifest.get("omissions"))) {
            String why = String.valueOf(omission.get("why"));
            // Records that are not sealed yet are no part of the range, so nobody withholds one of its places.
            if ("records".equals(omission.get("what")) && !BundleTexts.isNotSealed(why)) {
                stated.merge(why, Documents.number(omission.get("count")), Long::sum);
            }
        }
        if (!stated.equals(reasons)) {
            findings.fail(Step.V14, "manifest.json says " + stated + " is withheld, by the seals it is " + reasons);
        }
    }

    /** Withheld records by the month of their seal. */
    Map<String, Long> months() {
        return months;
    }
}
