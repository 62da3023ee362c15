package dev.ronde.account;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import java.time.Duration;
import java.util.Optional;

/**
 * Signing in with address and password. Every refusal looks and costs the same, whether the address is unknown, has no
 * account or the password is wrong.
 */
record SignIn(Database database, Accounts accounts, Sessions sessions, PersonRecords records, AttemptLimits limits) {
    sealed interface Result {}

    record SignedIn(Person person, String secret) implements Result {}

    record Refused() implements Result {}

    record TooMany(Duration retryAfter) implements Result {}

    /**
     * One attempt; a right password opens a session. From where somebody has signed in to this account before, it does so however many
     * attempts there were.
     *
     * @param network address of the client, for the limits only
     * @param shared whether that may be the address of many: nobody is known by it
     */
    Result attempt(String email, String password, String network, boolean shared) {
        String key = EmailAddress.parse(email).map(EmailAddress::lookupKey).orElse("");
        Optional<Duration> wait = limits.take(key, network);
        if (wait.isPresent() && (shared || !limits.known(key, network))) {
            return new TooMany(wait.get());
        }
        Optional<Known> known = database.read(handle -> {
            PersonDao dao = handle.attach(PersonDao.class);
            return dao.findByEmailKey(key)
                    .filter(found -> found.active() && found.role() != null && sessions.admits(handle, found))
                    .flatMap(found -> dao.findPasswordHash(found.id()).map(hash -> new Known(found, hash)));
        });
        if (known.isEmpty()) {
            accounts.passwords().pretend(password);
            return wait.<Result>map(TooMany::new).orElseGet(Refused::new);
        }
        Person person = known.get().person();
        if (!accounts.passwords().matches(password, known.get().hash())) {
            if (wait.isPresent()) {
                return new TooMany(wait.get());
            }
            database.useTransaction(
                    tx -> records.session(tx, "session.refused", person, new Actor("user", person.actorRef(), "none")));
            return new Refused();
        }
        limits.giveBack(key, network);
        if (!shared) {
            limits.remember(key, network);
        }
        return open(person);
    }

    /** Opens a session for somebody who has just proved who they are in another way. */
    SignedIn open(Person person) {
        String secret = database.inTransaction(tx -> {
            records.session(tx, "session.started", person, new Actor("user", person.actorRef(), "password"));
            return sessions.open(tx, person.id());
        });
        return new SignedIn(person, secret);
    }

    void signOut(Person person, String secret) {
        database.useTransaction(tx -> {
            sessions.close(tx, secret);
            records.session(tx, "session.ended", person, new Actor("user", person.actorRef(), "password"));
        });
    }

    /** Whether this is the person's present password; counts against the limits like a sign-in. */
    boolean confirms(Person person, String password, String network, boolean shared) {
        String key = new EmailAddress(person.email()).lookupKey();
        if (limits.take(key, network).isPresent() && (shared || !limits.known(key, network))) {
            return false;
        }
        boolean right = database.read(handle -> handle.attach(PersonDao.class).findPasswordHash(person.id()))
                .map(hash -> accounts.passwords().matches(password, hash))
                .orElse(false);
        if (right) {
            limits.giveBack(key, network);
        }
        return right;
    }

    void forget(String secret) {
        database.useTransaction(tx -> sessions.close(tx, secret));
    }

    private record Known(Person person, String hash) {}
}
