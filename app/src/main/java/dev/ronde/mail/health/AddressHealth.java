package dev.ronde.mail.health;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Counts what mail servers report about addresses. One failure for good makes an address suspect, a second a day later
 * unreachable; a full mailbox weighs less. A domain of which many addresses fail at once is an outage, not people who left:
 * nobody is blamed, and nothing is sent there for two hours.
 *
 * <p>Rows are locked in one order, so that two reports at once wait for each other and never in a circle: first the domain, then addresses
 * of it. A transaction that counts several addresses takes them in {@link #ORDER}.
 */
public final class AddressHealth {
    /** The order in which one transaction counts several addresses: by domain, then by address. */
    public static final Comparator<String> ORDER =
            Comparator.comparing(AddressHealth::domain).thenComparing(AddressHealth::key);

    /** Days after which a hint that somebody is away is worth nothing: whoever is away longer says so to the lead. */
    public static final int LONGEST_ABSENCE = 30;

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MEMORY = Duration.ofDays(30);
    private static final Duration PROBE = Duration.ofDays(14);
    private static final Duration OUTAGE = Duration.ofHours(2);
    private static final int HARD = 2;
    private static final int UNREACHABLE_FROM = 4;
    private static final int OUTAGE_PEOPLE = 3;
    private static final int OUTAGE_PERCENT = 30;

    /** What a report did.
     *
     * @param outage whether so many of the domain fail that nobody is blamed */
    public record Counted(HealthState state, boolean outage) {}

    public Counted hard(Handle tx, String address, @Nullable UUID personId, String note, Instant now) {
        HealthDao dao = tx.attach(HealthDao.class);
        Health before = locked(dao, address, personId);
        boolean again =
                before.lastHardAt() != null && before.lastHardAt().plus(DAY).isAfter(now);
        boolean forgotten =
                before.lastHardAt() != null && before.lastHardAt().plus(MEMORY).isBefore(now);
        if (again) {
            return new Counted(before.state(), false);
        }
        int score = (forgotten ? 0 : before.score()) + HARD;
        Instant began = before.firstHardAt() == null || forgotten ? now : before.firstHardAt();
        Health noted = before.hard(personId, note, now).judged(before.state(), score, began, before.nextProbeAt());
        update(dao, noted);
        if (outage(dao, before.address(), now)) {
            return new Counted(blameNobody(dao, before, now), true);
        }
        boolean unreachable = score >= UNREACHABLE_FROM;
        HealthState state = unreachable ? HealthState.UNREACHABLE : HealthState.SUSPECT;
        update(dao, noted.judged(state, score, began, unreachable ? now.plus(PROBE) : null));
        return new Counted(state, false);
    }

    public void soft(Handle tx, String address, @Nullable UUID personId, String note, Instant now) {
        HealthDao dao = tx.attach(HealthDao.class);
        Health before = locked(dao, address, personId);
        if (before.lastSoftAt() != null && before.lastSoftAt().plus(DAY).isAfter(now)) {
            return;
        }
        boolean forgotten =
                before.lastSoftAt() != null && before.lastSoftAt().plus(MEMORY).isBefore(now);
        int score = (forgotten ? 0 : before.score()) + 1;
        boolean unreachable = score >= UNREACHABLE_FROM || before.state() == HealthState.UNREACHABLE;
        HealthState state = unreachable ? HealthState.UNREACHABLE : before.state();
        Instant began = before.firstHardAt() == null && unreachable ? now : before.firstHardAt();
        Instant probeAt = unreachable ? now.plus(PROBE) : before.nextProbeAt();
        update(dao, before.soft(personId, note, now).judged(state, score, began, probeAt));
    }

    /** Mail to these addresses left: one that is tried now and then is tried again in two weeks, whatever becomes of it. */
    public void tried(Handle tx, Collection<String> addresses, Instant now) {
        if (!addresses.isEmpty()) {
            tx.attach(HealthDao.class)
                    .probed(
                            addresses.stream()
                                    .map(AddressHealth::key)
                                    .sorted()
                                    .distinct()
                                    .toList(),
                            now.plus(PROBE),
                            now);
        }
    }

    /** Something came from the address, or a mail to it is known to have arrived: everything against it is forgotten. */
    public void ok(Handle tx, String address, Instant now) {
        HealthDao dao = tx.attach(HealthDao.class);
        dao.lockDomain(domain(address));
        dao.lock(key(address)).ifPresent(before -> update(dao, before.cleared(now)));
    }

    public Map<UUID, Health> troubled(Handle handle) {
        Map<UUID, Health> byPerson = new HashMap<>();
        for (Health health : handle.attach(HealthDao.class).listTroubled()) {
            Optional.ofNullable(health.personId()).ifPresent(id -> byPerson.put(id, health));
        }
        return byPerson;
    }

    public long count(Handle handle, HealthState state) {
        return handle.attach(HealthDao.class).countState(state.word());
    }

    /** Notes that somebody is away; the newest hint says how long, and whoever is away already is away since they first said so. */
    public void away(Handle tx, UUID personId, LocalDate from, @Nullable LocalDate until, UUID mailId, Instant now) {
        HealthDao dao = tx.attach(HealthDao.class);
        if (dao.extendAbsence(personId, from, sinceWhen(now), until, mailId) == 0) {
            dao.deleteAbsence(personId);
            dao.insertAbsence(personId, from, until, now, mailId);
        }
    }

    /** Forgets a hint without an end: the person has written themselves since. */
    public void back(Handle tx, UUID personId) {
        tx.attach(HealthDao.class).deleteEndless(personId);
    }

    /** Who is away on the day; a hint without an end holds as long as one may, or until they write themselves. */
    public List<Absence> absent(Handle handle, LocalDate today, Instant now) {
        return handle.attach(HealthDao.class).listAbsent(today, sinceWhen(now));
    }

    private static Instant sinceWhen(Instant now) {
        return now.minus(Duration.ofDays(LONGEST_ABSENCE));
    }

    private static Health locked(HealthDao dao, String address, @Nullable UUID personId) {
        String key = key(address);
        dao.ensureDomain(domain(address), Instant.EPOCH);
        dao.lockDomain(domain(address));
        dao.ensure(key, personId);
        return dao.lock(key).orElseThrow();
    }

    private static boolean outage(HealthDao dao, String address, Instant now) {
        String suffix = "%@" + domain(address);
        int failing = dao.countFailing(suffix, now.minus(OUTAGE));
        int people = Math.max(1, dao.countPeople(suffix));
        return failing >= OUTAGE_PEOPLE && failing * 100 >= people * OUTAGE_PERCENT;
    }

    /** Takes back what the failures of the outage did; those whose failure it told of when it began are as they were already. */
    private static HealthState blameNobody(HealthDao dao, Health before, Instant now) {
        String domain = domain(before.address());
        Instant until = now.plus(OUTAGE);
        boolean begins = dao.hold(domain, until, now) > 0;
        for (Health failing : dao.lockFailing("%@" + domain, now.minus(OUTAGE))) {
            if (begins || failing.address().equals(before.address())) {
                int score = Math.max(0, failing.score() - HARD);
                boolean earlier =
                        failing.firstHardAt() != null && !failing.firstHardAt().isAfter(now.minus(OUTAGE));
                HealthState state = score >= UNREACHABLE_FROM
                        ? HealthState.UNREACHABLE
                        : earlier ? HealthState.SUSPECT : HealthState.OK;
                update(
                        dao,
                        failing.judged(
                                state,
                                score,
                                state == HealthState.OK ? null : failing.firstHardAt(),
                                state == HealthState.UNREACHABLE ? failing.nextProbeAt() : null));
            }
        }
        return before.state();
    }

    public List<HeldDomain> held(Handle handle, Instant now) {
        return handle.attach(HealthDao.class).listHeld(now);
    }

    /** Returns the domain in lower case. */
    public static String domain(String address) {
        return key(address.substring(address.lastIndexOf('@') + 1));
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    private static void update(HealthDao dao, Health health) {
        dao.update(health, health.state().word());
    }
}
