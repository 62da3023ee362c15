package dev.ronde.evidence.verify;

import dev.ronde.evidence.RecordRow;
import dev.ronde.evidence.RecordTypes;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Frontier;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.NotCanonical;
import dev.ronde.evidence.ledger.RangeProof;
import dev.ronde.evidence.population.Leaf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One walk over index and records in constant memory: V3, V4 and V9 line by line, and the leaf hashes as an iterator, so that
 * V5 computes the root from exactly what was read.
 */
final class LogPass implements Iterator<Hash>, AutoCloseable {
    private final Findings findings;
    private final Anchors anchors;
    private final SealSteps seals;
    private final ContentSteps content;
    private final Withheld withheld;
    private final PartLines index;
    private final PartLines records;
    private final @Nullable Frontier frontier;
    private final long from;
    private final long until;
    private final long size;
    private final Set<String> unknownTypes = new TreeSet<>();
    private long expected;
    private long lines;
    private @Nullable String row;

    LogPass(
            BundleReader bundle,
            RangeProof range,
            Findings findings,
            Anchors anchors,
            SealSteps seals,
            ContentSteps content)
            throws IOException {
        this.findings = findings;
        this.anchors = anchors;
        this.seals = seals;
        this.content = content;
        this.withheld = new Withheld(content.scope(), findings);
        this.from = range.from();
        this.expected = from;
        this.until = range.until();
        this.size = range.size();
        this.frontier = frontier(range);
        this.index = bundle.lines("ledger/index.csv");
        this.records = bundle.lines("data/records.jsonl");
        if (!"index,leaf_hash,rec_type,line".equals(index.readLine())) {
            findings.fail(Step.V3, "ledger/index.csv has another header");
        }
        row = index.readLine();
    }

    /** The left cover is the tree's edge before the range; without that shape V5 fails anyway. */
    private static @Nullable Frontier frontier(RangeProof range) {
        return range.left().size() == Long.bitCount(range.from()) ? Frontier.resume(range.from(), range.left()) : null;
    }

    @Override
    public boolean hasNext() {
        return row != null;
    }

    @Override
    public Hash next() {
        String line = row;
        if (line == null) {
            throw new NoSuchElementException();
        }
        try {
            Hash hash = read(line);
            row = index.readLine();
            return hash;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Hash read(String line) throws IOException {
        String[] cells = line.split(",", -1);
        if (cells.length != 4 || !cells[0].matches("0|[1-9][0-9]{0,17}") || !cells[1].matches("[0-9a-f]{64}")) {
            findings.fail(Step.V3, "not a line of ledger/index.csv: " + line);
            return Hash.EMPTY;
        }
        if (!cells[0].equals(Long.toString(expected))) {
            findings.fail(Step.V3, "after index " + (expected - 1) + " comes " + cells[0]);
            expected = Long.parseLong(cells[0]);
        }
        long place = expected++;
        Hash hash = Hash.ofHex(cells[1]);
        if (frontier != null) {
            frontier.add(hash, (level, at, subtree) -> {});
            anchors.grown(frontier);
        }
        if (!cells[3].isEmpty()) {
            disclosed(place, hash, cells[2], cells[3]);
        } else {
            withheld.add(place, cells[2]);
        }
        return hash;
    }

    private void disclosed(long place, Hash hash, String type, String lineNumber) throws IOException {
        lines++;
        if (!lineNumber.equals(Long.toString(lines))) {
            findings.fail(Step.V3, "index " + place + " points to line " + lineNumber + " instead of " + lines);
        }
        String record = records.readLine();
        if (record == null) {
            findings.fail(Step.V4, "index " + place + ": line " + lines + " of data/records.jsonl is missing");
            return;
        }
        byte[] payload = record.getBytes(StandardCharsets.UTF_8);
        if (!Hash.leaf(payload).equals(hash)) {
            findings.fail(Step.V4, "index " + place + ": line " + lines + " is not the record that was sealed");
        }
        Leaf leaf = wellFormed(place, type, payload);
        if (leaf != null) {
            seals.add(leaf);
            if (leaf.type().equals(Leaf.SEAL)) {
                withheld.sealed(leaf);
                Hash root = frontier == null ? Hash.EMPTY : frontier.root();
                seals.sealedRoot(root);
                content.sealed(leaf, root);
            }
            content.add(leaf);
        }
    }

    private @Nullable Leaf wellFormed(long place, String type, byte[] payload) {
        try {
            Map<String, Object> document = Canonical.read(payload);
            RecordRow row = RecordRow.of(document);
            Leaf leaf = new Leaf(place, document);
            if (!(document.get("v") instanceof Integer version)
                    || version != 1
                    || !row.recType().equals(type)) {
                findings.fail(Step.V9, "index " + place + ": version or type is not the one of the index");
            } else if (!RecordTypes.KNOWN.contains(type) && unknownTypes.add(type)) {
                findings.warn(Step.V9, "unknown record type " + type + ", first at index " + place);
            }
            return leaf;
        } catch (NotCanonical | IllegalArgumentException | DateTimeException e) {
            findings.fail(Step.V9, "index " + place + ": " + e.getMessage());
            return null;
        }
    }

    /** The manifest must count what is here and what is not, so that nothing is withheld silently. */
    void end(Map<String, Object> manifest) throws IOException {
        new ManifestCounts(manifest, from, until, lines).differences().forEach(text -> findings.fail(Step.V3, text));
        if (expected != until) {
            findings.fail(Step.V3, "the index ends before " + expected + ", the range proof says " + until);
        }
        if (records.readLine() != null) {
            findings.fail(Step.V4, "data/records.jsonl has lines that no index points to");
        }
        seals.end(until);
        if (from != 0 || until != size) {
            findings.fail(
                    Step.V14,
                    "the bundle has the places from " + from + " to " + until + ", the log has those from 0 to " + size
                            + ": export it again, whole");
        }
        withheld.end(manifest);
    }

    /** How many records are withheld, by the month of their seal. */
    Map<String, Long> withheldByMonth() {
        return withheld.months();
    }

    @Override
    public void close() {
        try {
            index.close();
            records.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
