package dev.ronde.evidence.report;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * README, VERIFY, the papers, the documents of OSCAL, and the verifiers that share no class with the product. They follow from {@code manifest.json}, the verifier
 * key, the disclosed records and the tables made of them, and are always made with the packaged templates: who verifies makes them again.
 */
public final class BundleTexts {
    /** The member of the manifest that says from which templates the texts were made. */
    public static final String MEMBER = "texts";

    private static final String NOT_SEALED = "not sealed: ";
    private static final List<String> TOOLS = List.of("Verify.java", "verify.html", "verify.py");
    /** What XML and therefore the PDF takes in no form (XML 1.0 §2.2). */
    private static final Pattern NO_CHARACTER =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private static final String REPORT = "reports/report.html";
    private static final Map<String, String> TEMPLATES = new TreeMap<>(Map.of(
            "README.txt", "export/readme.txt.peb", "VERIFY.md", "export/verify.txt.peb", REPORT, "export/report.peb"));
    private final Overlay files = Overlay.of("templates", null);
    private final Messages messages = new Messages(files);
    private final Templates templates = new Templates(files, messages);

    /** Why records wait to be sealed, in the words of a manifest omission. */
    public static String notSealed(String why) {
        return NOT_SEALED + why;
    }

    private static boolean isNotSealed(String why) {
        return why.startsWith(NOT_SEALED);
    }

    /**
     * SHA-256 over the version, the templates and the verifiers: the same here and in a manifest where the texts can be made again. The
     * version stands for the code that makes them, which another version may have in another way.
     */
    public String source() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        part(all, Version.text().getBytes(StandardCharsets.UTF_8));
        Stream.concat(TEMPLATES.values().stream(), files.list("web/i18n", ".properties").stream())
                .forEach(name -> part(all, files.read(name).orElseThrow()));
        TOOLS.forEach(name -> part(all, tool(name)));
        return Hash.sha256(all.toByteArray()).hex();
    }

    /** Writes the length first, so that the end of one part cannot pass for the start of the next. */
    private static void part(ByteArrayOutputStream all, byte[] content) {
        all.writeBytes((content.length + "\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(content);
    }

    /**
     * Makes the texts and papers, by the same paths as in the bundle.
     *
     * @param manifest as it is written, its list of files apart
     * @param vkey encoded verifier key of the log
     * @param exceptions that took every disclosed record
     * @param bundle folder with the finished tables
     * @param into folder to write to
     * @return the paths
     */
    public Set<String> write(Map<String, Object> manifest, String vkey, Exceptions exceptions, Path bundle, Path into)
            throws IOException {
        Locale language = Locale.forLanguageTag(String.valueOf(manifest.get("language")));
        Map<String, Object> model = model(manifest, vkey, exceptions, language);
        TableFiles tables = new TableFiles(bundle);
        ReportFigures figures =
                new ReportFigures(tables, ExportScope.ofJson(manifest.get("scope")), key -> word(language, key));
        model.putAll(figures.model());
        model.put("groups", Papers.GROUPS);
        model.put("preparer", Papers.preparer(tables, String.valueOf(manifest.get("requestedBy"))));
        Set<String> paths = new TreeSet<>(TEMPLATES.keySet());
        for (Map.Entry<String, String> text : TEMPLATES.entrySet()) {
            // no zone but UTC, and no language but that of the request: it gives the same bytes everywhere
            Locale spoken = text.getKey().equals(REPORT) ? language : Locale.ENGLISH;
            String said = NO_CHARACTER
                    .matcher(templates.render(text.getValue(), spoken, model))
                    .replaceAll("\uFFFD");
            write(into, text.getKey(), said.getBytes(StandardCharsets.UTF_8));
        }
        for (String name : TOOLS) {
            write(into, "tools/" + name, tool(name));
            paths.add("tools/" + name);
        }
        Papers papers = new Papers(tables, manifest, model, key -> messages.text(language, key));
        paths.addAll(papers.write(Files.readString(into.resolve(REPORT)), into));
        paths.addAll(OscalFiles.write(tables, manifest, exceptions.intervals(), into));
        return paths;
    }

    /** The word of the language, or the end of the key where there is none: another version or the operator made it. */
    private String word(Locale language, String key) {
        return messages.has(key) ? messages.text(language, key) : key.substring(key.lastIndexOf('.') + 1);
    }

    private static void write(Path into, String path, byte[] bytes) throws IOException {
        Path file = into.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
    }

    private static byte[] tool(String name) {
        try (InputStream in = BundleTexts.class.getResourceAsStream("/evidence/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not packaged");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> model(
            Map<String, Object> manifest, String vkey, Exceptions exceptions, Locale language) {
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
        model.put("organisation", String.valueOf(manifest.get("organisation")));
        model.put("language", String.valueOf(manifest.get("language")));
        model.put("from_day", LocalDate.parse(String.valueOf(scope.get("from"))));
        model.put("to_day", LocalDate.parse(String.valueOf(scope.get("to"))));
        model.put("sealed", Instant.parse(String.valueOf(asOf.get("sealedAt"))));
        model.put(
                "test_clock",
                Boolean.TRUE.equals(Leaf.map(manifest.get("clock")).get("test")));
        model.put("demonstration", LedgerFiles.DEMONSTRATION.equals(manifest.get("origin")));
        omissions(model, manifest.get("omissions"));
        model.put("exceptions", exceptions.rows(outcome -> word(language, "paper.outcome." + outcome)));
        model.put("exceptions_total", exceptions.total());
        model.put("exceptions_different", exceptions.different());
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
}
