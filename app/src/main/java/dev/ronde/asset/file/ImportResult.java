package dev.ronde.asset.file;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import did, or would do.
 *
 * @param unchanged rows that say what is known already
 * @param skipped rows left alone because the asset exists and {@code on_conflict} is skip
 * @param refused rows with an error
 * @param newPeople addresses nobody had before
 * @param errors everything that was not taken, in the order of the file
 * @param rows what happens row by row, for a preview; the first ones only
 */
public record ImportResult(
        boolean dryRun,
        int created,
        int updated,
        int unchanged,
        int skipped,
        int refused,
        List<String> newPeople,
        List<CellError> errors,
        List<PreviewRow> rows) {

    /**
     * One row of a preview.
     *
     * @param what created, updated, unchanged, skipped
     * @param facts what the asset would be
     * @param changed the fields that would change, empty unless updated
     */
    public record PreviewRow(
            long line,
            String what,
            AssetFacts facts,
            @Nullable AssetFacts before,
            List<AssetField> changed) {}
}
