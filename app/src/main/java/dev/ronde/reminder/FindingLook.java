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
    /** Open findings nobody has been told of yet, and those in {@code back}, oldest first. */
    List<Found> untold(Handle handle, Set<UUID> back);

    /** Those of these findings that are open and not waived. */
    List<Found> open(Handle handle, Set<UUID> ids, Locale language);

    Optional<Found> find(Handle handle, UUID id, Locale language);

    /** Notes when the owner was told; only the first time counts. */
    void notified(Handle tx, UUID id, Instant at);

    /** Returns false if the finding is not theirs to acknowledge, or was fixed before anybody did. */
    boolean acknowledge(Handle tx, UUID id, Person by, Actor actor);

    /** Notes when a first mail about it was accepted and did not bounce; null if the accepted one bounced. */
    void firstTold(Handle tx, UUID id, @Nullable Instant at);
}
