package dev.ronde.evidence.report;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.population.Totals;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import dev.ronde.platform.resource.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * README, VERIFY, the report, and the verifier that shares no class with the product. They follow from {@code manifest.json}, the verifier
 * key and the disclosed records, and are always made with the packaged templates: who verifies makes them again.
 */
public final class BundleTexts {
    /** The member of the manifest that says from which templates the texts were made. */
    public static final String MEMBER = "texts";

    private static final String NOT_SEALED = "not sealed: ";
    private static final String VERIFIER = "/evidence/Verify.java";
    private static final Map<String, String> TEMPLATES = new TreeMap<>(Map.of(
            "README.txt", "export/readme.txt.peb",
            "VERIFY.md", "export/verify.txt.peb",
            "reports/report.html", "export/report.peb"));
    private final Overlay files = Overlay.of("templates", null);
    private final Templates templates = new Templates(files, new Messages(files));

    /** Why records wait to be sealed, in the words of a manifest omission. */
    public static String notSealed(String why) {
        return NOT_SEALED + why;
    }

    private static boolean isNotSealed(String why) {
        return why.startsWith(NOT_SEALED);
    }

    /**
     * SHA-256 over the version, the templates and the verifier: the same here and in a manifest where the texts can be made again. The
     * version stands for the code that makes them, which another version may have in another way.
     */
    public String source() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        part(all, Version.text().getBytes(StandardCharsets.UTF_8));
        TEMPLATES.values().forEach(name -> part(all, files.read(name).orElseThrow()));
        part(all, verifier());
        return Hash.sha256(all.toByteArray()).hex();
    }

    /** Writes the length first, so that the end of one part cannot pass for the start of the next. */
    private static void part(ByteArrayOutputStream all, byte[] content) {
        all.writeBytes((content.length + "\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(content);
    }

    /**
     * Makes the texts, by their paths in the bundle.
     *
     * @param manifest as it is written, its list of files apart
     * @param vkey encoded verifier key of the log
     * @param exceptions that took every disclosed record
     */
    public Map<String, byte[]> write(Map<String, Object> manifest, String vkey, Exceptions exceptions) {
        Map<String, Object> model = model(manifest, vkey, exceptions);
        Map<String, byte[]> texts = new TreeMap<>();
        // One language and no zone but UTC: the same request gives the same bytes everywhere.
        TEMPLATES.forEach((path, template) -> texts.put(
                path, templates.render(template, Locale.ENGLISH, model).getBytes(StandardCharsets.UTF_8)));
        texts.put("tools/Verify.java", verifier());
        return texts;
    }

    static byte[] verifier() {
        try (InputStream in = BundleTexts.class.getResourceAsStream(VERIFIER)) {
            if (in == null) {
                throw new IllegalStateException(VERIFIER + " is not packaged");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> model(Map<String, Object> manifest, String vkey, Exceptions exceptions) {
        Map<?, ?> scope = Leaf.map(manifest.get("scope"));
        Map<?, ?> asOf = Leaf.map(manifest.get("asOf"));
        Map<?, ?> counts = Leaf.map(manifest.get("counts"));
        String root = String.valueOf(asOf.get("root"));
        Map<String, Object> model = new HashMap<>();
        model.put("origin", String.valueOf(manifest.get("origin")));
        model.put("vkey", vkey);
        model.put("version", String.valueOf(Leaf.map(manifest.get("product")).get("version")));
        model.put("from", String.valueOf(scope.get("from")));
        model.put("to", String.valueOf(scope.get("to")));
        model.put("frameworks", joined(scope.get("frameworks")));
        model.put("assets", joined(scope.get("assets")));
        model.put("tree_size", String.valueOf(asOf.get("treeSize")));
        model.put("root", root);
        model.put("root_start", root.substring(0, Math.min(16, root.length())));
        model.put("sealed_at", String.valueOf(asOf.get("sealedAt")));
        model.put("leaves", String.valueOf(counts.get("leaves")));
        model.put("disclosed", String.valueOf(counts.get("disclosed")));
        model.put("totals", figures(Leaf.map(manifest.get("totals")), exceptions.reviews()));
        model.put(
                "test_clock",
                Boolean.TRUE.equals(Leaf.map(manifest.get("clock")).get("test")));
        model.put("demonstration", LedgerFiles.DEMONSTRATION.equals(manifest.get("origin")));
        omissions(model, manifest.get("omissions"));
        int shown = exceptions.rows().size();
        model.put("missed_reviews", exceptions.rows(true));
        model.put("exceptions", exceptions.rows(false));
        model.put("exceptions_shown", Integer.toString(shown));
        model.put("exceptions_total", Long.toString(exceptions.total()));
        model.put("exceptions_different", Integer.toString(exceptions.different()));
        model.put("exceptions_all", shown == exceptions.different());
        return model;
    }

    private static void omissions(Map<String, Object> model, @Nullable Object omissions) {
        Map<String, String> withheld = new LinkedHashMap<>();
        String alarm = "";
        for (Object item : omissions instanceof List<?> list ? list : List.of()) {
            Map<?, ?> omission = Leaf.map(item);
            String why = String.valueOf(omission.get("why"));
            if (!"records".equals(omission.get("what"))) {
                continue;
            }
            if (isNotSealed(why)) {
                alarm = why.substring(NOT_SEALED.length());
            } else {
                withheld.put(why, String.valueOf(omission.get("count")));
            }
        }
        model.put("withheld", withheld);
        model.put("alarm", alarm);
    }

    private static String joined(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "";
    }

    private static Map<String, String> figures(Map<?, ?> totals, ReviewsAtEnd reviews) {
        Map<String, String> figures = new LinkedHashMap<>();
        for (String name : Totals.FIGURES) {
            if (name.equals("reviews_attested")) {
                figures.put("reviews_attested_at_end", Long.toString(reviews.count("attested")));
            }
            figures.put(name, String.valueOf(totals.containsKey(name) ? totals.get(name) : 0));
        }
        totals.forEach((name, count) -> figures.putIfAbsent(String.valueOf(name), String.valueOf(count)));
        return figures;
    }
}
