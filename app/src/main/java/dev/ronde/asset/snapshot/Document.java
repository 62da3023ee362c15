package dev.ronde.asset.snapshot;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pushed document, read and compared before the transaction that stores it begins ({@link Snapshots#read}). */
public final class Document {
    private final SourceSchema schema;
    private final Canonical canonical;
    private final @Nullable UUID sameAs;
    private final boolean news;

    /**
     * @param sameAs the newest snapshot, where it is this configuration with its addresses in another spelling
     * @param news whether it differed from the newest snapshot when it was read
     */
    Document(SourceSchema schema, Canonical canonical, @Nullable UUID sameAs, boolean news) {
        this.schema = schema;
        this.canonical = canonical;
        this.sameAs = sameAs;
        this.news = news;
    }

    SourceSchema schema() {
        return schema;
    }

    Canonical canonical() {
        return canonical;
    }

    boolean news() {
        return news;
    }

    boolean isSame(SnapshotRow latest) {
        return latest.canonVersion() == schema.canon()
                && (latest.digest().equals(canonical.digest()) || latest.id().equals(sameAs));
    }
}
