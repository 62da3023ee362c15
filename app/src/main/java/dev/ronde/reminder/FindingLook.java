package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the reminders see of findings. */
public interface FindingLook {
    /** Open findings of which nobody has been told yet, and those of {@code back}, oldest first. */
    List<Found> untold(Handle handle, Set<UUID> back);

    /** The finding with this id, open or fixed, told in a language. */
    Optional<Found> find(Handle handle, UUID id, Locale language);

    /** Notes when the owner was told; the first time counts. */
    void notified(Handle tx, UUID id, Instant at);

    /** Notes that a person received it. False where it is not theirs to say, or was fixed before anybody did. */
    boolean acknowledge(Handle tx, UUID id, Person by, Actor actor);

    /** Notes when a first mail about it was accepted and did not come back; null where none was, as the one that was came back. */
    void firstTold(Handle tx, UUID id, @Nullable Instant at);
}
