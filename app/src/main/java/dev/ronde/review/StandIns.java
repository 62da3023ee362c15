package dev.ronde.review;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Who does the reviews of somebody on leave: the backup owner, from the first day on, where there is one who is not away as well. What
 * opens meanwhile is theirs from the start; what they took over stays theirs when the leave ends.
 */
final class StandIns {

    private final ReviewSteps steps;
    private final People people;

    StandIns(ReviewSteps steps, People people) {
        this.steps = steps;
        this.people = people;
    }

    /** Whose a review of this asset is when it opens now; null where nobody owns the asset. */
    static @Nullable UUID ownerNow(Handle handle, People people, Covered asset, Instant now) {
        UUID owner = asset.ownerId();
        return owner == null || !away(handle, people, owner, now)
                ? owner
                : standIn(handle, people, asset, owner, now).orElse(owner);
    }

    /** Gives what waits for people on leave to whoever steps in; returns how many reviews went over. */
    int run(Handle tx, Person away) {
        Instant now = steps.now();
        int done = 0;
        List<Review> waiting = tx.attach(ReviewDao.class).listWaitingWith(away.id(), now);
        for (Review review : waiting) {
            Covered asset = steps.estate().find(tx, review.assetId()).orElseThrow();
            Optional<UUID> next =
                    away.id().equals(review.ownerId()) ? standIn(tx, people, asset, away.id(), now) : Optional.empty();
            if (next.isPresent()) {
                steps.change(
                        tx,
                        review,
                        "assigned",
                        Actor.SYSTEM,
                        Channel.SYSTEM,
                        people.get(tx, next.get()).name(),
                        evidence -> evidence.data("reason", "leave").changed(List.of("owner")),
                        dao -> dao.assign(review.id(), review.version(), next.get(), 0));
                done++;
            }
        }
        return done;
    }

    private static Optional<UUID> standIn(Handle handle, People people, Covered asset, UUID owner, Instant now) {
        return Optional.ofNullable(asset.backupId())
                .filter(backup -> !backup.equals(owner))
                .flatMap(backup -> people.find(handle, backup))
                .filter(Person::active)
                .map(Person::id)
                .filter(backup -> !away(handle, people, backup, now));
    }

    private static boolean away(Handle handle, People people, UUID personId, Instant now) {
        return people.find(handle, personId)
                .filter(person -> people.away(handle, personId, LocalTimes.dayOf(now, person.zone())))
                .isPresent();
    }
}
