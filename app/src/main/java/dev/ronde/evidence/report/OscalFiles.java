package dev.ronde.evidence.report;

import dev.ronde.evidence.population.ExportScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The tables of a bundle for programs: an assessment plan and assessment results (OSCAL 1.2.1, NIST), and how each automated check was
 * kept up (FedRAMP 20x). They are in English.
 */
final class OscalFiles {
    private static final String PLAN = "oscal/assessment-plan.json";
    private static final String RESULTS = "oscal/assessment-results.json";
    private static final String FEDRAMP = "oscal/fedramp-20x.json";

    private OscalFiles() {}

    /** Writes the three files, and returns their paths. */
    static Set<String> write(TableFiles tables, Map<String, Object> manifest, Map<String, String> intervals, Path into)
            throws IOException {
        Assessment assessment = new Assessment(tables, ExportScope.ofJson(manifest.get("scope")), intervals);
        OscalParts parts = new OscalParts(assessment, manifest);
        try (OscalFile file = new OscalFile(into.resolve(PLAN))) {
            new AssessmentPlan(parts).write(file);
        }
        try (OscalFile file = new OscalFile(into.resolve(RESULTS))) {
            new AssessmentResults(parts).write(file);
        }
        try (OscalFile file = new OscalFile(into.resolve(FEDRAMP))) {
            FedrampValidations.write(parts, manifest, file);
        }
        return Set.of(PLAN, RESULTS, FEDRAMP);
    }
}
