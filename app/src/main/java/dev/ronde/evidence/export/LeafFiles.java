package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.population.PartWriter;
import dev.ronde.evidence.population.Population;
import dev.ronde.evidence.report.Exceptions;
import dev.ronde.evidence.sample.SampleFiles;
import dev.ronde.evidence.seal.LeafReader;
import dev.ronde.evidence.seal.LedgerDamaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * Writes what stands in the slice of the log, once, in order: index, records, texts, attachments and tables. It is an
 * iterator over the leaf hashes, so that the root is computed from exactly what was written.
 */
final class LeafFiles implements Iterator<Hash> {
    private final ExportScope scope;
    private final SealedBatches leaves;
    private final BundleFolder folder;
    private final Writer index;
    private final Writer records;
    private final PrivateFile privates;
    private final BlobFiles blobs;
    private final AttestationFile attestations;
    private final Population population;
    private final Writer checkpoints;
    private final long size;
    private final LongConsumer progress;
    private final Map<String, Long> withheld = new TreeMap<>();
    private final Exceptions exceptions;
    private final SampleFiles samples = new SampleFiles();
    private long disclosed;

    LeafFiles(
            ExportScope scope,
            SealedBatches leaves,
            ExportDao dao,
            BundleFolder folder,
            UnaryOperator<String> names,
            long partRows,
            long size,
            LongConsumer progress)
            throws IOException {
        this.scope = scope;
        this.exceptions = new Exceptions(scope);
        this.leaves = leaves;
        this.folder = folder;
        this.size = size;
        this.progress = progress;
        this.index = PartWriter.csv("ledger/index.csv", folder::writer, partRows);
        this.records = PartWriter.jsonl("data/records.jsonl", folder::writer, partRows);
        this.privates = new PrivateFile(dao, size, PartWriter.jsonl("data/private.jsonl", folder::writer, partRows));
        this.blobs = new BlobFiles(dao, folder);
        this.attestations = new AttestationFile(scope, dao, folder, leaves.size(), partRows).find();
        this.population = new Population(scope, path -> PartWriter.csv(path, folder::writer, partRows), names);
        this.checkpoints = folder.writer("ledger/checkpoints.csv");
        index.write("index,leaf_hash,rec_type,line\n");
        checkpoints.write("size,root,sealed_at\n");
    }

    @Override
    public boolean hasNext() {
        return leaves.hasNext();
    }

    @Override
    public Hash next() {
        LeafReader.Sealed sealed = leaves.next();
        try {
            write(sealed);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the bundle in " + folder.root(), e);
        }
        progress.accept(sealed.index());
        return sealed.hash();
    }

    private void write(LeafReader.Sealed sealed) throws IOException {
        byte[] payload = sealed.payload();
        if (payload == null) {
            long by = sealed.purgedBy().orElseThrow();
            if (by >= size) {
                throw new LedgerDamaged("records were purged while the bundle was made: export it again");
            }
            withheld.merge("purged", 1L, Long::sum);
            population.purged(sealed.type());
            index.write(sealed.index() + "," + sealed.hash().hex() + "," + sealed.type() + ",purged " + by + "\n");
            return;
        }
        Leaf leaf = new Leaf(sealed.index(), Canonical.parse(payload));
        String line = "";
        if (leaf.type().equals(Leaf.SEAL)) {
            checkpoints.write((leaf.index() + 1) + "," + leaves.root().hex() + "," + leaf.recordedAt() + "\n");
        }
        boolean asked = scope.discloses(leaf, leaves.place());
        boolean shown = asked || attestations.names(leaf.index());
        population.count(leaf.type(), shown);
        if (shown) {
            disclosed++;
            line = Long.toString(disclosed);
            records.write(new String(payload, StandardCharsets.UTF_8));
            records.write('\n');
            blobs.add(leaf);
            Leaf told = attestations.whole(leaf.with(privates.add(leaf, sealed.recordId())));
            attestations.add(told);
            // what is here for an attestation alone is in no table: there it would pass for the whole of something
            if (asked || scope.matches(leaf)) {
                population.add(told);
                exceptions.add(told);
            } else {
                population.addNamed(told);
            }
            samples.add(told);
        } else {
            withheld.merge(ExportScope.reason(leaves.place()), 1L, Long::sum);
        }
        if (leaf.type().equals(Leaf.SEAL)) {
            population.sealed(leaf, leaves.place());
        }
        index.write(sealed.index() + "," + sealed.hash().hex() + "," + leaf.type() + "," + line + "\n");
    }

    Population population() {
        return population;
    }

    long disclosed() {
        return disclosed;
    }

    Map<String, Long> withheld() {
        return withheld;
    }

    Exceptions exceptions() {
        return exceptions;
    }

    SampleFiles samples() {
        return samples;
    }
}
