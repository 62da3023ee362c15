package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Layout;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.population.PartWriter;
import dev.ronde.evidence.population.Population;
import dev.ronde.evidence.report.BundleTexts;
import dev.ronde.evidence.report.Exceptions;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.platform.resource.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** V10 and V11: what hangs on the records, and what was computed from them. Tables are written again and compared by hash. */
final class ContentSteps implements AutoCloseable {
    private static final String PEOPLE = "population/people.json";
    private static final String BEFORE_TEXTS = "0.1.0";

    private final BundleReader bundle;
    private final Findings findings;
    private final Map<String, Object> manifest;
    private final Population population;
    private final Map<String, MessageDigest> digests = new TreeMap<>();
    private final Map<String, Writer> writers = new TreeMap<>();
    private final TreeSet<String> attachments = new TreeSet<>();
    private final PrivateTexts privates;
    private final Exceptions exceptions;
    private boolean clockMoved;

    ContentSteps(BundleReader bundle, Documents documents, Findings findings) throws IOException {
        this.bundle = bundle;
        this.findings = findings;
        this.manifest = documents.manifest();
        Map<String, String> people = new HashMap<>();
        documents
                .list(PEOPLE)
                .forEach(person -> people.put(String.valueOf(person.get("ref")), String.valueOf(person.get("name"))));
        this.privates = new PrivateTexts(bundle, findings);
        this.exceptions = new Exceptions(scope(), ref -> people.getOrDefault(ref, ref));
        long rows = rowsPerPart();
        this.population = new Population(
                scope(),
                Layout.of(manifest),
                path -> PartWriter.csv(path, this::writer, rows),
                ref -> people.getOrDefault(ref, ref));
    }

    private ExportScope scope() {
        try {
            return ExportScope.ofJson(manifest.get("scope"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unreadable("manifest.json: " + e.getMessage());
        }
    }

    private long rowsPerPart() {
        Object rows = manifest.getOrDefault("rowsPerPart", PartWriter.ROWS);
        if (rows instanceof Number number && number.longValue() > 0) {
            return number.longValue();
        }
        throw new Unreadable("manifest.json: rowsPerPart is " + rows);
    }

    private Writer writer(String path) {
        MessageDigest digest = Hash.digest();
        digests.put(path, digest);
        Writer writer = new OutputStreamWriter(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest), StandardCharsets.UTF_8);
        writers.put(path, writer);
        return writer;
    }

    void add(Leaf leaf) {
        for (Object item : leaf.document().get("att") instanceof List<?> list ? list : List.of()) {
            attachments.add(item instanceof Map<?, ?> map ? String.valueOf(map.get("sha256")) : "?");
        }
        clockMoved |= leaf.type().equals("clock.moved");
        try {
            Leaf told = leaf.with(privates.of(leaf));
            population.add(told);
            exceptions.add(told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException | DateTimeException e) {
            findings.fail(Step.V11, "index " + leaf.index() + ": " + e.getMessage());
        }
    }

    /** @param head the checkpoint of the bundle; null where it is none */
    void end(@Nullable Checkpoint head) throws IOException {
        attachments();
        privates.end(manifest.get("counts") instanceof Map<?, ?> counts ? counts.get("erased") : null);
        tables();
        if (head != null) {
            about(head);
        }
        texts();
    }

    /** The manifest names the log and the tree, and the texts repeat it. */
    private void about(Checkpoint head) {
        Map<?, ?> asOf = manifest.get("asOf") instanceof Map<?, ?> map ? map : Map.of();
        if (!head.origin().equals(manifest.get("origin"))
                || !Long.toString(head.size()).equals(String.valueOf(asOf.get("treeSize")))
                || !head.root().hex().equals(asOf.get("root"))) {
            findings.fail(Step.V11, "manifest.json names another log, tree size or root than the checkpoint");
        }
        if (Boolean.TRUE.equals(manifest.get("demonstration")) != LedgerFiles.DEMONSTRATION.equals(head.origin())) {
            findings.fail(Step.V11, "manifest.json is wrong on whether this is a demonstration");
        }
        if (clockMoved && !underTestClock()) {
            findings.fail(Step.V11, "manifest.json hides that a test clock was moved, which the records say");
        }
    }

    /**
     * What people read is made again. Only a bundle that names another version is left to that version: one that names this version must
     * name what this version makes its texts from, else taking that out of the manifest would let an edited report pass.
     */
    private void texts() {
        BundleTexts made = new BundleTexts();
        Map<?, ?> product = manifest.get("product") instanceof Map<?, ?> map ? map : Map.of();
        String version = String.valueOf(product.get("version"));
        boolean sameVersion = version.equals(Version.text());
        boolean sameSource = made.source().equals(manifest.get(BundleTexts.MEMBER));
        if (!sameSource && (!sameVersion || isBeforeTexts(version))) {
            String maker = sameVersion
                    ? "an early Ronde " + version + ", which did not say what it made them from. Do not rely on them"
                    : "Ronde " + version + ", this is Ronde " + Version.text() + ". Do not rely on them before Ronde "
                            + version + " has verified the bundle as well";
            findings.warn(
                    Step.V11,
                    "NOT COMPARED: README.txt, VERIFY.md, reports/report.html and tools/Verify.java are, by what manifest.json says, of "
                            + maker + "; the tables and totals were compared");
            return;
        }
        if (!sameSource || !sameVersion) {
            findings.fail(
                    Step.V11,
                    "manifest.json names Ronde " + version
                            + ", but under texts not what that version makes README.txt, VERIFY.md,"
                            + " reports/report.html and tools/Verify.java from: they or manifest.json were edited, or another build calls"
                            + " itself Ronde " + version);
            return;
        }
        made.write(manifest, bundle.text("keys/log.vkey").strip(), exceptions).forEach((path, text) -> {
            if (!bundle.has(path)
                    || !bundle.sha256(path).equals(Hash.sha256(text).hex())) {
                findings.fail(Step.V11, path + " does not follow from the records");
            }
        });
    }

    /** The first bundles named neither their tables nor what the texts were made from; no later version makes such. */
    private boolean isBeforeTexts(String version) {
        return version.equals(BEFORE_TEXTS)
                && !manifest.containsKey(BundleTexts.MEMBER)
                && Layout.of(manifest).isFirst();
    }

    private void attachments() {
        TreeSet<String> unseen = new TreeSet<>(attachments);
        for (String path : bundle.paths()) {
            if (!path.startsWith("data/blobs/")) {
                continue;
            }
            String name = path.substring("data/blobs/".length()).replaceAll("\\..*", "");
            if (!bundle.sha256(path).equals(name)) {
                findings.fail(Step.V10, path + " is not the attachment its name says");
            } else if (!attachments.contains(name)) {
                findings.fail(Step.V10, path + " is not named by any record");
            }
            unseen.remove(name);
        }
        unseen.forEach(name -> findings.fail(Step.V10, "the attachment " + name + " is missing"));
    }

    private void tables() throws IOException {
        population.finish();
        for (Map.Entry<String, Writer> writer : writers.entrySet()) {
            writer.getValue().close();
            String path = writer.getKey();
            String computed = HexFormat.of()
                    .formatHex(Objects.requireNonNull(digests.get(path)).digest());
            if (!bundle.has(path) || !bundle.sha256(path).equals(computed)) {
                findings.fail(Step.V11, path + " does not follow from the records");
            }
        }
        for (String path : bundle.paths()) {
            if (path.startsWith("population/") && !path.equals(PEOPLE) && !writers.containsKey(path)) {
                findings.fail(Step.V11, path + " does not follow from the records");
            }
        }
        Map<String, Long> stated = new TreeMap<>();
        if (manifest.get("totals") instanceof Map<?, ?> totals) {
            totals.forEach((name, count) -> stated.put(
                    String.valueOf(name), count instanceof Number number ? number.longValue() : Long.valueOf(-1)));
        }
        Map<String, Long> counted = population.totals().counts();
        if (!counted.equals(stated)) {
            findings.fail(
                    Step.V11, "the totals of manifest.json do not follow from the records, which give " + counted);
        }
    }

    @Override
    public void close() throws IOException {
        privates.close();
    }

    boolean underTestClock() {
        return manifest.get("clock") instanceof Map<?, ?> clock && Boolean.TRUE.equals(clock.get("test"));
    }

    Map<String, Object> manifest() {
        return manifest;
    }
}
