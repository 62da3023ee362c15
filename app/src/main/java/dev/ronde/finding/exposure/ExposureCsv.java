package dev.ronde.finding.exposure;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.ronde.evidence.population.Csv;
import dev.ronde.evidence.population.ExposureTable;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The windows as a file, in the columns of the evidence export. */
final class ExposureCsv implements AutoCloseable {
    private final CsvWriter writer;

    ExposureCsv(Writer out, char separator) {
        writer = CsvWriter.builder().fieldSeparator(separator).build(out);
        writer.writeRecord(ExposureTable.COLUMNS);
    }

    void row(WindowJson window) {
        writer.writeRecord(cells(
                window.finding(),
                window.asset(),
                window.check(),
                window.severity(),
                window.state(),
                window.lastGoodAt(),
                window.firstBadAt(),
                window.detectedAt(),
                window.lastBadAt(),
                window.fixedAt(),
                window.exposure().minSeconds(),
                window.exposure().maxSeconds(),
                window.inPeriod().minSeconds(),
                window.inPeriod().maxSeconds(),
                window.acknowledgedAt()));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static List<String> cells(@Nullable Object... values) {
        return Arrays.stream(values)
                .map(value -> Csv.harmless(Objects.toString(value, "")))
                .toList();
    }
}
