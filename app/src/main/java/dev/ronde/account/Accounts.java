package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Accounts of people: who has which role, and how they get, change and lose their way in. */
public final class Accounts {
    private final People people;
    private final Sessions sessions;
    private final SetupLinks links;
    private final Passwords passwords;
    private final PersonRecords records;
    private final InstantSource clock;
    private final List<Duties> duties = new CopyOnWriteArrayList<>();
    private final List<Revocation> revocations = new CopyOnWriteArrayList<>();

    public Accounts(People people, Sessions sessions, SetupLinks links, PersonRecords records, InstantSource clock) {
        this.people = people;
        this.sessions = sessions;
        this.links = links;
        this.passwords = new Passwords();
        this.records = records;
        this.clock = clock;
    }

    public void addDuties(Duties known) {
        duties.add(known);
    }

    public void addRevocation(Revocation revocation) {
        revocations.add(revocation);
    }

    void describe(Handle tx, String organisation, String zone, String language, Actor by) {
        Installation.describe(tx, organisation, zone, language);
        records.described(tx, organisation, zone, language, by);
    }

    /**
     * Makes a person or gives an existing one this role.
     *
     * @param password at least twelve characters, or null: then {@link #invite} makes the link to choose one
     * @throws Problem 422 when the address or the password is refused
     */
    public Person add(Handle tx, String email, @Nullable String name, Role role, @Nullable String password, Actor by) {
        Person person = people.findOrCreate(tx, email, name, by);
        String newName = name == null || name.isBlank() ? person.name() : name;
        Person wanted = person.with(newName, role, person.zone(), person.language(), person.week(), true);
        Person changed = change(tx, person, wanted, by);
        if (password != null) {
            setPassword(tx, changed, password, by);
        }
        return people.get(tx, changed.id());
    }

    /**
     * A one-time link with which this person chooses a password. Recorded, because it lets somebody in.
     *
     * @throws Problem 409 for a person without a role or one who is deactivated
     */
    public URI invite(Handle tx, Person person, Actor by) {
        requireAccount(person);
        records.changed(tx, person, List.of("password_link"), by);
        return links.forPerson(tx, person.id());
    }

    /** Takes the password away, ends all sessions and returns a link to choose a new one; {@link Problem} as {@link #invite}. */
    public URI reset(Handle tx, Person person, Actor by) {
        requireAccount(person);
        tx.attach(PersonDao.class).updatePassword(person.id(), null, clock.instant());
        sessions.closeAll(tx, person.id());
        records.changed(tx, person, List.of("password_reset"), by);
        return invite(tx, person, by);
    }

    /**
     * Changes a person and records what differs. Who loses the role or is deactivated loses everything they hold with it.
     *
     * @throws Problem 412 when the person was changed meanwhile, 409 when this would leave no administrator or
     *     something that nobody answers for, 422 when the name is empty or too long
     */
    public Person change(Handle tx, Person before, Person change, Actor by) {
        String name = change.name().equals(before.name()) ? before.name() : Names.ofPerson(change.name());
        if (name.isEmpty()) {
            throw Problem.invalid("/name", "required", "A person needs a name");
        }
        List<String> fields = differences(before, change, name);
        if (fields.isEmpty()) {
            return before;
        }
        if (before.active() && !change.active()) {
            requireNoDuties(tx, before);
        }
        PersonDao dao = tx.attach(PersonDao.class);
        if (dao.update(change, name, clock.instant()) == 0) {
            throw Problem.preconditionFailed("This person was changed meanwhile; load it again.");
        }
        boolean wasAdmin = before.active() && before.role() == Role.ADMIN;
        boolean isAdmin = change.active() && change.role() == Role.ADMIN;
        if (wasAdmin && !isAdmin && dao.countAdministrators() == 0) {
            throw Problem.conflict("last_administrator", "This is the last administrator; make another one first");
        }
        Person after = people.get(tx, before.id());
        record(tx, before, after, fields, by);
        boolean left = before.active() && !after.active();
        if (left || (before.role() != null && before.role() != after.role())) {
            endEverything(tx, after, by);
        }
        if (left) {
            // they may have kept the mails of their teams
            tx.attach(TeamDao.class).listTeams(after.id()).forEach(team -> endEverything(tx, people.get(tx, team), by));
        }
        return after;
    }

    /** Ends every session, link, feed and token of a person at once. */
    void endEverything(Handle tx, Person person, Actor by) {
        sessions.closeAll(tx, person.id());
        links.endAll(tx, person.id());
        revocations.forEach(revocation -> revocation.revokeAll(tx, person, by));
    }

    /**
     * Records a hand-over, ends everything they hold and, where wanted, deactivates the person, in the same transaction.
     *
     * @param leaving the person first, then the teams nobody else is left in
     * @param what where to, and the refs of what went there
     * @throws Problem 409 for the last administrator
     */
    public Person handedOver(Handle tx, List<Person> leaving, Map<String, Object> what, boolean deactivate, Actor by) {
        Person person = leaving.get(0);
        records.handedOver(tx, person, what, by);
        if (deactivate && person.active()) {
            // which ends what they and their teams hold
            return change(
                    tx,
                    person,
                    person.with(person.name(), person.role(), person.zone(), person.language(), person.week(), false),
                    by);
        }
        leaving.forEach(each -> endEverything(tx, each, by));
        return person;
    }

    static void requireAccount(Person person) {
        if (person.role() == null || !person.active()) {
            throw Problem.conflict("no_account", "This person has no account. Give a role first.");
        }
    }

    private void requireNoDuties(Handle tx, Person person) {
        int held =
                duties.stream().mapToInt(known -> known.count(tx, person.id())).sum();
        if (held > 0) {
            throw Problem.conflict(
                            "has_duties",
                            "This person still answers for " + held + " assets and reviews. Hand them over first: POST"
                                    + " /api/v1/people/" + person.id() + "/handover, or on the page of the person.")
                    .with("duties", held);
        }
    }

    /**
     * Sets a password and ends all sessions of the person.
     *
     * @throws Problem 422 when the password is too short, too long, the address itself or a common one
     */
    public void setPassword(Handle tx, Person person, String password, Actor by) {
        Passwords.fault(password, person.email()).ifPresent(fault -> {
            throw Problem.invalid("/password", "password_" + fault.word(), fault.text());
        });
        storePassword(tx, person, password, by);
    }

    private void storePassword(Handle tx, Person person, String password, Actor by) {
        String stored = passwords.hash(password);
        tx.attach(PersonDao.class).updatePassword(person.id(), stored, clock.instant());
        sessions.closeAll(tx, person.id());
        records.password(tx, person, stored, by);
    }

    Passwords passwords() {
        return passwords;
    }

    private void record(Handle tx, Person before, Person after, List<String> fields, Actor by) {
        if (before.active() && !after.active()) {
            records.deactivated(tx, after, by);
        } else {
            records.changed(tx, after, fields, by);
        }
        boolean back = !before.active() && after.active();
        if (before.role() != after.role() || back) {
            if (before.role() != null && !back) {
                records.revoked(tx, after, before.role().word(), by);
            }
            if (after.role() != null) {
                records.granted(tx, after, after.role().word(), by);
            }
        }
    }

    private static List<String> differences(Person before, Person change, String name) {
        List<String> fields = new ArrayList<>();
        addIf(fields, "name", before.name().equals(name));
        addIf(fields, "role", Objects.equals(before.role(), change.role()));
        addIf(fields, "zone", before.zone().equals(change.zone()));
        addIf(fields, "language", before.language().equals(change.language()));
        addIf(fields, "working_days", before.week().equals(change.week()));
        addIf(fields, "active", before.active() == change.active());
        return fields;
    }

    private static void addIf(List<String> fields, String field, boolean same) {
        if (!same) {
            fields.add(field);
        }
    }
}
