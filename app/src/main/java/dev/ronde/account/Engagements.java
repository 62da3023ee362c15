package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Engagements of auditors: each begins with an account and ends with it, on its last day or before. */
record Engagements(Database database, Accounts accounts, People people, EvidenceLog log, InstantSource clock)
        implements Tick, Revocation {
    /**
     * Engages somebody, in place of an engagement they have, and makes them an auditor.
     *
     * @throws Problem 409 for somebody with another role, 422 with pointers for what cannot be accepted
     */
    Person agree(Handle tx, Person person, Engagement wanted, Actor by) {
        if (person.role() != null && person.role() != Role.AUDITOR) {
            throw Problem.conflict(
                    "not_an_auditor",
                    "This person has the role " + person.role().word() + ". Make them an auditor first.");
        }
        Instant now = clock.instant();
        EngagementDao dao = tx.attach(EngagementDao.class);
        EngagementDao.Stored row = wanted.stored(Ids.next(clock), person.id(), Engagement.day(now));
        requireKnown(dao, Objects.requireNonNullElse(wanted.assets(), List.of()));
        dao.end(person.id(), now);
        dao.insert(row, now, by.ref());
        insert(dao, row, "framework", wanted.frameworks());
        insert(dao, row, "unit", wanted.units());
        insert(dao, row, "asset", wanted.assets());
        log.append(
                tx,
                of("engagement.agreed", person, by)
                        .data("firm", row.firm())
                        .data("from", row.fromOn())
                        .data("until", row.untilOn())
                        .data("frameworks", wanted.frameworks())
                        .data("units", wanted.units())
                        .data("assets", wanted.assets()));
        return accounts.change(
                tx,
                person,
                person.with(person.name(), Role.AUDITOR, person.zone(), person.language(), person.week(), true),
                by);
    }

    private static void requireKnown(EngagementDao dao, List<String> assets) {
        List<FieldError> errors = new ArrayList<>();
        for (int i = 0; i < assets.size(); i++) {
            if (!dao.existsAsset(assets.get(i))) {
                errors.add(new FieldError(
                        "/assets/" + i, "unknown_asset", "There never was an asset " + assets.get(i) + "."));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static void insert(EngagementDao dao, EngagementDao.Stored row, String kind, @Nullable List<String> names) {
        Objects.requireNonNullElse(names, List.<String>of()).forEach(name -> dao.insertName(row.id(), kind, name));
    }

    /** Ends an engagement, and the account with it; {@link Problem} 404 where there is none. */
    Person end(Handle tx, Person person, Actor by) {
        if (Engagement.find(tx, person).isEmpty()) {
            throw Problem.notFound("engagement", person.id());
        }
        return accounts.change(
                tx,
                person,
                person.with(person.name(), null, person.zone(), person.language(), person.week(), person.active()),
                by);
    }

    /** An engagement does not outlive the role. */
    @Override
    public void revokeAll(Handle tx, Person person, Actor by) {
        if (person.role() != Role.AUDITOR && tx.attach(EngagementDao.class).end(person.id(), clock.instant()) > 0) {
            log.append(tx, of("engagement.ended", person, by));
        }
    }

    private static Evidence of(String type, Person person, Actor by) {
        return Evidence.of(type, by, Subject.of("person", person.actorRef()));
    }

    @Override
    public String name() {
        return "engagements";
    }

    @Override
    public int run(Instant now) {
        List<EngagementDao.Stored> over =
                database.read(handle -> handle.attach(EngagementDao.class).listOver(Engagement.day(now)));
        over.forEach(row -> database.useTransaction(tx -> {
            Person person = people.get(tx, row.personId());
            if (Engagement.find(tx, person).isPresent()) {
                end(tx, person, Actor.SYSTEM);
            } else {
                revokeAll(tx, person, Actor.SYSTEM);
            }
        }));
        return over.size();
    }
}
