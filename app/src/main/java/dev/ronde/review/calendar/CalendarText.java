package dev.ronde.review.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes iCalendar (RFC 5545): lines end with CRLF, are folded at 75 octets (§3.1) without cutting a character, and texts are escaped
 * (§3.3.11), so that a name can never become a property.
 */
final class CalendarText {
    private static final int LINE_OCTETS = 75;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder out = new StringBuilder();

    CalendarText line(String name, String value) {
        String line = name + ":" + value;
        int octets = 0;
        for (int at = 0; at < line.length(); ) {
            int point = line.codePointAt(at);
            String character = Character.toString(point);
            int size = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + size > LINE_OCTETS) {
                out.append("\r\n ");
                octets = 1;
            }
            out.append(character);
            octets += size;
            at += Character.charCount(point);
        }
        out.append("\r\n");
        return this;
    }

    CalendarText text(String name, String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\\', ';', ',' -> escaped.append('\\').appendCodePoint(point);
                case '\n' -> escaped.append("\\n");
                default -> {
                    if (!Character.isISOControl(point)) {
                        escaped.appendCodePoint(point);
                    }
                }
            }
        });
        return line(name, escaped.toString());
    }

    CalendarText instant(String name, Instant instant) {
        return line(name, UTC.format(instant));
    }

    CalendarText day(String name, LocalDate day) {
        return line(name + ";VALUE=DATE", day.format(DateTimeFormatter.BASIC_ISO_DATE));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
