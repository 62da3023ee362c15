package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Frontier;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.population.SealSpan;
import dev.ronde.evidence.seal.LeafReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/** The places of a slice that ends with a seal; a batch is read whole, as only the seal at its end tells when its records were recorded. */
final class SealedBatches implements Iterator<LeafReader.Sealed> {
    /** The last members of a canonical record are its type and version. */
    private static final byte[] SEAL = ("\"type\":\"" + Leaf.SEAL + "\",\"v\":1}").getBytes(StandardCharsets.UTF_8);

    private final LeafReader leaves;
    private final Frontier tree;
    private final SealSpan span;
    private final Deque<LeafReader.Sealed> batch = new ArrayDeque<>();
    private SealSpan.Place place = SealSpan.Place.WITHIN;

    /** @param tree that ends where the slice begins; it grows with each place */
    SealedBatches(LeafReader leaves, Frontier tree, ExportScope scope) {
        this.leaves = leaves;
        this.tree = tree;
        this.span = new SealSpan(scope.start(), scope.end());
    }

    @Override
    public boolean hasNext() {
        return !batch.isEmpty() || leaves.hasNext();
    }

    @Override
    public LeafReader.Sealed next() {
        if (batch.isEmpty()) {
            read();
        }
        LeafReader.Sealed sealed = batch.remove();
        tree.add(sealed.hash(), (level, index, subtree) -> {});
        return sealed;
    }

    private void read() {
        byte[] payload;
        do {
            batch.add(leaves.next());
            payload = batch.getLast().payload();
        } while ((payload == null || !isSeal(payload)) && leaves.hasNext());
        if (payload != null) {
            place = span.next(new Leaf(batch.getLast().index(), Canonical.parse(payload)));
        }
    }

    private static boolean isSeal(byte[] payload) {
        int start = payload.length - SEAL.length;
        return start > 0 && Arrays.equals(payload, start, payload.length, SEAL, 0, SEAL.length);
    }

    /** The first place behind the slice. */
    long size() {
        return leaves.until();
    }

    /** The root of the tree that ends with the last place. */
    Hash root() {
        return tree.root();
    }

    SealSpan.Place place() {
        return place;
    }
}
