package dev.ronde.check.message;

import dev.ronde.platform.resource.PageDates;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;

/** Days and instants as records have them, in the words of who reads another language: sentences of records hold them in ISO 8601. */
final class MessageDates {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]{5,18}Z");

    private MessageDates() {}

    /** Text that is not a date or an instant stays as it is; an instant is told in UTC and says so. */
    static String told(String text, Locale language) {
        try {
            if (DAY.matcher(text).matches()) {
                return PageDates.day(LocalDate.parse(text), language);
            }
            if (INSTANT.matcher(text).matches()) {
                return PageDates.moment(Instant.parse(text), ZoneOffset.UTC, language) + " UTC";
            }
        } catch (DateTimeException e) {
            // it only looks like one
        }
        return text;
    }
}
