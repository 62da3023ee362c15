package dev.ronde.evidence.sample;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ronde.evidence.population.Csv;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Sha256;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which rows a seed draws: the ticket of an item is the SHA-256 of the seed, a comma and the item, in lower-case hexadecimal; the smallest are
 * drawn. A larger size draws the same rows and the next ones.
 *
 * @param item column that names what is drawn; all rows of one item are drawn together
 * @param size how many, of each value of the stratum where there is one
 * @param stratum a column, or empty
 */
record Draw(String seed, String item, int size, String stratum) {
    /** The rows in the order of their tickets, with room for what the auditor concludes; and how many items they are of. */
    record Sheet(String text, int items) {}

    /** With its text as it stands in the table. */
    private record Row(String text, List<String> cells) {}

    /** {@link Problem} 422 where the table has no rows, or not the column of the stratum. */
    Sheet sheet(String table) {
        List<Row> rows = rows(table);
        List<String> header = rows.get(0).cells();
        int itemAt = header.indexOf(item);
        int stratumAt = header.indexOf(stratum);
        if (!stratum.isEmpty() && stratumAt < 0) {
            throw Problem.invalid(
                    "/stratified_by",
                    "unknown_column",
                    "The table has no column " + stratum + ". It has: " + String.join(", ", header) + ".");
        }
        if (rows.size() == 1) {
            throw Problem.invalid("/population", "empty_population", "This table has no rows. Draw from another one.");
        }
        Map<String, TreeMap<String, String>> strata = new TreeMap<>();
        for (Row row : rows.subList(1, rows.size())) {
            TreeMap<String, String> drawn =
                    strata.computeIfAbsent(stratumAt < 0 ? "" : row.cells().get(stratumAt), value -> new TreeMap<>());
            String cell = row.cells().get(itemAt);
            String ticket = Sha256.hex(seed + "," + cell);
            drawn.merge(ticket, ticket + "," + quoted(cell) + "," + row.text() + ",,\n", String::concat);
            if (drawn.size() > size) {
                drawn.pollLastEntry();
            }
        }
        TreeMap<String, String> all = new TreeMap<>();
        strata.values().forEach(drawn -> drawn.forEach((ticket, lines) -> all.merge(ticket, lines, String::concat)));
        String head = "ticket,item," + rows.get(0).text() + ",conclusion,remarks\n";
        return new Sheet(head + String.join("", all.values()), all.size());
    }

    private static String quoted(String cell) {
        return cell.matches("[^,\"\n\r]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private static List<Row> rows(String table) {
        return CsvReader.builder().ofCsvRecord(table).stream()
                .map(CsvRecord::getFields)
                .map(cells -> new Row(cells.stream().map(Csv::quoted).collect(Collectors.joining(",")), cells))
                .toList();
    }
}
