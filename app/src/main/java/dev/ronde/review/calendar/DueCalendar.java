package dev.ronde.review.calendar;

import biweekly.ICalDataType;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.text.ICalWriter;
import biweekly.property.CalendarScale;
import biweekly.property.DateEnd;
import biweekly.property.DateStart;
import biweekly.property.Status;
import biweekly.property.Transparency;
import biweekly.util.DateTimeComponents;
import biweekly.util.ICalDate;
import dev.ronde.platform.resource.Messages;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/**
 * Reviews as a calendar: one all-day event on each due date, under an id that never changes, with a sequence that grows, so that reading it
 * again changes events and never doubles them. It names assets and says nothing of their configuration.
 */
record DueCalendar(URI baseUrl, Messages messages) {
    private static final int DAYS_BACK = 90;
    private static final int MONTHS_AHEAD = 13;
    private static final int MOST = 2_000;
    private static final String READ_AGAIN = "PT4H";
    /** In characters; RFC 5545 §3.1 allows 75 octets, and a character has up to three. */
    private static final int LINE = 25;

    String of(Handle handle, CalendarFeeds.Found found, Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        CalendarFeed feed = found.feed();
        List<DueDate> dates = handle.attach(CalendarDao.class)
                .dueDates(
                        today.minusDays(DAYS_BACK),
                        today.plusMonths(MONTHS_AHEAD),
                        feed.everybody() ? null : feed.personId(),
                        feed.plan(),
                        MOST);
        ICalendar calendar = new ICalendar();
        calendar.setProductId("-//Ronde//Due reviews//EN");
        calendar.setCalendarScale(CalendarScale.gregorian());
        calendar.setMethod("PUBLISH");
        calendar.setName(feed.name());
        calendar.setExperimentalProperty("X-WR-CALNAME", feed.name().replaceAll("[\\\\;,]", "\\\\$0"));
        calendar.setExperimentalProperty("REFRESH-INTERVAL", ICalDataType.DURATION, READ_AGAIN);
        calendar.setExperimentalProperty("X-PUBLISHED-TTL", READ_AGAIN);
        dates.forEach(date -> calendar.addEvent(event(date, found.person().language(), now)));
        StringWriter out = new StringWriter();
        try (ICalWriter writer = new ICalWriter(out, ICalVersion.V2_0)) {
            writer.getVObjectWriter().getFoldedLineWriter().setLineLength(LINE);
            writer.write(calendar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private VEvent event(DueDate date, Locale language, Instant now) {
        String ref = "REV-" + date.reviewNumber();
        DueDate.State state = date.stateAt(now);
        String word = state.name().toLowerCase(Locale.ROOT);
        VEvent event = new VEvent();
        event.setUid("review-" + date.id() + "@" + baseUrl.getHost());
        event.setDateTimeStamp(Date.from(date.revisedAt(now)));
        event.setLastModified(Date.from(date.revisedAt(now)));
        event.setSequence(Math.toIntExact(date.version()));
        event.setDateStart(new DateStart(day(date.dueOn())));
        event.setDateEnd(new DateEnd(day(date.dueOn().plusDays(1))));
        event.setSummary(messages.text(language, "calendar.summary." + word, date.assetName()));
        event.setDescription(messages.text(language, "calendar.text", date.title(), ref, date.assetRef()));
        event.setUrl(baseUrl.toString().replaceAll("/+$", "") + "/reviews/" + ref);
        event.setStatus(state == DueDate.State.CANCELLED ? Status.cancelled() : Status.confirmed());
        event.setTransparency(Transparency.transparent());
        return event;
    }

    private static ICalDate day(LocalDate day) {
        return new ICalDate(new DateTimeComponents(day.getYear(), day.getMonthValue(), day.getDayOfMonth()), false);
    }
}
