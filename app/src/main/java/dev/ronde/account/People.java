package dev.ronde.account;

import dev.ronde.cadence.Holidays;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.cadence.WorkWeek;
import dev.ronde.cadence.WorkingDays;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.http.CommandUser;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Everybody Ronde knows by name. A person exists as soon as an address is mentioned; an account (role and password) is
 * something a person may have on top.
 */
public record People(Database database, Settings settings, InstantSource clock, PersonRecords records) {
    public Optional<Person> find(Handle handle, UUID id) {
        return handle.attach(PersonDao.class).find(id);
    }

    /** The people that exist, by id; takes at most about 200 ids. */
    public Map<UUID, Person> byIds(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty()
                ? Map.of()
                : handle.attach(PersonDao.class).listByIds(ids).stream()
                        .collect(Collectors.toMap(Person::id, Function.identity()));
    }

    /**
     * The person with this id.
     *
     * @throws Problem 404 when nobody has it
     */
    public Person get(Handle handle, UUID id) {
        return find(handle, id).orElseThrow(() -> Problem.notFound("person", id));
    }

    public Optional<Person> findByRef(Handle handle, String actorRef) {
        return handle.attach(PersonDao.class).findByRef(actorRef);
    }

    /** Looks an address up without regard to case; empty also for text that is no address. */
    public Optional<Person> findByEmail(Handle handle, String email) {
        return EmailAddress.parse(email)
                .flatMap(address -> handle.attach(PersonDao.class).findByEmailKey(address.lookupKey()));
    }

    /**
     * The person with this address, made if there is none. A given name is used for a new person only.
     *
     * @throws Problem 422 when the text is no mail address
     */
    public Person findOrCreate(Handle tx, String email, @Nullable String name, Actor by) {
        EmailAddress address = address(email);
        PersonDao dao = tx.attach(PersonDao.class);
        Optional<Person> known = dao.findByEmailKey(address.lookupKey());
        return known.orElseGet(() -> create(tx, dao, address, name, by)
                .orElseGet(() -> dao.findByEmailKey(address.lookupKey()).orElseThrow()));
    }

    /**
     * Makes a person.
     *
     * @throws Problem 422 when the text is no mail address; 409 when somebody has this address
     */
    public Person add(Handle tx, String email, @Nullable String name, Actor by) {
        PersonDao dao = tx.attach(PersonDao.class);
        EmailAddress address = address(email);
        dao.findByEmailKey(address.lookupKey()).ifPresent(known -> {
            throw exists(known);
        });
        return create(tx, dao, address, name, by)
                .orElseThrow(
                        () -> exists(dao.findByEmailKey(address.lookupKey()).orElseThrow()));
    }

    private static Problem exists(Person known) {
        return Problem.conflict("person_exists", "There is somebody with this address already.")
                .with("id", known.id().toString());
    }

    private static EmailAddress address(String email) {
        return EmailAddress.parse(email)
                .orElseThrow(() -> Problem.invalid(
                        "/email", "not_an_email", "“" + Names.clean(email) + "” is not a mail address"));
    }

    /** Those who decide: everybody active with the role compliance, or the administrators where nobody has it. */
    public List<Person> leads(Handle handle) {
        List<Person> compliance = withRole(handle, Role.COMPLIANCE);
        return compliance.isEmpty() ? withRole(handle, Role.ADMIN) : compliance;
    }

    public List<Person> withRole(Handle handle, Role role) {
        return handle.attach(PersonDao.class).listByRole(role.name());
    }

    public Optional<String> nameOf(String actorRef) {
        return database.read(handle -> handle.attach(PersonDao.class)
                .findName(actorRef)
                .or(() -> handle.attach(TokenDao.class).findName(actorRef)));
    }

    /** The names behind these references; unknown ones are left out. */
    public Map<String, String> namesOf(Handle handle, Collection<String> actorRefs) {
        Map<String, String> names = new HashMap<>();
        for (List<String> some : Batches.of(List.copyOf(Set.copyOf(actorRefs)))) {
            handle.attach(TokenDao.class).listNames(some).forEach(one -> names.put(one.actorRef(), one.name()));
            handle.attach(PersonDao.class).listNames(some).forEach(one -> names.put(one.actorRef(), one.name()));
        }
        return names;
    }

    /**
     * Whether somebody has this first or last name.
     *
     * @param word in lower case, letters, apostrophes and hyphens only
     */
    public boolean called(Handle handle, String word) {
        return handle.attach(PersonDao.class).countCalled(word) > 0;
    }

    public boolean away(Handle handle, UUID personId, LocalDate day) {
        return awayUntil(handle, personId, day).isPresent();
    }

    /** The last day of the leave the person is on that day; empty where they are here. */
    public Optional<LocalDate> awayUntil(Handle handle, UUID personId, LocalDate day) {
        return handle.attach(Absences.AbsenceDao.class).findUntil(personId, day);
    }

    /** Who is on leave now, each in their own zone. */
    public List<Person> away(Handle handle, Instant now) {
        LocalDate utc = LocalTimes.dayOf(now, ZoneOffset.UTC);
        return handle.attach(Absences.AbsenceDao.class).listAway(utc.minusDays(1), utc.plusDays(1)).stream()
                .map(id -> get(handle, id))
                .filter(person -> away(handle, person.id(), LocalTimes.dayOf(now, person.zone())))
                .toList();
    }

    /** When notices for people of a zone may leave who work these days: built-in holidays and imported ones. */
    public NoticeTimes noticeTimes(Handle handle, ZoneId zone, WorkWeek week) {
        Set<LocalDate> imported =
                Set.copyOf(handle.attach(HolidayImport.HolidayDao.class).listDays(zone.getId()));
        Holidays builtIn = Holidays.of(zone);
        return new NoticeTimes(
                zone, new WorkingDays(Set.copyOf(week.days()), day -> imported.contains(day) || builtIn.includes(day)));
    }

    /** The person behind a reference: for a token the maker of the first token of its chain, for a person the person. */
    public String behind(Handle handle, String actorRef) {
        return handle.attach(TokenDao.class).findMaker(actorRef).orElse(actorRef);
    }

    /** As {@link #behind}, with one reference for everybody at a shell of the server: there nobody proves who they are. */
    public String hand(Handle handle, String actorRef) {
        String behind = behind(handle, actorRef);
        return CommandUser.isShell(behind) ? CommandUser.SHELL : behind;
    }

    /** Whether both references are one hand, see {@link #hand}: one person with all their tokens, or the shells with all of theirs. */
    public boolean same(Handle handle, String one, String other) {
        return hand(handle, one).equals(hand(handle, other));
    }

    /**
     * Returns who counts as one of these when somebody who had no part is asked: they themselves, the members of those that are teams, and
     * the teams they are members of. Who left a team since then counts as if they were in it.
     *
     * @param actorRefs references as evidence has them
     * @param since when it began what they had a part in
     */
    public Set<String> standingFor(Handle handle, Set<String> actorRefs, Instant since) {
        Set<String> all = new HashSet<>(actorRefs);
        actorRefs.forEach(ref -> all.addAll(handle.attach(TeamDao.class).listConnected(ref, since)));
        return all;
    }

    public Set<UUID> teams(Handle handle, Person person) {
        return handle.attach(TeamDao.class).listTeams(person.id());
    }

    /** A team is a person who has members. */
    public boolean isTeam(Handle handle, Person person) {
        return !handle.attach(TeamDao.class).listMembers(person.id()).isEmpty();
    }

    /** Whether the person can answer for something: people who left cannot, nor can teams whose members all left. */
    public boolean here(Handle handle, Person person) {
        return gone(handle, List.of(person.id())).isEmpty();
    }

    /** The people who cannot answer for anything, see {@link #here}; takes at most about 200 ids. */
    public Set<UUID> gone(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty() ? Set.of() : handle.attach(TeamDao.class).listGone(ids);
    }

    public List<Person> lastOf(Handle handle, Person person) {
        return handle.attach(TeamDao.class).listLastOf(person.id());
    }

    /** Empty if somebody else created a person with this address at the same moment. */
    private Optional<Person> create(Handle tx, PersonDao dao, EmailAddress address, @Nullable String name, Actor by) {
        String given = name == null ? "" : Names.ofPerson(name);
        Person person = new Person(
                Ids.next(clock),
                Secrets.actorRef("p"),
                address.text(),
                given.isEmpty() ? address.text() : given,
                null,
                zone(tx),
                language(tx),
                WorkWeek.USUAL.digits(),
                true,
                1);
        String savepoint = "person";
        tx.savepoint(savepoint);
        try {
            dao.insert(person, address.lookupKey(), clock.instant());
        } catch (RuntimeException e) {
            if (!Database.isUniqueViolation(e)) {
                throw e;
            }
            tx.rollbackToSavepoint(savepoint);
            return Optional.empty();
        }
        tx.releaseSavepoint(savepoint);
        records.added(tx, person, by);
        return Optional.of(person);
    }

    /** The installation's zone: the setting if given, else the answer on the set-up page, else the default. */
    public ZoneId zone(Handle tx) {
        return settings.origin(Setting.ZONE).given()
                ? settings.zone()
                : Installation.find(tx).map(Installation::zone).orElseGet(settings::zone);
    }

    /** The installation's language, found as its zone is. */
    public Locale language(Handle tx) {
        return settings.origin(Setting.LOCALE).given()
                ? settings.locale()
                : Installation.find(tx).map(Installation::locale).orElseGet(settings::locale);
    }
}
