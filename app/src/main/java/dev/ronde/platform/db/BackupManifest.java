package dev.ronde.platform.db;

import java.time.Instant;
import java.util.List;

/**
 * What a backup file says about itself, in {@code manifest.json}.
 *
 * @param format version of the layout of the file
 * @param product version of the program that wrote it
 * @param schema version of the schema the rows have
 * @param database h2 or postgresql: where the rows came from; they fit both
 * @param createdAt the product's time
 */
public record BackupManifest(
        int format, String product, String schema, String database, Instant createdAt, List<Table> tables) {
    static final int FORMAT = 1;
    static final String NAME = "manifest.json";
    static final String SEAL = "manifest.sig";

    /**
     * One table's file, {@code tables/<name>.jsonl}: a JSON array per row, in the order of the columns.
     *
     * @param sha256 of the file's bytes, in hex
     */
    record Table(String name, List<CopyTable.Column> columns, long rows, String sha256) {
        String path() {
            return "tables/" + name + ".jsonl";
        }
    }

    public long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
