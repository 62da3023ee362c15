package dev.ronde.evidence.population;

import dev.ronde.evidence.ledger.Hash;
import java.io.IOException;
import java.io.Writer;

/** Every checkpoint of the range: there is one for each seal, over all that lies before it. */
public final class CheckpointTable {
    public static final String PATH = "ledger/checkpoints.csv";

    private final Csv csv;

    public CheckpointTable(Writer out) throws IOException {
        this.csv = new Csv(out, "size", "root", "sealed_at");
    }

    /** Writes the row of a seal.
     *
     * @param root of the tree that ends with it
     */
    public void add(Leaf seal, Hash root) throws IOException {
        csv.row(seal.index() + 1, root.hex(), seal.recordedAt().toString());
    }
}
