package dev.ronde.evidence.population;

import dev.ronde.platform.table.FormulaGuard;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;

/** Writes RFC 4180 with LF and without BOM; a cell that a spreadsheet would run as a formula gets an apostrophe. */
public final class Csv {
    private final Writer out;
    private final int columns;

    public Csv(Writer out, String... header) throws IOException {
        this.out = out;
        this.columns = header.length;
        row(Arrays.asList((Object[]) header));
    }

    public void row(Object... cells) throws IOException {
        row(Arrays.asList(cells));
    }

    private void row(List<Object> cells) throws IOException {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns + " columns");
        }
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            Object cell = cells.get(i);
            out.write(cell instanceof Number ? cell.toString() : cell(String.valueOf(cell)));
        }
        out.write('\n');
    }

    private static String cell(String text) {
        String guarded = FormulaGuard.given(text);
        boolean quoted = guarded.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                || guarded.startsWith(" ")
                || guarded.endsWith(" ");
        return quoted ? '"' + guarded.replace("\"", "\"\"") + '"' : guarded;
    }
}
