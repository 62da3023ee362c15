package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Canonical;
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
    private static final byte[] SEAL =
            ("\"type\":\"" + Leaf.SEAL + "\",\"v\":1}").getBytes(StandardCharsets.UTF_8);

    private final LeafReader leaves;
    private final SealSpan span;
    private final Deque<LeafReader.Sealed> batch = new ArrayDeque<>();
    private SealSpan.Place place = SealSpan.Place.WITHIN;

    SealedBatches(LeafReader leaves, ExportScope scope) {
        this.leaves = leaves;
        this.span = new SealSpan(scope);
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
        return batch.remove();
    }

    private void read() {
        byte[] payload;
        do {
            batch.add(leaves.next());
            payload = batch.getLast().payload();
        } while (!isSeal(payload) && leaves.hasNext());
        place = span.next(new Leaf(batch.getLast().index(), Canonical.parse(payload)));
    }

    private static boolean isSeal(byte[] payload) {
        int start = payload.length - SEAL.length;
        return start > 0 && Arrays.equals(payload, start, payload.length, SEAL, 0, SEAL.length);
    }

    /** Where the records of the batch of the last place belong. */
    SealSpan.Place place() {
        return place;
    }
}
