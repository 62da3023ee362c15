package dev.ronde.mail.handle;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets handles in. The signature is checked before any statement reaches the database; who guesses is told nothing and
 * after 20 wrong ones in a minute is turned away.
 */
public final class HandleDoor {
    private static final int WRONG_PER_MINUTE = 20;
    private static final int ADDRESSES_KEPT = 10_000;

    private final HandleSigner signer;
    private final Grants grants;
    private final Database database;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> wrong = new LinkedHashMap<>();

    public HandleDoor(HandleSigner signer, Grants grants, Database database, InstantSource clock) {
        this.signer = signer;
        this.grants = grants;
        this.database = database;
        this.clock = clock;
    }

    /** The grant a handle names, live or not.
     *
     * @throws Problem 404 for anything that is not a handle of this purpose, 429 after too many of those from one address */
    public Grant open(HandlePurpose purpose, String handle, String address) {
        Optional<HandleSigner.Named> named = signer.verify(purpose, handle);
        if (named.isEmpty()) {
            count(address);
            throw unknown();
        }
        return database.read(read -> grants.resolve(read, purpose, named.get())).orElseThrow(HandleDoor::unknown);
    }

    /** Counts a fetch of the page; this is not evidence. */
    public void countGet(Grant grant) {
        database.useTransaction(tx -> tx.attach(GrantDao.class).countGet(grant.id(), clock.instant()));
    }

    public void notePost(org.jdbi.v3.core.Handle tx, Grant grant) {
        tx.attach(GrantDao.class).notePost(grant.id(), clock.instant());
    }

    private static Problem unknown() {
        return Problem.of(404, "not_found", "This link is not one of ours, or it was cut when it was copied.");
    }

    private synchronized void count(String address) {
        Instant now = clock.instant();
        Instant start = now.minus(Duration.ofMinutes(1));
        Deque<Instant> times = wrong.computeIfAbsent(address, key -> new ArrayDeque<>());
        while (!times.isEmpty() && !times.getFirst().isAfter(start)) {
            times.removeFirst();
        }
        if (times.size() >= WRONG_PER_MINUTE) {
            throw Problem.tooMany(Duration.between(now, times.getFirst().plus(Duration.ofMinutes(1))));
        }
        times.addLast(now);
        if (wrong.size() > ADDRESSES_KEPT) {
            wrong.remove(wrong.keySet().iterator().next());
        }
    }
}
