package dev.ronde.asset.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.field.CellParser;
import dev.ronde.asset.field.CellRefused;
import dev.ronde.asset.field.CellText;
import dev.ronde.platform.table.FormulaGuard;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file of assets (RFC 4180) read and judged, before any database was asked. Pure.
 *
 * @param fields the fields the file has a column for; the others are left as they are when an asset is updated
 * @param rows the rows without an error, in file order, each ref once
 * @param errors everything that was not taken, in file order
 * @param refused how many rows have an error
 */
record AssetFile(
        String charset, char separator, Set<AssetField> fields, List<Row> rows, List<CellError> errors, int refused) {

    private static final Pattern STARTED = Pattern.compile("started in line ([0-9]+)");

    record Row(long line, AssetFacts facts) {}

    static AssetFile read(byte[] bytes, CellParser parser) {
        CsvText decoded = CsvText.decode(bytes);
        char separator = CsvHeader.separator(decoded.text());
        return new Reading(parser).all(decoded, separator);
    }

    private static final class Reading {
        private final CellParser parser;
        private final List<Row> rows = new ArrayList<>();
        private final List<CellError> errors = new ArrayList<>();
        private final Map<String, Long> lineOfRef = new HashMap<>();
        private final Set<AssetField> fields = EnumSet.noneOf(AssetField.class);
        private int refused;

        Reading(CellParser parser) {
            this.parser = parser;
        }

        AssetFile all(CsvText decoded, char separator) {
            long line = 1;
            try (CsvReader<CsvRecord> reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .skipEmptyLines(true)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(decoded.text())) {
                Iterator<CsvRecord> records = reader.iterator();
                CsvHeader header = header(records);
                while (header.usable() && records.hasNext()) {
                    CsvRecord next = records.next();
                    line = next.getStartingLineNumber();
                    row(header, next);
                }
            } catch (CsvParseException broken) {
                errors.add(new CellError(startOf(broken, line + 1), null, "broken_quotes", List.of()));
                refused++;
            } catch (java.io.IOException impossible) {
                throw new java.io.UncheckedIOException(impossible);
            }
            return new AssetFile(decoded.charset(), separator, fields, rows, errors, refused);
        }

        /** FastCSV names the line of the broken record in its message only. */
        private static long startOf(CsvParseException broken, long fallback) {
            Matcher named = STARTED.matcher(String.valueOf(broken.getMessage()));
            return named.find() ? Long.parseLong(named.group(1)) : fallback;
        }

        private CsvHeader header(Iterator<CsvRecord> records) {
            if (!records.hasNext()) {
                errors.add(new CellError(1, null, "empty_file", List.of(String.join(",", AssetField.columns()))));
                return new CsvHeader(List.of(), List.of(), false);
            }
            CsvHeader header = CsvHeader.read(records.next().getFields(), errors);
            header.fields().stream().filter(field -> field != null).forEach(fields::add);
            return header;
        }

        private void row(CsvHeader header, CsvRecord cells) {
            long line = cells.getStartingLineNumber();
            if (cells.getFields().stream().allMatch(cell -> CellText.strip(cell).isEmpty())) {
                return;
            }
            int before = errors.size();
            if (cells.getFieldCount() != header.names().size()) {
                String code = cells.getFieldCount() < header.names().size() ? "too_few_cells" : "too_many_cells";
                errors.add(new CellError(
                        line,
                        null,
                        code,
                        List.of(
                                String.valueOf(cells.getFieldCount()),
                                String.valueOf(header.names().size()))));
            } else {
                keep(line, facts(header, cells, line), before);
            }
            if (errors.size() > before) {
                refused++;
            }
        }

        private AssetFacts facts(CsvHeader header, CsvRecord cells, long line) {
            EnumMap<AssetField, Object> values = new EnumMap<>(AssetField.class);
            for (int index = 0; index < header.names().size(); index++) {
                AssetField field = header.fields().get(index);
                if (field != null) {
                    Object value = value(field, cells.getField(index), line);
                    if (value != null) {
                        values.put(field, value);
                    }
                }
            }
            return new AssetFacts(values);
        }

        private @Nullable Object value(AssetField field, String cell, long line) {
            try {
                return parser.parse(field, FormulaGuard.taken(cell));
            } catch (CellRefused refusal) {
                errors.add(new CellError(line, field.column(), refusal.why()));
                return null;
            }
        }

        private void keep(long line, AssetFacts facts, int before) {
            String ref = facts.text(AssetField.REF);
            if (ref == null) {
                return;
            }
            Long first = lineOfRef.putIfAbsent(ref, line);
            if (first != null) {
                errors.add(new CellError(
                        line, AssetField.REF.column(), "duplicate_ref", List.of(ref, String.valueOf(first))));
            } else if (errors.size() == before) {
                rows.add(new Row(line, facts));
            }
        }
    }

    /**
     * The text of an uploaded file: UTF-8 with or without BOM, UTF-16 with BOM (Excel's "Unicode text"), else Windows-1252.
     *
     * @param charset the encoding that was found, for people to see
     */
    private record CsvText(String text, String charset) {
        private static final Charset WINDOWS = Charset.forName("windows-1252");

        static CsvText decode(byte[] bytes) {
            if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
                return utf8(bytes, 3);
            }
            if (starts(bytes, 0xFF, 0xFE)) {
                return new CsvText(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE), "UTF-16");
            }
            if (starts(bytes, 0xFE, 0xFF)) {
                return new CsvText(new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE), "UTF-16");
            }
            return utf8(bytes, 0);
        }

        private static CsvText utf8(byte[] bytes, int from) {
            ByteBuffer content = ByteBuffer.wrap(bytes, from, bytes.length - from);
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(content)
                        .toString();
                return new CsvText(text, "UTF-8");
            } catch (CharacterCodingException notUtf8) {
                return new CsvText(new String(bytes, from, bytes.length - from, WINDOWS), "Windows-1252");
            }
        }

        private static boolean starts(byte[] bytes, int... mark) {
            return bytes.length >= mark.length
                    && IntStream.range(0, mark.length).allMatch(index -> (bytes[index] & 0xFF) == mark[index]);
        }
    }
}
