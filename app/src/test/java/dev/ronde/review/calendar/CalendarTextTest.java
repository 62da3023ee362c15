package dev.ronde.review.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class CalendarTextTest {
    @Test
    void aHostileNameStaysOneText() {
        String text = new CalendarText()
                .text("SUMMARY", "Review: a;b,c\\d\r\nATTENDEE:mailto:x@example.org\u0007")
                .toString();
        assertThat(text).isEqualTo("SUMMARY:Review: a\\;b\\,c\\\\d\\nATTENDEE:mailto:x@example.org\r\n");
    }

    @Test
    void longLinesAreFoldedBySeventyFiveOctetsBetweenCharacters() {
        String name = "Überprüfung 🔐 ".repeat(20).strip();
        String text = new CalendarText().text("SUMMARY", name).toString();
        assertThat(text.split("\r\n"))
                .hasSizeGreaterThan(4)
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
        assertThat(text.replace("\r\n ", "")).isEqualTo("SUMMARY:" + name + "\r\n");
    }

    @Test
    void daysAndInstantsAreInTheirForms() {
        assertThat(new CalendarText()
                        .day("DTSTART", LocalDate.parse("2026-05-01"))
                        .instant("DTSTAMP", Instant.parse("2026-03-29T00:30:00Z"))
                        .toString())
                .isEqualTo("DTSTART;VALUE=DATE:20260501\r\nDTSTAMP:20260329T003000Z\r\n");
    }
}
