package dev.ronde.review.estate;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Who is on leave at one instant, each in their own zone, and who steps in; everybody is looked up once. */
public final class OnLeave {

    private final Handle handle;
    private final People people;
    private final Instant now;
    private final Map<UUID, Optional<Person>> here = new HashMap<>();

    public OnLeave(Handle handle, People people, Instant now) {
        this.handle = handle;
        this.people = people;
        this.now = now;
    }

    /** Whose a review of this asset is when it opens; null where nobody owns the asset. */
    @Nullable
    public UUID ownerOf(Covered asset) {
        return standIn(asset).map(standIn -> standIn.by().id()).orElse(asset.ownerId());
    }

    /** Who steps in for the owner of the asset; empty where they are here, or nobody does. */
    public Optional<StandIn> standIn(Covered asset) {
        UUID owner = asset.ownerId();
        return owner == null || here(owner).isPresent() ? Optional.empty() : standIn(asset, owner);
    }

    /**
     * Who does it for somebody who is away: the backup owner, or else the owner, for whom the one who is away did it; whoever is active
     * and not away as well.
     *
     * @param holder whose the review is now
     */
    public Optional<StandIn> standIn(Covered asset, UUID holder) {
        return people.find(handle, holder)
                .flatMap(away -> people.awayUntil(handle, holder, LocalTimes.dayOf(now, away.zone()))
                        .flatMap(until -> other(asset.backupId(), holder)
                                .or(() -> other(asset.ownerId(), holder))
                                .map(by -> new StandIn(away, by, until))));
    }

    private Optional<Person> other(@Nullable UUID person, UUID holder) {
        return Optional.ofNullable(person)
                .filter(id -> !id.equals(holder))
                .flatMap(this::here)
                .filter(found -> people.here(handle, found));
    }

    private Optional<Person> here(UUID personId) {
        return here.computeIfAbsent(
                personId,
                id -> people.find(handle, id)
                        .filter(person -> !people.away(handle, id, LocalTimes.dayOf(now, person.zone()))));
    }
}
