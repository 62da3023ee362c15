package dev.ronde.review.handover;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.OnLeave;
import dev.ronde.review.estate.StandIn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Who does the reviews of somebody on leave: the backup owner, from the first day on, where there is one who is not away as well. What
 * opens meanwhile is theirs from the start; what they took over stays theirs when the leave ends, until they go on leave themselves: then the
 * owner, if back, has it again.
 */
public record StandIns(ReviewSteps steps, People people) {
    /** Gives what waits for people on leave to whoever steps in; returns how many reviews went over. */
    public int run(Handle tx, Person away) {
        Instant now = steps.now();
        OnLeave leave = new OnLeave(tx, people, now);
        int done = 0;
        List<Review> waiting = tx.attach(ReviewDao.class).listWaitingWith(away.id(), now);
        for (Review review : waiting) {
            Covered asset = steps.estate().find(tx, review.assetId()).orElseThrow();
            Optional<StandIn> next =
                    away.id().equals(review.ownerId()) ? leave.standIn(asset, away.id()) : Optional.empty();
            if (next.isPresent()) {
                steps.change(
                        tx,
                        review.assigned(next.get().by().id(), 0),
                        "assigned",
                        Actor.SYSTEM,
                        Channel.SYSTEM,
                        next.get().line(),
                        evidence -> evidence.data("reason", "leave")
                                .data("until", next.get().until())
                                .changed(List.of("owner")));
                done++;
            }
        }
        return done;
    }
}
