package dev.ronde.evidence.report;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ronde.evidence.population.PartWriter;
import dev.ronde.platform.table.FormulaGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The finished tables of a bundle, read from its folder row by row and through all parts. */
record TableFiles(Path folder) {
    /** The cells of one row as they stand in the file. */
    record Row(List<String> names, List<String> cells) {
        /** Without the apostrophe of a formula guard; empty where the table has no such column. */
        String get(String column) {
            int place = names.indexOf(column);
            return place < 0 ? "" : FormulaGuard.taken(cells.get(place));
        }

        long number(String column) {
            String text = get(column);
            return text.isEmpty() ? 0 : Long.parseLong(text);
        }
    }

    boolean has(String path) {
        return Files.exists(folder.resolve(path));
    }

    Path file(String path) {
        return folder.resolve(path);
    }

    /** Every file of the bundle that is there, in the order of its path. */
    List<String> paths() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** Passes every row on, if there is such a table, and returns their number. */
    long each(String path, Consumer<Row> rows) {
        long count = 0;
        for (int part = 1; has(PartWriter.path(path, part)); part++) {
            count += part(file(PartWriter.path(path, part)), rows);
        }
        return count;
    }

    private static long part(Path file, Consumer<Row> rows) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            List<String> names = List.of();
            long count = 0;
            for (CsvRecord line : reader) {
                if (names.isEmpty()) {
                    names = List.copyOf(line.getFields());
                } else {
                    rows.accept(new Row(names, line.getFields()));
                    count++;
                }
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The names of its columns; empty where there is no such table. */
    List<String> columns(String path) {
        if (!has(path)) {
            return List.of();
        }
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file(path))) {
            return List.copyOf(reader.iterator().next().getFields());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
