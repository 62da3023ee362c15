package dev.ronde.platform.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a list, in order, each with what it holds of a row. Its file and its JSON come from them.
 *
 * @param <R> a row
 */
public final class Table<R> {
    private record Column<R>(String name, Function<? super R, ? extends @Nullable Object> value) {}

    private final List<Column<R>> columns;

    private Table(List<Column<R>> columns) {
        this.columns = columns;
    }

    public static <R> Table<R> empty() {
        return new Table<>(List.of());
    }

    /** The same table with one more column; its value may be null. */
    public Table<R> with(String name, Function<? super R, ? extends @Nullable Object> value) {
        List<Column<R>> all = new ArrayList<>(columns);
        all.add(new Column<>(name, value));
        return new Table<>(all);
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    public List<@Nullable Object> values(R row) {
        List<@Nullable Object> values = new ArrayList<>(columns.size());
        columns.forEach(column -> values.add(column.value().apply(row)));
        return values;
    }

    /** The row as a JSON object: null stays null. */
    public Map<String, @Nullable Object> json(R row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        columns.forEach(column -> json.put(column.name(), column.value().apply(row)));
        return json;
    }

    /**
     * Writes a header and every row (RFC 4180). Null is an empty cell; a cell that would run as a formula gets an apostrophe.
     *
     * @param rows passes each row on
     * @throws UncheckedIOException where whoever reads it has gone
     */
    public void write(Writer out, char separator, Consumer<Consumer<R>> rows) {
        try (CsvWriter csv = CsvWriter.builder().fieldSeparator(separator).build(out)) {
            csv.writeRecord(names());
            rows.accept(row -> csv.writeRecord(
                    columns.stream().map(column -> cell(column, row)).toList()));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static <R> String cell(Column<R> column, R row) {
        Object value = column.value().apply(row);
        return value instanceof Number ? value.toString() : FormulaGuard.given(Objects.toString(value, ""));
    }
}
