package dev.ronde.asset.file;

import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.CellText;
import dev.ronde.platform.problem.DidYouMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first line of an asset file: which column holds which field.
 *
 * @param names the columns as the file spells them
 * @param fields the field of each column, null where the column is unknown
 * @param usable whether rows can be read at all: every required column is there, none twice
 */
record CsvHeader(List<String> names, List<@Nullable AssetField> fields, boolean usable) {
    static CsvHeader read(List<String> cells, List<CellError> errors) {
        List<String> names = cells.stream().map(CellText::strip).toList();
        List<@Nullable AssetField> fields = new ArrayList<>();
        Set<AssetField> seen = EnumSet.noneOf(AssetField.class);
        boolean usable = true;
        for (String name : names) {
            Optional<AssetField> field = AssetField.ofColumn(name);
            fields.add(field.orElse(null));
            if (field.isEmpty()) {
                errors.add(unknown(name));
            } else if (!seen.add(field.get())) {
                errors.add(new CellError(1, name, "duplicate_column", List.of(name)));
                usable = false;
            }
        }
        for (AssetField field : AssetField.values()) {
            if (field.required() && !seen.contains(field)) {
                errors.add(new CellError(1, field.column(), "missing_column", List.of(field.column())));
                usable = false;
            }
        }
        return new CsvHeader(names, fields, usable);
    }

    private static CellError unknown(String name) {
        String shown = shown(name);
        return DidYouMean.nearest(name, AssetField.columns())
                .map(near -> new CellError(1, shown, "unknown_column_near", List.of(shown, near)))
                .orElseGet(() -> new CellError(
                        1, shown, "unknown_column", List.of(shown, String.join(", ", AssetField.columns()))));
    }

    /** People see the header cell, so it must not hold control characters or a long text. */
    private static String shown(String name) {
        String plain = name.codePoints()
                .limit(100)
                .filter(point -> !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.isEmpty() ? "-" : plain;
    }

    /** The one of comma, semicolon and tab that yields the most known columns; comma if none does. */
    static char separator(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        String line = text.substring(0, end).replace("\"", "");
        char best = ',';
        long most = 0;
        for (char separator : new char[] {',', ';', '\t'}) {
            long known = Arrays.stream(line.split(String.valueOf(separator), -1))
                    .filter(name -> AssetField.ofColumn(CellText.strip(name)).isPresent())
                    .count();
            if (known > most) {
                best = separator;
                most = known;
            }
        }
        return best;
    }
}
