package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.population.BlobPath;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.seal.LedgerDamaged;
import java.io.IOException;

/** Attachments by their hash. */
final class BlobFiles {
    private static final int HASH = "data/blobs/".length();

    private final ExportDao dao;
    private final BundleFolder folder;

    BlobFiles(ExportDao dao, BundleFolder folder) {
        this.dao = dao;
        this.folder = folder;
    }

    void add(Leaf leaf) throws IOException {
        for (String path : BlobPath.of(leaf)) {
            if (!folder.has(path)) {
                folder.write(path, content(leaf, Hash.ofHex(path.substring(HASH, HASH + 64))));
            }
        }
    }

    private byte[] content(Leaf leaf, Hash hash) {
        byte[] content = dao.findBlob(hash.bytes())
                .orElseThrow(
                        () -> new LedgerDamaged("index " + leaf.index() + ": the attachment " + hash + " is missing"));
        if (!Hash.sha256(content).equals(hash)) {
            throw new LedgerDamaged("index " + leaf.index() + ": the attachment " + hash + " was changed");
        }
        return content;
    }
}
