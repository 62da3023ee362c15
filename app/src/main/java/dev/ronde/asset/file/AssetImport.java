package dev.ronde.asset.file;

import dev.ronde.asset.field.AssetWords;
import dev.ronde.asset.field.CellParser;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/**
 * The import of assets from CSV: the two-step page, the API and the command are this code. The whole file is one transaction; good
 * rows are applied, refused rows reported, absent rows never touched. The same file a second time changes nothing.
 */
public record AssetImport(
        Database database, Assets assets, EvidenceLog evidence, AssetWords words, InstantSource clock) {
    public static final int MAX_BYTES = 25_000_000;

    private static final int MOST_ROWS = 250_000;
    private static final int ATTEMPTS = 5;

    /**
     * Imports the file.
     *
     * @param dryRun says what would happen and changes nothing
     * @throws Problem 413 for a file larger than {@link #MAX_BYTES}; 409 if an asset was changed during the import
     */
    public ImportResult run(byte[] bytes, boolean dryRun, OnConflict onConflict, Actor by) {
        if (bytes.length > MAX_BYTES) {
            throw Problem.tooLarge("The file is larger than " + MAX_BYTES + " bytes. Import it in parts.");
        }
        AssetFile file = AssetFile.read(bytes, new CellParser(words, clock.instant()));
        if (file.rows().size() > MOST_ROWS) {
            throw Problem.tooLarge("The file has more than " + MOST_ROWS + " rows. Import it in parts.");
        }
        return dryRun
                ? database.read(handle -> ImportWork.compare(handle, assets, file, words, onConflict)
                        .result(true))
                : apply(bytes, file, onConflict, by);
    }

    /** Compares the file again if somebody else created or changed one of the assets meanwhile. */
    private ImportResult apply(byte[] bytes, AssetFile file, OnConflict onConflict, Actor by) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.inTransaction(tx -> {
                    ImportWork work = ImportWork.compare(tx, assets, file, words, onConflict);
                    work.apply(tx, by);
                    ImportResult result = work.result(false);
                    record(tx, bytes, result, by);
                    return result;
                });
            } catch (RuntimeException e) {
                boolean late = Database.isUniqueViolation(e)
                        || Database.isDeadlock(e)
                        || (e instanceof Problem problem && problem.code().equals("changed_meanwhile"));
                if (!late || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void record(Handle tx, byte[] bytes, ImportResult result, Actor by) {
        if (result.created() + result.updated() == 0) {
            return;
        }
        evidence.append(
                tx,
                Evidence.of("asset.imported", by, Subject.of("import", Ids.next(clock)))
                        .data("sha256", Hash.sha256(bytes).hex())
                        .data("created", result.created())
                        .data("updated", result.updated())
                        .data("unchanged", result.unchanged())
                        .data("skipped", result.skipped())
                        .data("refused", result.refused()));
    }
}
