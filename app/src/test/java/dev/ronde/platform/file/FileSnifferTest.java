package dev.ronde.platform.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileSnifferTest {
    @ParameterizedTest
    @CsvSource({
        "note.txt, MZ-01 was looked at",
        "mail.eml, From: a@example.org <html>",
        "table.csv, 'a,b'",
        "report.pdf, %PDF-1.7 x",
    })
    void whatIsWhatItSaysIsKept(String name, String content) {
        assertThat(FileSniffer.look(name, bytes(content)).refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "report.pdf, 'MZ\u0000\u0001', PROGRAM",
        "note.txt, #!/bin/sh, PROGRAM",
        "setup.exe, words, PROGRAM",
        "page.html, words, ACTIVE_PAGE",
        "page.txt, <script>, ACTIVE_PAGE",
        "photo.png, %PDF-1.7, NOT_WHAT_IT_SAYS",
        "macro.docm, words, TYPE_NOT_TAKEN",
        "broken.zip, 'PK\u0003\u0004', BROKEN",
    })
    void whatIsNotIsRefusedWithItsReason(String name, String content, FileRefusal why) {
        assertThat(FileSniffer.look(name, bytes(content)).refusal()).contains(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"macro.docm", "papers/macro.XLSM", "slides.pptm", "template.dotm", "add-in.xlam"})
    void aDocumentWithMacrosIsRefusedInAnArchiveAsAlone(String inside) throws IOException {
        assertThat(FileSniffer.look("papers.zip", zip(inside, bytes("words"))).refusal())
                .contains(FileRefusal.MACROS);
    }

    @Test
    void aDocumentThatHidesItsMacrosIsRefusedInAnArchiveAsAlone() throws IOException {
        byte[] document = zip("word/vbaProject.bin", bytes("macros"));
        assertThat(FileSniffer.look("report.docx", document).refusal()).contains(FileRefusal.MACROS);
        assertThat(FileSniffer.look("papers.zip", zip("report.docx", document)).refusal())
                .contains(FileRefusal.MACROS);
        byte[] plain = zip("word/document.xml", bytes("words"));
        assertThat(FileSniffer.look("papers.zip", zip("report.docx", plain)).refusal())
                .isEmpty();
    }

    @Test
    void aDocumentInAnArchiveThatUnpacksWithoutEndIsRefused() throws IOException {
        for (String name : new String[] {"report.docx", "words.txt"}) {
            byte[] bomb = zip(name, new byte[(64 << 20) + 1]);
            assertThat(FileSniffer.look("papers.zip", bomb).refusal()).contains(FileRefusal.TOO_LARGE_UNPACKED);
        }
    }

    @Test
    void aProgramInAnArchiveIsRefusedWhateverItsName() throws IOException {
        for (String program : new String[] {"MZ\u0000\u0001", "\u007fELF\u0002", "#!/bin/sh"}) {
            for (String name : new String[] {"words.txt", "picture.png", "README"}) {
                assertThat(FileSniffer.look("papers.zip", zip(name, bytes(program)))
                                .refusal())
                        .contains(FileRefusal.PROGRAM);
            }
        }
        byte[] nested = zip("words.txt", bytes("words"));
        assertThat(FileSniffer.look("papers.zip", zip("words.dat", nested)).refusal())
                .contains(FileRefusal.ARCHIVE_IN_ARCHIVE);
        assertThat(FileSniffer.look("papers.zip", zip("README", bytes("words"))).refusal())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "a/../../b.txt", "..\\b.txt", "C:\\b.txt", ".."})
    void aNameThatLeadsOutOfTheFolderIsRefused(String name) throws IOException {
        assertThat(FileSniffer.look("papers.zip", zip(name, bytes("words"))).refusal())
                .contains(FileRefusal.OUTSIDE_PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b.txt", "a..b.txt", "..a/b.txt"})
    void aNameInsideTheFolderIsKept(String name) throws IOException {
        assertThat(FileSniffer.look("papers.zip", zip(name, bytes("words"))).refusal())
                .isEmpty();
    }

    @Test
    void aDrawingBehindALongCommentIsADrawing() throws IOException {
        String comment = "<?xml version=\"1.0\"?><!--" + "x".repeat(4_000) + "-->";
        for (String root : new String[] {
            "<svg onload=\"a()\"/>",
            "<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>",
            "<a xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:script>a()</h:script></a>"
        }) {
            assertThat(FileSniffer.look("a.xml", bytes(comment + root)).refusal())
                    .contains(FileRefusal.ACTIVE_PAGE);
            assertThat(FileSniffer.look("a.zip", zip("a.xml", bytes(comment + root)))
                            .refusal())
                    .contains(FileRefusal.ACTIVE_PAGE);
        }
        assertThat(FileSniffer.look(
                                "a.xml",
                                bytes(comment
                                        + "<r xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:script >1</h:script></r>"))
                        .refusal())
                .contains(FileRefusal.ACTIVE_PAGE);
        assertThat(FileSniffer.look("a.xml", bytes(comment + "<!DOCTYPE r [<!ENTITY e \"<svg/>\">]><r>&e;</r>"))
                        .refusal())
                .contains(FileRefusal.ACTIVE_PAGE);
        String scan = "<nmaprun><script id=\"ssl-cert\" output=\"x\"/><![CDATA[<html>]]></nmaprun>";
        assertThat(FileSniffer.look("a.xml", bytes("<!DOCTYPE nmaprun>" + comment + scan))
                        .refusal())
                .as("the report of a scanner")
                .isEmpty();
        assertThat(FileSniffer.look("a.xml", bytes("<!--".repeat(500_000))).refusal())
                .as("in a time that grows with its length")
                .isEmpty();
        assertThat(FileSniffer.look("a.xml", bytes(comment + "<scripts><svgs/></scripts>"))
                        .refusal())
                .isEmpty();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }
}
