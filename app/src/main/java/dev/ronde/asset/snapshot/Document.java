package dev.ronde.asset.snapshot;

import org.jspecify.annotations.Nullable;

/** A pushed document, read and compared before the transaction that stores it begins ({@link Snapshots#read}). */
public final class Document {
    private final SourceSchema schema;
    private final Canonical canonical;
    private final boolean news;

    private Document(SourceSchema schema, Canonical canonical, boolean news) {
        this.schema = schema;
        this.canonical = canonical;
        this.news = news;
    }

    static Document of(SourceSchema schema, Canonical canonical, @Nullable SnapshotRow latest) {
        return new Document(schema, canonical, latest == null || !same(schema, canonical, latest));
    }

    SourceSchema schema() {
        return schema;
    }

    Canonical canonical() {
        return canonical;
    }

    /** Whether it differed from the newest snapshot when it was read. */
    boolean news() {
        return news;
    }

    boolean isSame(SnapshotRow latest) {
        return same(schema, canonical, latest);
    }

    private static boolean same(SourceSchema schema, Canonical canonical, SnapshotRow latest) {
        return latest.canonVersion() == schema.canon() && latest.digest().equals(canonical.digest());
    }
}
