package dev.ronde.evidence.population;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** All tables and totals of one scope, fed once with the disclosed records in index order. */
public final class Population {
    /** Gives a writer for a file of the bundle. */
    @FunctionalInterface
    public interface Files {
        Writer open(String path) throws IOException;
    }

    private final List<Table> tables;
    private final Totals totals;

    /** @param names display name of an actor ref, or the ref itself */
    public Population(ExportScope scope, Layout layout, Files files, UnaryOperator<String> names) throws IOException {
        totals = new Totals(scope);
        tables = new ArrayList<>(List.of(
                new AssetTable(scope, files.open("population/assets.csv"), names),
                new CheckTable(scope, layout, files.open("population/checks.csv"), names),
                new RunTable(scope, files.open(RunTable.PATH)),
                new ReviewTable(scope, layout, files.open("population/reviews.csv"), names)));
        if (layout.tables().contains(WaiverTable.PATH)) {
            tables.add(new WaiverTable(scope, files.open(WaiverTable.PATH), names));
        }
        if (layout.tables().contains(ExposureTable.PATH)) {
            tables.add(new ExposureTable(scope, layout, files.open(ExposureTable.PATH)));
        }
    }

    public void add(Leaf leaf) throws IOException {
        totals.add(leaf);
        for (Table table : tables) {
            table.add(leaf);
        }
    }

    /** Writes the rest; returns the number of data rows by path. */
    public Map<String, Long> finish() throws IOException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (Table table : tables) {
            rows.put(table.path(), table.finish());
        }
        return rows;
    }

    public Totals totals() {
        return totals;
    }
}
