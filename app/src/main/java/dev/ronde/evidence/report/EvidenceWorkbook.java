package dev.ronde.evidence.report;

import dev.ronde.platform.text.Cut;
import dev.ronde.platform.time.IsoDates;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** {@code reports/evidence.xlsx}: the tables of the bundle as sheets with filters and real dates, in constant memory. */
final class EvidenceWorkbook {
    /** Rows of a sheet; the other rows are in the CSV file. */
    private static final int ROWS = 200_000;

    private static final int FLUSHED_AFTER = 1_000;
    /** What Excel takes in one cell. */
    private static final int CELL = 32_767;

    private static final int WIDEST = 60;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,14}");
    private static final Pattern DAY = Pattern.compile("2[01][0-9]{2}-[0-9]{2}-[0-9]{2}");
    private static final Pattern INSTANT = Pattern.compile(DAY + "T[0-9:.]+Z");
    private static final String CREATED = "docProps/core.xml";
    /** As of every entry of a bundle. */
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Workbook workbook;
    /** Characters of the longest cell of each column of the sheet that is being written. */
    private int[] widths = {};

    private EvidenceWorkbook(Workbook workbook) {
        this.workbook = workbook;
    }

    /** A sheet that is made from a table of the bundle. */
    private record Source(String sheet, String path) {}

    private static final List<Source> SOURCES = List.of(
            new Source("Exceptions", "population/exceptions.csv"),
            new Source("Reviews", "population/reviews.csv"),
            new Source("Upcoming", "population/upcoming.csv"),
            new Source("Attestations", "population/attestations.csv"),
            new Source("Waivers", "population/waivers.csv"),
            new Source("Changes", "population/changes.csv"),
            new Source("Users", "population/users_and_roles.csv"),
            new Source("Population", "population/expected_vs_actual.csv"),
            new Source("Assets", "population/assets.csv"),
            new Source("Checks", "population/checks.csv"),
            new Source("Exposures", "population/exposure.csv"),
            new Source("Plans", "population/plans.csv"),
            new Source("Completeness", "population/completeness.csv"),
            new Source("Gaps", "population/gaps.csv"));

    /**
     * Writes the workbook.
     *
     * @param sheets small sheets by their names, each a list of rows of which the first is the header
     * @param createdAt what it says of when it was made
     */
    static void write(TableFiles tables, Map<String, List<List<Object>>> sheets, String createdAt, Path file)
            throws IOException {
        Path raw = file.resolveSibling("evidence.xlsx.raw");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(raw));
                Workbook workbook = new Workbook(out, "Ronde", null)) {
            workbook.setCompressionLevel(Deflater.NO_COMPRESSION);
            EvidenceWorkbook made = new EvidenceWorkbook(workbook);
            made.small("Summary", sheets);
            made.small("Controls", sheets);
            for (Source source : SOURCES) {
                if (tables.has(source.path())) {
                    made.table(source, tables);
                }
            }
            made.small("Samples", sheets);
            made.small("IPE", sheets);
        }
        packed(raw, createdAt, file);
        Files.delete(raw);
    }

    private void small(String name, Map<String, List<List<Object>>> sheets) throws IOException {
        List<List<Object>> rows = sheets.getOrDefault(name, List.of());
        if (!rows.isEmpty()) {
            try (Worksheet sheet =
                    begin(name, rows.get(0).stream().map(String::valueOf).toList())) {
                for (int row = 1; row < rows.size(); row++) {
                    line(sheet, row, rows.get(row));
                }
                end(sheet, rows.size() - 1, rows.get(0).size());
            }
        }
    }

    private void table(Source source, TableFiles tables) throws IOException {
        List<String> columns = tables.columns(source.path());
        try (Worksheet sheet = begin(source.sheet(), columns)) {
            int[] written = {0};
            long rows = tables.each(source.path(), row -> {
                if (written[0] < ROWS) {
                    line(sheet, ++written[0], Collections.unmodifiableList(row.cells()));
                }
            });
            end(sheet, written[0], columns.size());
            if (rows > written[0]) {
                sheet.inlineString(written[0] + 1, 0, rows + " rows in " + source.path());
            }
        }
    }

    private Worksheet begin(String name, List<String> columns) {
        Worksheet sheet = workbook.newWorksheet(name);
        sheet.freezePane(0, 1);
        sheet.repeatRows(0);
        sheet.pageOrientation("landscape");
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.setFitToPage(true);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
        widths = new int[columns.size()];
        for (int column = 0; column < columns.size(); column++) {
            // beside the button of the filter
            widths[column] = columns.get(column).length() + 3;
            sheet.inlineString(0, column, columns.get(column));
            sheet.style(0, column).bold().fillColor("E8EBF0").set();
        }
        return sheet;
    }

    private void widen(Worksheet sheet) {
        for (int column = 0; column < widths.length; column++) {
            sheet.width(column, Math.min(WIDEST, widths[column] + 2));
        }
    }

    private void end(Worksheet sheet, int rows, int columns) {
        widen(sheet);
        if (columns > 0) {
            sheet.setAutoFilter(0, 0, Math.max(1, rows), columns - 1);
        }
    }

    /** The library writes the widths with the first rows that are flushed: later rows do not change them. */
    private void line(Worksheet sheet, int row, List<?> cells) {
        for (int column = 0; column < cells.size(); column++) {
            cell(sheet, row, column, cells.get(column));
            if (column < widths.length) {
                int length = String.valueOf(cells.get(column)).length();
                widths[column] = Math.max(widths[column], length);
            }
        }
        if (row % FLUSHED_AFTER == 0) {
            widen(sheet);
            try {
                sheet.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whole numbers, days and instants are such to Excel as well; every other text stays the text that it is, and no formula. */
    private static void cell(Worksheet sheet, int row, int column, Object value) {
        String text = String.valueOf(value);
        try {
            if (text.isEmpty()) {
                return;
            }
            if (WHOLE_NUMBER.matcher(text).matches()) {
                sheet.value(row, column, Long.valueOf(text));
            } else if (DAY.matcher(text).matches()) {
                sheet.value(row, column, IsoDates.date(text));
                sheet.style(row, column)
                        .format("yyyy-mm-dd")
                        .horizontalAlignment("left")
                        .set();
            } else if (INSTANT.matcher(text).matches()) {
                sheet.value(row, column, LocalDateTime.ofInstant(IsoDates.instant(text), ZoneOffset.UTC));
                sheet.style(row, column)
                        .format("yyyy-mm-dd hh:mm:ss")
                        .horizontalAlignment("left")
                        .set();
            } else {
                sheet.inlineString(row, column, Cut.marked(text, CELL));
            }
        } catch (DateTimeException e) {
            sheet.inlineString(row, column, text);
        }
    }

    /** Packs the same entries anew: the library writes the present time into the workbook and into its ZIP. */
    private static void packed(Path raw, String createdAt, Path file) throws IOException {
        try (ZipFile in = new ZipFile(raw.toFile());
                ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.setLevel(Deflater.BEST_SPEED);
            for (ZipEntry entry : in.stream().map(ZipEntry.class::cast).toList()) {
                ZipEntry dated = new ZipEntry(entry.getName());
                dated.setTimeLocal(ENTRY_TIME);
                out.putNextEntry(dated);
                try (InputStream content = in.getInputStream(entry)) {
                    if (entry.getName().equals(CREATED)) {
                        String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                        out.write(text.replaceFirst("(<dcterms:created[^>]*>)[^<]*", "$1" + createdAt)
                                .getBytes(StandardCharsets.UTF_8));
                    } else {
                        content.transferTo(out);
                    }
                }
                out.closeEntry();
            }
        }
    }
}
