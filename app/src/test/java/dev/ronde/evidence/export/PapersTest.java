package dev.ronde.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.time.ProductClock;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report as a PDF and the tables as a workbook, with texts in them that nobody hopes for. */
class PapersTest {
    private static final String HOSTILE = "</td><script>x</script>\u0001 → Ω 東京 file:///etc/passwd";

    @TempDir
    Path home;

    @AutoClose
    private BundleFixture fixture;

    @BeforeEach
    void open() {
        fixture = new BundleFixture(DatabaseKind.H2, home).lived();
        fixture.test.append(Evidence.of("asset.created", Actor.SYSTEM, Subject.of("asset", "odd", 1))
                .occurredAt(Instant.parse("2026-03-10T08:00:00Z"))
                .data("after", Map.of("name", HOSTILE, "kind", "service.redis")));
        fixture.test.append(Evidence.of("run.missed", Actor.SYSTEM, Subject.of("check", "redis-auth", 1))
                .occurredAt(Instant.parse("2026-03-10T09:00:00Z"))
                .asset("odd")
                .data("check", Map.of("id", "redis-auth", "sha256", "ab"))
                .data("due", Instant.parse("2026-03-10T09:00:00Z"))
                .data("reason", HOSTILE));
    }

    private Path export(Locale language) {
        Path zip = fixture.exports.file(fixture.exports.make(
                UUID.randomUUID(), BundleFixture.MARCH, language, BundleFixture.JEANNE, (done, total) -> {}));
        assertThat(fixture.verify(zip).exitCode()).isZero();
        return BundleFixture.unpack(zip, home.resolve(language.getLanguage()));
    }

    @Test
    void thePdfIsTaggedDatedByTheSealAndInTheLanguageAskedFor() throws IOException {
        for (Map.Entry<Locale, String> language : Map.of(
                        Locale.ENGLISH, "Evidence report", Locale.FRENCH, "Rapport de preuves")
                .entrySet()) {
            Path folder = export(language.getKey());
            try (PDDocument pdf =
                    Loader.loadPDF(folder.resolve("reports/report.pdf").toFile())) {
                assertThat(pdf.getDocumentCatalog().getLanguage())
                        .isEqualTo(language.getKey().getLanguage());
                assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
                assertThat(pdf.getDocumentCatalog().getViewerPreferences().displayDocTitle())
                        .isTrue();
                assertThat(pdf.getDocumentInformation().getTitle()).startsWith(language.getValue());
                assertThat(BundleFixture.read(folder.resolve("manifest.json")))
                        .contains("\"sealedAt\":\""
                                + pdf.getDocumentInformation().getCreationDate().toInstant());
                try (InputStream metadata =
                        pdf.getDocumentCatalog().getMetadata().exportXMPMetadata()) {
                    assertThat(new String(metadata.readAllBytes(), StandardCharsets.UTF_8))
                            .contains("pdfuaid:part");
                }
                List<PDStructureElement> tables = new ArrayList<>();
                elements(pdf.getDocumentCatalog().getStructureTreeRoot(), "Table", tables);
                assertThat(tables).hasSizeGreaterThan(6).allSatisfy(table -> {
                    List<PDStructureElement> headers = new ArrayList<>();
                    elements(table, "TH", headers);
                    assertThat(headers).isNotEmpty();
                });
                assertThat(new PDFTextStripper().getText(pdf)).contains("Jeanne =Müller", "<script>x</script>", "-> Ω");
            }
            assertThat(BundleFixture.read(folder.resolve("reports/report.html")))
                    .contains("lang=\"" + language.getKey().getLanguage() + "\"", "東京")
                    .doesNotContain("<script", "\u0001");
        }
    }

    private static void elements(PDStructureNode node, String type, List<PDStructureElement> found) {
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                if (element.getStructureType().equals(type)) {
                    found.add(element);
                }
                elements(element, type, found);
            }
        }
    }

    @Test
    void whoPreparedIsCalledAsTheTableOfRolesCallsThem() throws IOException {
        Actor shell = new Actor("user", "command:mia", "command");
        Path zip = fixture.exports.file(fixture.exports.make(
                UUID.randomUUID(), BundleFixture.MARCH, Locale.ENGLISH, shell, (done, total) -> {}));
        Path folder = BundleFixture.unpack(zip, home.resolve("shell"));
        assertThat(BundleFixture.read(folder.resolve("reports/report.html")))
                .contains("<td>mia (command on the server)</td>");
    }

    /** Another zlib packs the same entries otherwise, which is no forgery; another entry is. */
    @Test
    void aWorkbookIsComparedByItsEntriesAndAPdfByItsBytes() throws IOException {
        Path folder = export(Locale.ENGLISH);
        Path workbook = folder.resolve("reports/evidence.xlsx");
        repack(workbook, "Jeanne", "Jeanne");
        fixture.sumAndSign(folder);
        assertThat(fixture.verify(folder).exitCode()).isZero();
        repack(workbook, "Jeanne", "Jeanna");
        fixture.sumAndSign(folder);
        assertThat(fixture.verify(folder).lines())
                .anyMatch(line -> line.contains("reports/evidence.xlsx does not follow from the records"));
        Files.writeString(folder.resolve("reports/report.pdf"), "\n", java.nio.file.StandardOpenOption.APPEND);
        fixture.sumAndSign(folder);
        assertThat(fixture.verify(folder).lines())
                .anyMatch(line -> line.contains("reports/report.pdf does not follow from the records"));
    }

    private void repack(Path workbook, String text, String other) throws IOException {
        Path packed = home.resolve("packed.xlsx");
        try (ZipFile in = new ZipFile(workbook.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(packed))) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (ZipEntry entry : in.stream().map(ZipEntry.class::cast).toList()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
                        .replace(text, other)
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.move(packed, workbook, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** LibreOffice reads every sheet; dates, numbers and texts are what the table says. */
    @Test
    @Tag("tools")
    @Needs("soffice")
    void aSpreadsheetProgramReadsWhatTheTablesSay() throws Exception {
        Installation.open(
                fixture.test.database, new ProductClock(fixture.test.clock), Optional.of(fixture.test.clock.instant()));
        Path folder = export(Locale.ENGLISH);
        BundleFixture.run(
                home,
                0,
                "soffice",
                "-env:UserInstallation=file://" + home.resolve("office"),
                "--headless",
                "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
                "--outdir",
                home.resolve("sheets").toString(),
                folder.resolve("reports/evidence.xlsx").toString());
        for (Map.Entry<String, String> sheet : Map.of(
                        "Population", "expected_vs_actual",
                        "Reviews", "reviews",
                        "Upcoming", "upcoming",
                        "Attestations", "attestations",
                        "Assets", "assets",
                        "Users", "users_and_roles",
                        "Changes", "changes")
                .entrySet()) {
            List<List<String>> table = rows(folder.resolve("population/" + sheet.getValue() + ".csv"));
            List<List<String>> read = rows(home.resolve("sheets/evidence-" + sheet.getKey() + ".csv"));
            assertThat(read).as(sheet.getKey()).hasSameSizeAs(table);
            for (int row = 0; row < table.size(); row++) {
                assertThat(read.get(row))
                        .as(sheet.getKey())
                        .isEqualTo(
                                table.get(row).stream().map(PapersTest::shown).toList());
            }
        }
        assertThat(home.resolve("sheets/evidence-IPE.csv")).content().contains("asOf.root", "population/reviews.csv");
        assertThat(home.resolve("sheets/evidence-Summary.csv"))
                .content()
                .contains("Done on time with a waiver,1", "TEST CLOCK");
        List<String> labels = rows(home.resolve("sheets/evidence-Summary.csv")).stream()
                .map(row -> row.get(0))
                .toList();
        assertThat(labels).doesNotHaveDuplicates();
        try (ZipFile workbook =
                        new ZipFile(folder.resolve("reports/evidence.xlsx").toFile());
                InputStream sheet = workbook.getInputStream(workbook.getEntry("xl/worksheets/sheet1.xml"))) {
            String text = new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).as("A4, as the report").contains("paperSize=\"9\"");
            Matcher width =
                    Pattern.compile("<col min=\"1\" max=\"1\" width=\"([0-9]+)").matcher(text);
            assertThat(width.find()).isTrue();
            assertThat(labels).allMatch(label -> label.length() <= Integer.parseInt(width.group(1)) + 2);
        }
    }

    /** As LibreOffice shows an instant in a cell of that format. */
    private static String shown(String cell) {
        String text = cell.matches("2[0-9]{3}-[0-9-]{5}T[0-9:.]+Z")
                ? cell.substring(0, 19).replace('T', ' ')
                : cell;
        return text.replace("\u0001", "");
    }

    private static List<List<String>> rows(Path file) throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
            return reader.stream().map(CsvRecord::getFields).toList();
        }
    }
}
