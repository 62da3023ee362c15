package dev.ronde.review.calendar;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.Problem;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What API and page do alike: people make calendars for themselves, leads for everybody. */
final class CalendarDesk {
    private final Database database;
    private final People people;
    private final CalendarFeeds feeds;
    private final String address;

    CalendarDesk(Database database, People people, CalendarFeeds feeds, URI baseUrl) {
        this.database = database;
        this.people = people;
        this.feeds = feeds;
        this.address = baseUrl.toString().replaceAll("/+$", "") + "/ical/";
    }

    /**
     * A new calendar.
     *
     * @param person e-mail address of whose it is; whoever asks, when absent
     */
    record NewFeed(
            @Nullable String name,
            @Nullable String person,
            @Nullable Boolean everybody,
            @Nullable String plan) {}

    FeedView add(NewFeed wanted, Principal principal) {
        return database.inTransaction(tx -> {
            Person person = person(tx, wanted.person(), principal);
            CalendarFeeds.Made made = feeds.add(
                    tx,
                    person,
                    wanted.name() == null ? "" : wanted.name(),
                    Boolean.TRUE.equals(wanted.everybody()),
                    wanted.plan() == null || wanted.plan().isBlank()
                            ? null
                            : wanted.plan().strip(),
                    Actor.of(principal));
            return FeedView.of(made.feed(), person.email(), address + made.token() + ".ics");
        });
    }

    private Person person(Handle tx, @Nullable String email, Principal principal) {
        UUID self = principal.personId();
        if (email == null || email.isBlank()) {
            if (self == null) {
                throw Problem.invalid(
                        "/person", "required", "A token has no calendar: name the person by e-mail address");
            }
            return people.get(tx, self);
        }
        Person person = people.findByEmail(tx, email)
                .filter(Person::active)
                .orElseThrow(() -> Problem.invalid("/person", "unknown", "Nobody active has this address"));
        if (!principal.lead() && !person.id().equals(self)) {
            throw Problem.forbidden("Make a calendar for yourself; leads make them for others.");
        }
        return person;
    }

    List<FeedView> list(Principal principal) {
        return database.read(handle -> feeds.live(handle, principal.lead() ? null : owner(principal)).stream()
                .map(feed ->
                        FeedView.of(feed, people.get(handle, feed.personId()).email(), null))
                .toList());
    }

    void revoke(UUID id, Principal principal) {
        database.useTransaction(tx -> {
            CalendarFeed feed = feeds.get(tx, id);
            if (!principal.lead() && !feed.personId().equals(principal.personId())) {
                throw Problem.notFound("calendar", id);
            }
            feeds.revoke(tx, feed, Actor.of(principal));
        });
    }

    private static UUID owner(Principal principal) {
        UUID self = principal.personId();
        return self == null ? new UUID(0, 0) : self;
    }
}
