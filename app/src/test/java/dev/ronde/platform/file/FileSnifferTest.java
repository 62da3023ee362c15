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
        byte[] bomb = zip("report.docx", new byte[(64 << 20) + 1]);
        assertThat(FileSniffer.look("papers.zip", bomb).refusal()).contains(FileRefusal.BROKEN);
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
