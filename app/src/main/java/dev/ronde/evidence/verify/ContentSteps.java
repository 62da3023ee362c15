package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.BlobPath;
import dev.ronde.evidence.population.CheckpointTable;
import dev.ronde.evidence.population.ExportScope;
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
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** V10 and V11: what hangs on the records, and what was computed from them. Tables are written again and compared by hash. */
final class ContentSteps implements AutoCloseable {
    private final BundleReader bundle;
    private final Findings findings;
    private final Map<String, Object> manifest;
    private final Population population;
    private final Map<String, MessageDigest> digests = new TreeMap<>();
    private final Map<String, Writer> writers = new TreeMap<>();
    private final TreeSet<String> attachments = new TreeSet<>();
    private final PrivateTexts privates;
    private final Exceptions exceptions;
    private final CheckpointTable checkpoints;
    private final Map<String, String> sums;
    private final @Nullable Checkpoint head;
    private boolean clockMoved;

    /**
     * @param sums of the files, as SHA256SUMS lists them
     * @param head the checkpoint of the bundle; null where it is none
     */
    ContentSteps(
            BundleReader bundle,
            Documents documents,
            Findings findings,
            Map<String, String> sums,
            @Nullable Checkpoint head)
            throws IOException {
        this.bundle = bundle;
        this.findings = findings;
        this.manifest = documents.manifest();
        this.sums = sums;
        this.head = head;
        PeopleProofs people = new PeopleProofs(documents, findings, head);
        this.privates = new PrivateTexts(bundle, findings);
        this.exceptions = new Exceptions(scope(), people::nameOf);
        long rows = rowsPerPart();
        this.population = new Population(scope(), path -> PartWriter.csv(path, this::writer, rows), people::nameOf);
        this.checkpoints = new CheckpointTable(writer(CheckpointTable.PATH));
    }

    ExportScope scope() {
        try {
            return ExportScope.ofJson(manifest.get("scope"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new Unreadable("manifest.json: " + e.getMessage());
        }
    }

    private long rowsPerPart() {
        Object rows = manifest.get("rowsPerPart");
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
        attachments.addAll(BlobPath.of(leaf));
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

    void sealed(Leaf seal, Hash root) throws IOException {
        checkpoints.add(seal, root);
        boolean last = head != null && seal.index() + 1 == head.size();
        if (last && !seal.recordedAt().toString().equals(asOf().get("sealedAt"))) {
            findings.fail(Step.V11, "manifest.json says another time of the last seal than its record");
        }
    }

    void end() throws IOException {
        attachments();
        privates.end();
        boolean totals = tables();
        files();
        if (head != null) {
            about(head);
        }
        if (totals) {
            texts();
        }
    }

    private Map<?, ?> asOf() {
        return manifest.get("asOf") instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The manifest lists what SHA256SUMS lists, except itself. */
    private void files() {
        Map<String, String> listed = new TreeMap<>();
        for (Map<?, ?> file : Documents.objects(manifest.get("files"))) {
            listed.put(String.valueOf(file.get("path")), file.get("sha256") + " " + file.get("size"));
        }
        Map<String, String> there = new TreeMap<>();
        sums.forEach((path, sum) -> {
            if (!path.equals("manifest.json") && bundle.has(path)) {
                there.put(path, sum + " " + bundle.size(path));
            }
        });
        if (!listed.equals(there)) {
            TreeSet<String> different = new TreeSet<>(listed.keySet());
            different.addAll(there.keySet());
            different.removeIf(path -> Objects.equals(listed.get(path), there.get(path)));
            findings.fail(Step.V11, "manifest.json lists under files something else than is there: " + different);
        }
    }

    private void about(Checkpoint head) {
        Map<?, ?> asOf = asOf();
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

    /** Makes the texts again unless another version did; missing inputs fail, or an edited report would pass. */
    private void texts() {
        BundleTexts made = new BundleTexts();
        Map<?, ?> product = manifest.get("product") instanceof Map<?, ?> map ? map : Map.of();
        String version = String.valueOf(product.get("version"));
        boolean sameVersion = version.equals(Version.text());
        boolean sameSource = made.source().equals(manifest.get(BundleTexts.MEMBER));
        if (!sameSource && !sameVersion) {
            findings.warn(
                    Step.V11,
                    "NOT COMPARED: README.txt, VERIFY.md, reports/report.html and tools/Verify.java are, by what manifest.json says, of Ronde "
                            + version + ", this is Ronde " + Version.text() + ". Do not rely on them before Ronde "
                            + version + " has verified the bundle as well; the tables and totals were compared");
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

    private void attachments() {
        TreeSet<String> unseen = new TreeSet<>(attachments);
        for (String path : bundle.paths()) {
            if (!path.startsWith("data/blobs/")) {
                continue;
            }
            String name = path.substring("data/blobs/".length()).replaceAll("\\..*", "");
            unseen.remove(path);
            if (!bundle.sha256(path).equals(name)) {
                findings.fail(Step.V10, path + " is not the attachment its name says");
            } else if (!attachments.contains(path)) {
                findings.fail(Step.V10, path + " is no attachment of a record, by its hash and media type");
            }
        }
        unseen.forEach(path -> findings.fail(Step.V10, "the attachment " + path + " is missing"));
    }

    /** Whether the totals follow; the texts repeat them. */
    private boolean tables() throws IOException {
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
            if (path.startsWith("population/") && !path.equals(PeopleProofs.PATH) && !writers.containsKey(path)) {
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
        return counted.equals(stated);
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
