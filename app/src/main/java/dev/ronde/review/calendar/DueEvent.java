package dev.ronde.review.calendar;

import dev.ronde.review.Review;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;

/**
 * The due date of one review as a file for a calendar: the same event, under the same id, as in the feeds, so that who has both sees one. It
 * holds no link that acts for anybody, because calendars are shared.
 */
public final class DueEvent {
    private DueEvent() {}

    /** The type it travels under. */
    public static final String TYPE = "text/calendar; method=PUBLISH; charset=UTF-8";

    /** The calendar with its one all-day event.
     *
     * @param baseUrl what links start with
     * @param summary the event's title */
    public static String of(Review review, String baseUrl, String summary, Instant now) {
        URI base = URI.create(baseUrl);
        return new CalendarText()
                .line("BEGIN", "VCALENDAR")
                .line("VERSION", "2.0")
                .line("PRODID", "-//Ronde//Due reviews//EN")
                .line("CALSCALE", "GREGORIAN")
                .line("METHOD", "PUBLISH")
                .line("BEGIN", "VEVENT")
                .text("UID", uid(review.id(), base))
                .instant("DTSTAMP", now)
                .line("SEQUENCE", Long.toString(review.version()))
                .day("DTSTART", review.dates().dueOn())
                .day("DTEND", review.dates().dueOn().plusDays(1))
                .text("SUMMARY", summary)
                .line("URL", page(base, review.ref()))
                .line("STATUS", "CONFIRMED")
                .line("TRANSP", "TRANSPARENT")
                .line("END", "VEVENT")
                .line("END", "VCALENDAR")
                .toString();
    }

    static String uid(UUID reviewId, URI base) {
        return "review-" + reviewId + "@" + base.getHost();
    }

    static String page(URI base, String ref) {
        return base.toString().replaceAll("/+$", "") + "/reviews/" + ref;
    }
}
