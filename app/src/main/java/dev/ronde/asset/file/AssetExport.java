package dev.ronde.asset.file;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetConversion;
import dev.ronde.asset.inventory.AssetFilter;
import dev.ronde.asset.inventory.AssetPeople;
import dev.ronde.asset.inventory.AssetSelection;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.platform.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Writes assets as CSV with the columns of the import, by ref; importing the file again changes nothing. */
public final class AssetExport {
    private static final int PAGE = 2_000;

    private final Database database;
    private final Assets assets;

    public AssetExport(Database database, Assets assets) {
        this.database = database;
        this.assets = assets;
    }

    /** Streams what matches. Cells that would run as a formula start with an apostrophe. */
    public void write(AssetFilter filter, char separator, Writer out) {
        write(AssetSelection.matching(filter), separator, out);
    }

    public void write(AssetSelection selection, char separator, Writer out) {
        try (CsvWriter csv = CsvWriter.builder().fieldSeparator(separator).build(out)) {
            csv.writeRecord(AssetField.columns());
            String after = null;
            List<Asset> page;
            do {
                String from = after;
                page = database.read(handle -> page(handle, selection, from, csv));
                after = page.isEmpty() ? null : page.get(page.size() - 1).ref();
            } while (page.size() == PAGE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<Asset> page(
            Handle handle, AssetSelection selection, @org.jspecify.annotations.Nullable String after, CsvWriter csv) {
        List<Asset> page = selection.after(handle, assets, after, PAGE);
        AssetPeople people = AssetPeople.of(handle, page);
        for (Asset asset : page) {
            AssetFacts facts = AssetConversion.facts(asset, people);
            csv.writeRecord(Arrays.stream(AssetField.values())
                    .map(field -> FormulaGuard.given(facts.cell(field)))
                    .toList());
        }
        return page;
    }
}
