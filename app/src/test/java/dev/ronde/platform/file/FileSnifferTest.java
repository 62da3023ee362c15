package dev.ronde.platform.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }
}
