package dev.ronde.review.calendar;

import dev.ronde.platform.resource.Messages;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/**
 * Reviews as a calendar: one all-day event on each due date, under an id that never changes, with a sequence that grows, so that reading it
 * again changes events and never doubles them. It names assets and says nothing of their configuration.
 */
final class DueCalendar {
    private static final int DAYS_BACK = 90;
    private static final int MONTHS_AHEAD = 13;
    private static final int MOST = 2_000;
    private static final String READ_AGAIN = "PT4H";

    private final URI baseUrl;
    private final Messages messages;

    DueCalendar(URI baseUrl, Messages messages) {
        this.baseUrl = baseUrl;
        this.messages = messages;
    }

    String of(Handle handle, CalendarFeeds.Found found, Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        CalendarFeed feed = found.feed();
        List<DueDate> dates = handle.attach(CalendarDao.class)
                .dueDates(
                        today.minusDays(DAYS_BACK),
                        today.plusMonths(MONTHS_AHEAD),
                        feed.everybody() ? null : feed.personId(),
                        feed.planId(),
                        MOST);
        CalendarText text = new CalendarText()
                .line("BEGIN", "VCALENDAR")
                .line("VERSION", "2.0")
                .line("PRODID", "-//Ronde//Due reviews//EN")
                .line("CALSCALE", "GREGORIAN")
                .line("METHOD", "PUBLISH")
                .text("NAME", feed.name())
                .text("X-WR-CALNAME", feed.name())
                .line("REFRESH-INTERVAL;VALUE=DURATION", READ_AGAIN)
                .line("X-PUBLISHED-TTL", READ_AGAIN);
        dates.forEach(date -> event(text, date, found.person().language(), now));
        return text.line("END", "VCALENDAR").toString();
    }

    private void event(CalendarText text, DueDate date, Locale language, Instant now) {
        String ref = "REV-" + date.reviewNumber();
        DueDate.State state = date.stateAt(now);
        String word = state.name().toLowerCase(Locale.ROOT);
        text.line("BEGIN", "VEVENT")
                .text("UID", "review-" + date.id() + "@" + baseUrl.getHost())
                .instant("DTSTAMP", date.revisedAt(now))
                .instant("LAST-MODIFIED", date.revisedAt(now))
                .line("SEQUENCE", Long.toString(date.version()))
                .day("DTSTART", date.dueOn())
                .day("DTEND", date.dueOn().plusDays(1))
                .text("SUMMARY", messages.text(language, "calendar.summary." + word, date.assetName()))
                .text("DESCRIPTION", messages.text(language, "calendar.text", date.title(), ref, date.assetRef()))
                .line("URL", baseUrl.toString().replaceAll("/+$", "") + "/reviews/" + ref)
                .line("STATUS", state == DueDate.State.CANCELLED ? "CANCELLED" : "CONFIRMED")
                .line("TRANSP", "TRANSPARENT")
                .line("END", "VEVENT");
    }
}
