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

    /** Method of a message that puts the date into a calendar, or changes it there (RFC 5546 3.2.2). */
    public static final String REQUEST = "REQUEST";

    /** Method of a message that takes it out again (RFC 5546 3.2.5). */
    public static final String CANCEL = "CANCEL";

    /**
     * Who an invitation is between.
     *
     * @param method {@link #REQUEST} or {@link #CANCEL}
     * @param organizer the address a calendar answers to
     * @param attendee the address it was sent to
     */
    public record Parties(String method, String organizer, String attendeeName, String attendee) {}

    /** The calendar with its one all-day event, to be read.
     *
     * @param baseUrl what links start with
     * @param summary the event's title */
    public static String of(Review review, String baseUrl, String summary, Instant now) {
        CalendarText text = begin("PUBLISH", review, URI.create(baseUrl), summary, now);
        return end(text.line("STATUS", "CONFIRMED"));
    }

    /** The same as an invitation that asks for no answer, or as its end. */
    public static String invitation(Review review, String baseUrl, String summary, Parties parties, Instant now) {
        CalendarText text = begin(parties.method(), review, URI.create(baseUrl), summary, now)
                .line("ORGANIZER;CN=Ronde", "mailto:" + parties.organizer())
                .line(
                        "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN=\""
                                + parameter(parties.attendeeName()) + "\"",
                        "mailto:" + parties.attendee());
        return end(text.line("STATUS", parties.method().equals(CANCEL) ? "CANCELLED" : "CONFIRMED"));
    }

    private static CalendarText begin(String method, Review review, URI base, String summary, Instant now) {
        return new CalendarText()
                .line("BEGIN", "VCALENDAR")
                .line("VERSION", "2.0")
                .line("PRODID", "-//Ronde//Due reviews//EN")
                .line("CALSCALE", "GREGORIAN")
                .line("METHOD", method)
                .line("BEGIN", "VEVENT")
                .text("UID", uid(review.id(), base))
                .instant("DTSTAMP", now)
                .line("SEQUENCE", Long.toString(review.version()))
                .day("DTSTART", review.dates().dueOn())
                .day("DTEND", review.dates().dueOn().plusDays(1))
                .text("SUMMARY", summary)
                .line("URL", page(base, review.ref()));
    }

    private static String end(CalendarText text) {
        return text.line("TRANSP", "TRANSPARENT")
                .line("END", "VEVENT")
                .line("END", "VCALENDAR")
                .toString();
    }

    /** A quoted parameter value holds neither quotes nor controls (RFC 5545 3.2). */
    private static String parameter(String text) {
        return text.replaceAll("[\\p{Cntrl}\"]", " ").strip();
    }

    static String uid(UUID reviewId, URI base) {
        return "review-" + reviewId + "@" + base.getHost();
    }

    static String page(URI base, String ref) {
        return base.toString().replaceAll("/+$", "") + "/reviews/" + ref;
    }
}
