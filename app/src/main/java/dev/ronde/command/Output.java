package dev.ronde.command;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.table.FormulaGuard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Prints results on stdout as a table, JSON or CSV; several values of one cell stand between bars. */
record Output(PrintWriter out, Format format) {
    enum Format {
        table,
        json,
        csv
    }

    static JsonNode item(@Nullable Object... namesAndValues) {
        return Json.tree(Json.write(ApiClient.fields(namesAndValues)));
    }

    /** Prints items with these fields as columns; JSON prints whole items. */
    void items(List<JsonNode> items, String... fields) {
        switch (format()) {
            case json -> out.println(Json.write(items));
            case csv -> csv(items, fields);
            case table -> table(items, fields);
        }
        out.flush();
    }

    void document(JsonNode document) {
        out.println(Json.write(document));
        out.flush();
    }

    private void csv(List<JsonNode> items, String... fields) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(fields);
            items.forEach(item -> csv.writeRecord(
                    row(item, fields).stream().map(FormulaGuard::given).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.print(text);
    }

    private void table(List<JsonNode> items, String... fields) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(java.util.Arrays.stream(fields)
                .map(field -> field.replace('_', ' '))
                .toList());
        items.forEach(item -> rows.add(row(item, fields)));
        int[] widths = new int[fields.length];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i));
                if (i < widths.length - 1) {
                    line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static List<String> row(JsonNode item, String... fields) {
        return java.util.Arrays.stream(fields)
                .map(field -> text(item.at("/" + field.replace('.', '/'))))
                .toList();
    }

    private static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (node.isArray() && node.valueStream().noneMatch(JsonNode::isContainer)) {
            return node.valueStream().map(Output::text).collect(Collectors.joining("|"));
        }
        return (node.isContainer() ? node.toString() : node.asString("")).replaceAll("\\p{Cntrl}", " ");
    }
}
