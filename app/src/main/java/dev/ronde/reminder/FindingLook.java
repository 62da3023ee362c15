package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What the reminders see of findings. */
public interface FindingLook {
    /** Open findings whose owner has not been told yet, oldest first. */
    List<Found> untold(Handle handle);

    /** The finding with this id, open or fixed, told in a language. */
    Optional<Found> find(Handle handle, UUID id, Locale language);

    /** Notes when the owner was told; the first time counts. */
    void notified(Handle tx, UUID id, Instant at);

    /** Notes that a person received it. False where it is not theirs to say, or was fixed before anybody did. */
    boolean acknowledge(Handle tx, UUID id, Person by, Actor actor);
}
