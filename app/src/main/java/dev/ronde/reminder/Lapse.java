package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request to take a review over that ended without being accepted.
 *
 * @param asked the event that somebody was asked; its detail is the name of who was
 */
record Lapse(ReviewEvent asked, ReviewEvent ended) {
    private static final String ASKED = "delegated";
    private static final String ACCEPTED = "delegation-accepted";
    private static final Set<String> ENDS =
            Set.of(ASKED, "delegation-ended", "assigned", "attested", "missed", "cancelled");

    /** Oldest first. */
    static List<Lapse> of(List<ReviewEvent> history) {
        List<Lapse> lapses = new ArrayList<>();
        @Nullable ReviewEvent open = null;
        for (ReviewEvent event : history) {
            boolean ends = ENDS.contains(event.eventType());
            if (open != null && ends && !renews(event, open)) {
                lapses.add(new Lapse(open, event));
            }
            if (ends || event.eventType().equals(ACCEPTED)) {
                open = event.eventType().equals(ASKED) ? event : null;
            }
        }
        return lapses;
    }

    /** True if the same person is asked again: that request stands, or its own end is told. */
    private static boolean renews(ReviewEvent event, ReviewEvent open) {
        return event.eventType().equals(ASKED) && Objects.equals(event.aboutRef(), open.aboutRef());
    }

    Occasion occasion() {
        return Occasion.since(Topic.LAPSED, asked.happenedAt());
    }

    /** True if the person who was asked ended it. */
    boolean refused() {
        return ended.actorRef().equals(asked.aboutRef()) && ended.eventType().equals("delegation-ended");
    }

    boolean askedBy(Person person) {
        return person.actorRef().equals(asked.actorRef());
    }

    /** False for the person who ended it, and for one who is asked again or already has it. */
    boolean concerns(Person person, Review review, Instant now) {
        if (person.actorRef().equals(ended.actorRef())) {
            return false;
        }
        boolean has = person.id().equals(review.ownerId())
                || person.id().equals(review.handling().delegatedTo());
        return askedBy(person) || !has || !review.stateAt(now).waiting();
    }
}
