package dev.ronde.evidence.export;

import dev.ronde.evidence.seal.LedgerKeys;
import dev.ronde.platform.resource.Templates;
import dev.ronde.platform.resource.Version;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What people read in a bundle: README, VERIFY, the report; and the verifier that shares no class with the product. */
final class BundleTexts {
    private static final String VERIFIER = "/evidence/Verify.java";
    private static final List<String> FIGURES = List.of(
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

    private final Templates templates;

    BundleTexts(Templates templates) {
        this.templates = templates;
    }

    void write(BundleFolder folder, Manifest manifest, Exceptions exceptions, LedgerKeys keys) throws IOException {
        Map<String, Object> model = model(manifest, exceptions, keys);
        // One language and no zone but UTC: the same request gives the same bytes everywhere.
        folder.write("README.txt", templates.render("export/readme.txt.peb", Locale.ENGLISH, model));
        folder.write("VERIFY.md", templates.render("export/verify.txt.peb", Locale.ENGLISH, model));
        folder.write("reports/report.html", templates.render("export/report.peb", Locale.ENGLISH, model));
        folder.write("tools/Verify.java", verifier());
    }

    /** The source of the stand-alone verifier. */
    static byte[] verifier() throws IOException {
        try (InputStream in = BundleTexts.class.getResourceAsStream(VERIFIER)) {
            if (in == null) {
                throw new IllegalStateException(VERIFIER + " is not packaged");
            }
            return in.readAllBytes();
        }
    }

    private static Map<String, Object> model(Manifest manifest, Exceptions exceptions, LedgerKeys keys) {
        Map<String, Object> model = new HashMap<>();
        model.put("origin", keys.origin());
        model.put("vkey", keys.verifierKey().encoded());
        model.put("version", Version.text());
        model.put("from", manifest.scope().from().toString());
        model.put("to", manifest.scope().to().toString());
        model.put("frameworks", String.join(", ", manifest.scope().frameworks()));
        model.put("assets", String.join(", ", manifest.scope().assets()));
        model.put("tree_size", Long.toString(manifest.head().treeSize()));
        model.put("root", manifest.head().rootHash().hex());
        model.put("root_start", manifest.head().rootHash().hex().substring(0, 16));
        model.put("sealed_at", manifest.head().sealedAt().toString());
        model.put("leaves", Long.toString(manifest.leafCount()));
        model.put("disclosed", Long.toString(manifest.disclosedCount()));
        model.put("withheld", manifest.withheld());
        model.put("totals", figures(manifest.totals()));
        model.put("test_clock", manifest.testClock());
        model.put("demonstration", manifest.demonstration());
        model.put("alarm", manifest.alarm());
        List<Map<String, String>> rows = exceptions.rows();
        model.put("exceptions", rows);
        model.put("exceptions_total", Long.toString(exceptions.total()));
        model.put("exceptions_different", Integer.toString(exceptions.different()));
        model.put("exceptions_all", rows.size() == exceptions.different());
        return model;
    }

    /** The totals in the order people read them. */
    private static Map<String, Long> figures(Map<String, Long> totals) {
        Map<String, Long> figures = new LinkedHashMap<>();
        for (String name : FIGURES) {
            figures.put(name, totals.getOrDefault(name, 0L));
        }
        totals.forEach(figures::putIfAbsent);
        return figures;
    }
}
