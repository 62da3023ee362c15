package dev.ronde.evidence.population;

import dev.ronde.platform.table.FormulaGuard;
import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes RFC 4180 with LF and without BOM; a cell that a spreadsheet would run as a formula gets an apostrophe.
 *
 * @param <R> a row
 */
public final class Csv<R> {
    private final Writer out;
    private final Table<R> columns;

    public Csv(Writer out, Table<R> columns) throws IOException {
        this.out = out;
        this.columns = columns;
        line(columns.names());
    }

    public void row(R row) throws IOException {
        line(columns.values(row));
    }

    public void rows(Iterable<R> rows) throws IOException {
        for (R row : rows) {
            row(row);
        }
    }

    private void line(List<? extends @Nullable Object> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            Object cell = cells.get(i);
            out.write(cell instanceof Number ? cell.toString() : cell(text(cell)));
        }
        out.write('\n');
    }

    private static String text(@Nullable Object cell) {
        return cell instanceof Instant time ? time(time) : Objects.toString(cell, "");
    }

    /** To the second, always: {@code 2026-03-31T23:59:59Z}. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String cell(String text) {
        return quoted(FormulaGuard.given(text));
    }

    /** A cell as it stands in a table, with what guards it from being run. */
    public static String quoted(String cell) {
        boolean quoted = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                || cell.startsWith(" ")
                || cell.endsWith(" ");
        return quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
