package dev.ronde.mail.handle;

import dev.ronde.account.Person;
import dev.ronde.account.Revocation;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Remembered;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Gives each person one handle per review and purpose, the same in every mail, and takes it back. Keys rotate once a
 * year; a key that may have leaked is disabled together with every handle it signed.
 */
public record Grants(MasterKeys keys, HandleSigner signer, InstantSource clock) implements Revocation {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final Duration KEY_LIFE = Duration.ofDays(365);

    /** The live grant, made or prolonged to {@code expiresAt} (400 days at most); a new generation after a revoked one. */
    public Grant ensure(Handle tx, HandlePurpose purpose, UUID subjectId, UUID personId, Instant expiresAt) {
        return ensure(tx, purpose, subjectId, personId, Instant.MAX, expiresAt);
    }

    /** Leaves a grant unchanged if it lives until {@code enough}. */
    public Grant ensure(
            Handle tx, HandlePurpose purpose, UUID subjectId, UUID personId, Instant enough, Instant expiresAt) {
        Instant now = clock.instant();
        GrantDao dao = tx.attach(GrantDao.class);
        Instant until = expiresAt.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : expiresAt;
        String letter = String.valueOf(purpose.letter());
        Optional<Grant> newest = dao.findNewest(letter, subjectId, personId);
        if (newest.isPresent() && newest.get().live(now)) {
            if (newest.get().expiresAt().isBefore(enough)) {
                dao.extend(newest.get().id(), until);
            }
            return newest.get();
        }
        int kid = signingKey(tx, now);
        int generation = newest.map(Grant::generation).orElse(0) + 1;
        Grant fresh = new Grant(
                RANDOM.nextLong() & Long.MAX_VALUE,
                letter,
                subjectId,
                personId,
                generation,
                kid,
                now,
                until,
                null,
                null,
                0,
                null,
                null);
        dao.insert(fresh);
        return fresh;
    }

    public String handle(Grant grant) {
        return signer.sign(HandlePurpose.ofLetter(grant.purpose()), grant.kid(), grant.id());
    }

    /** The handle of the address that reports about the mails of a reply grant go to. */
    public String bounceHandle(Grant reply) {
        return signer.sign(HandlePurpose.BOUNCE, reply.kid(), reply.id());
    }

    /** The reply grant that a handle in an address names, of an answer or of a report; empty where it is not ours. */
    public Optional<Grant> ofReply(Handle handle, HandlePurpose purpose, String text) {
        return signer.verify(purpose, text).flatMap(named -> resolve(handle, HandlePurpose.REPLY, named));
    }

    /** Ends every handle of this person for this subject; the next mail carries another. */
    public void revoke(Handle tx, HandlePurpose purpose, UUID subjectId, UUID personId, String reason) {
        tx.attach(GrantDao.class)
                .revoke(String.valueOf(purpose.letter()), subjectId, personId, reason, clock.instant());
    }

    /** Ends every handle of a person; who may still do something by mail gets another with the next one. */
    @Override
    public void revokeAll(Handle tx, Person person, Actor by) {
        tx.attach(GrantDao.class).revokeAll(person.id(), "lost", clock.instant());
    }

    /** Disables a key: all handles it signed are dead at once.
     *
     * @return the links that were live until then; their mails must be sent again */
    public List<Grant> disableKey(Handle tx, int kid, String reason) {
        Instant now = clock.instant();
        GrantDao dao = tx.attach(GrantDao.class);
        List<Grant> lost = dao.listLive(kid, String.valueOf(HandlePurpose.LINK.letter()), now);
        dao.insertKey(kid, now);
        dao.disableKey(kid, reason, now);
        dao.revokeKey(kid, reason, now);
        return lost;
    }

    /** Every key that ever signed something, oldest first. */
    public List<MailKey> keys(Handle handle) {
        return handle.attach(GrantDao.class).listKeys(clock.instant());
    }

    /** Makes a new key where the newest is a year old or disabled; returns whether it did. */
    public boolean rotate(Handle tx) {
        int before = keys.newest();
        return newestKey(tx.attach(GrantDao.class), clock.instant()) != before;
    }

    /** Empty if the handle is not ours, has another purpose, is unknown, or its key is disabled. */
    Optional<Grant> resolve(Handle handle, HandlePurpose purpose, HandleSigner.Named named) {
        GrantDao dao = handle.attach(GrantDao.class);
        if (dao.listDisabledKeys().contains(named.kid())) {
            return Optional.empty();
        }
        return dao.find(named.grantId(), named.kid(), String.valueOf(purpose.letter()));
    }

    private int signingKey(Handle tx, Instant now) {
        return Remembered.of(tx, new SigningKey(this), () -> newestKey(tx.attach(GrantDao.class), now));
    }

    private record SigningKey(Grants of) {}

    private int newestKey(GrantDao dao, Instant now) {
        int kid = keys.newest();
        Optional<Instant> createdAt = dao.findKeyCreatedAt(kid);
        boolean old = createdAt.filter(at -> at.plus(KEY_LIFE).isBefore(now)).isPresent();
        if (old || dao.listDisabledKeys().contains(kid)) {
            kid = keys.add();
            createdAt = dao.findKeyCreatedAt(kid);
        }
        if (createdAt.isEmpty()) {
            dao.insertKey(kid, now);
        }
        return kid;
    }
}
