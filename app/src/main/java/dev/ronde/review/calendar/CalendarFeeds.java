package dev.ronde.review.calendar;

import dev.ronde.account.Names;
import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.account.Revocation;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes, finds and takes back the addresses of calendars. An address has 256 random bits and is kept as a hash. */
record CalendarFeeds(Database database, InstantSource clock, EvidenceLog log, People people, URI baseUrl)
        implements Revocation {
    private static final int MOST = 20;
    private static final int LONGEST_NAME = 100;
    private static final Duration TOUCH_EVERY = Duration.ofHours(1);
    private static final Set<Role> SEE_ALL = EnumSet.of(Role.ADMIN, Role.COMPLIANCE, Role.AUDITOR);
    private static final SecureRandom RANDOM = new SecureRandom();

    record Found(CalendarFeed feed, Person person) {}

    record NewFeed(
            @Nullable String name,
            @Nullable String person,
            @Nullable Boolean everybody,
            @Nullable String plan) {}

    /** People make calendars for themselves, leads for everybody. The secret part of the address is not kept. */
    CalendarFeed add(NewFeed wanted, Principal principal) {
        return database.inTransaction(tx -> {
            Person person = person(tx, wanted.person(), principal);
            CalendarDao dao = tx.attach(CalendarDao.class);
            String clean = Names.given(wanted.name() == null ? "" : wanted.name());
            if (clean.isEmpty() || clean.length() > LONGEST_NAME) {
                throw Problem.invalid("/name", "name_length", "A calendar needs a name of 1 to 100 characters");
            }
            boolean everybody = Boolean.TRUE.equals(wanted.everybody());
            if (everybody && !seesAll(person)) {
                throw Problem.invalid(
                        "/everybody", "not_allowed", "Only leads and auditors subscribe to the reviews of everybody");
            }
            String given = wanted.plan();
            String plan = given == null || given.isBlank() ? null : given.strip();
            if (plan != null && dao.plans(plan) == 0) {
                throw Problem.invalid("/plan", "unknown", "There is no plan " + Names.clean(plan));
            }
            if (dao.live(person.id()).size() >= MOST) {
                throw Problem.conflict(
                        "too_many", "There are " + MOST + " calendars. Take back one that is not needed.");
            }
            byte[] bytes = new byte[32];
            RANDOM.nextBytes(bytes);
            String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            UUID id = Ids.next(clock);
            dao.insert(id, person.id(), clean, everybody, plan, hash(token), clock.instant());
            CalendarFeed feed = get(tx, id);
            log.append(tx, record("calendar.created", feed, person, Actor.of(principal)));
            return feed.at(baseUrl.toString().replaceAll("/+$", "") + "/ical/" + token + ".ics");
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

    List<CalendarFeed> list(Principal principal) {
        return database.read(
                handle -> handle.attach(CalendarDao.class).live(principal.lead() ? null : principal.person()));
    }

    void revoke(UUID id, Principal principal) {
        database.useTransaction(tx -> {
            CalendarFeed feed = get(tx, id);
            if (!principal.lead() && !feed.personId().equals(principal.personId())) {
                throw Problem.notFound("calendar", id);
            }
            revoke(tx, feed, Actor.of(principal));
        });
    }

    private static CalendarFeed get(Handle handle, UUID id) {
        return handle.attach(CalendarDao.class).find(id).orElseThrow(() -> Problem.notFound("calendar", id));
    }

    private void revoke(Handle tx, CalendarFeed feed, Actor by) {
        if (tx.attach(CalendarDao.class).revoke(feed.id(), clock.instant()) == 1) {
            log.append(tx, record("calendar.revoked", feed, people.get(tx, feed.personId()), by));
        }
    }

    @Override
    public void revokeAll(Handle tx, Person person, Actor by) {
        tx.attach(CalendarDao.class).live(person.id()).forEach(feed -> revoke(tx, feed, by));
    }

    /** Finds the feed only if it is live and its person is active and may still see what it shows. */
    Optional<Found> find(Handle tx, String token) {
        Instant now = clock.instant();
        CalendarDao dao = tx.attach(CalendarDao.class);
        return dao.findLive(hash(token)).flatMap(feed -> {
            Person person = people.get(tx, feed.personId());
            if (!person.active() || (feed.everybody() && !seesAll(person))) {
                return Optional.empty();
            }
            dao.touch(feed.id(), now, now.minus(TOUCH_EVERY));
            return Optional.of(new Found(feed, person));
        });
    }

    private static boolean seesAll(Person person) {
        return person.role() != null && SEE_ALL.contains(person.role());
    }

    private static String hash(String token) {
        return Hash.sha256(token).hex();
    }

    private static Evidence record(String type, CalendarFeed feed, Person person, Actor by) {
        return Evidence.of(type, by, new Subject("calendar", feed.id().toString(), feed.version()))
                .data("person", person.actorRef())
                .data("everybody", feed.everybody())
                .data("plan", feed.plan());
    }
}
