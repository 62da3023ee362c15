package dev.ronde.review;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One step of a review: the versioned update, its evidence record and its line in the history, in the caller's transaction. */
public record ReviewSteps(InstantSource clock, ReviewRecords records, Estate estate) {

    public static final int TEXT_LIMIT = 4000;

    private static final int SHORT_TEXT = 2000;

    public Instant now() {
        return clock.instant();
    }

    /** Stores the review as it now is and writes down what happened; 409 when somebody else was first. */
    public Review change(
            Handle tx,
            Review next,
            String event,
            Actor by,
            Channel channel,
            @Nullable String detail,
            UnaryOperator<Evidence> fill) {
        return change(tx, next, event, by, channel, detail, null, fill);
    }

    public Review give(Handle tx, Review next, String event, Actor by, Channel channel, Person to) {
        return change(tx, next, event, by, channel, to.name(), to, evidence -> evidence.data("to", to.actorRef()));
    }

    private Review change(
            Handle tx,
            Review next,
            String event,
            Actor by,
            Channel channel,
            @Nullable String detail,
            @Nullable Person about,
            UnaryOperator<Evidence> fill) {
        Review after = tx.attach(ReviewDao.class).update(next, now());
        Covered asset = estate.find(tx, after.assetId()).orElseThrow();
        Evidence evidence =
                fill.apply(records.start(tx, event, after, asset, by)).data("channel", channel.word());
        records.write(tx, new ReviewRecords.Entry(event, after, evidence, detail, about), by, channel);
        return after;
    }

    /** The state of a review that waits for somebody; 409 for every other. */
    public ReviewState requireWaiting(Review review) {
        ReviewState state = review.stateAt(clock.instant());
        String ref = review.ref();
        return switch (state) {
            case OPEN, ACKNOWLEDGED -> state;
            case SCHEDULED ->
                throw Problem.conflict(
                        "not_open",
                        ref + " is not open yet; it is due on " + review.dates().dueOn() + ".");
            case ATTESTED -> throw Problem.conflict("already_attested", ref + " is attested already.");
            case MISSED ->
                throw Problem.conflict(
                        "missed", ref + " is missed: its window closed. The compliance lead records the cause.");
            case CANCELLED -> throw Problem.conflict("cancelled", ref + " is cancelled; nothing is expected any more.");
        };
    }

    /** Passes where somebody may still attest: the review waits, or it was missed and is done late. */
    public void requireAnswerable(Review review) {
        if (!review.completable()) {
            if (review.attestation().attestedAt() != null) {
                throw Problem.conflict("already_attested", review.ref() + " is attested already.");
            }
            requireWaiting(review);
        }
    }

    /** The text without blanks around it, null where there is none; 422 where it is too long. */
    public static @Nullable String limited(String pointer, @Nullable String text) {
        if (text != null && text.length() > TEXT_LIMIT) {
            throw Problem.invalid(pointer, "too_long", "Shorten this text to " + TEXT_LIMIT + " characters.");
        }
        return text == null || text.isBlank() ? null : text.strip();
    }

    public static String required(String pointer, @Nullable String text, String message) {
        String limited = limited(pointer, text);
        if (limited == null) {
            throw Problem.invalid(pointer, "required", message);
        }
        return limited;
    }

    public static String shorter(String pointer, String text) {
        if (text.length() > SHORT_TEXT) {
            throw Problem.invalid(pointer, "too_long", "Shorten this text to 2000 characters.");
        }
        return text;
    }
}
