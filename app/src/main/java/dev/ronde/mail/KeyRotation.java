package dev.ronde.mail;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.handle.Grants;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;

/** Makes a new key for the mailed links once a year; the old ones go on opening what they signed. */
final class KeyRotation implements Tick {
    private final Database database;
    private final Grants grants;
    private final EvidenceLog evidence;

    KeyRotation(Database database, Grants grants, EvidenceLog evidence) {
        this.database = database;
        this.grants = grants;
        this.evidence = evidence;
    }

    @Override
    public String name() {
        return "mail-key-rotation";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public int run(Instant now) {
        return database.inTransaction(tx -> {
            boolean made = grants.rotate(tx);
            if (made) {
                evidence.append(
                        tx,
                        Evidence.of("key.added", Actor.SYSTEM, Subject.of("key", "mail"))
                                .data("use", "mail"));
            }
            return made ? 1 : 0;
        });
    }
}
