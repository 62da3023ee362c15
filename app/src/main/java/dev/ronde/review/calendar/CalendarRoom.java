package dev.ronde.review.calendar;

import dev.ronde.account.Accounts;
import dev.ronde.account.People;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.resource.Messages;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

public final class CalendarRoom {
    private CalendarRoom() {}

    public static List<Routes> routes(
            Database database,
            InstantSource clock,
            EvidenceLog log,
            People people,
            Accounts accounts,
            Messages messages,
            URI baseUrl,
            PageRenderer pages) {
        CalendarFeeds feeds = new CalendarFeeds(database, clock, log, people, baseUrl);
        accounts.addRevocation(feeds);
        return List.of(new CalendarPages(database, clock, feeds, new DueCalendar(baseUrl, messages), pages));
    }
}
