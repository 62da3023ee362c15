package dev.ronde.mail.health;

import dev.ronde.account.Person;
import dev.ronde.platform.db.Database;
import java.time.Duration;
import java.time.Instant;

/** An address that failed for good twice, a day apart. */
public final class DeadAddress {
    private DeadAddress() {}

    /** From now on nothing is sent to this person. */
    public static void of(Database database, Person person, Instant now) {
        AddressHealth health = new AddressHealth();
        database.useTransaction(tx -> {
            health.hard(tx, person.email(), person.id(), "550 5.1.1", now.minus(Duration.ofHours(26)));
            health.hard(tx, person.email(), person.id(), "550 5.1.1", now.minus(Duration.ofHours(1)));
        });
    }
}
