package dev.ronde.platform.db;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Writes a database into one ZIP: a file of JSON lines per table, a manifest with counts and hashes, and its signature. It holds everything but the key
 * files and what lies in the uploads and exports folders; whoever reads it reads what the database holds.
 */
public final class Backup {
    private Backup() {}

    /**
     * Writes the state of this moment; later commits are not in it, and nobody waits for it.
     *
     * @param now the product's time
     * @param seal makes the signature for the SHA-256 (hex) of the manifest, which names the hash of everything else
     */
    public static BackupManifest write(Database database, OutputStream out, Instant now, UnaryOperator<String> seal) {
        String version = Migrations.version(database.url());
        try (Dump dump = DatabaseDump.begin(database.dataSource().getConnection(), database.dialect(), version)) {
            return BackupWriter.write(dump, database.dialect(), out, now, seal);
        } catch (SQLException e) {
            throw new DatabaseException("The backup could not be read from the database: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
