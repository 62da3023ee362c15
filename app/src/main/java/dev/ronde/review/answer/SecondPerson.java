package dev.ronde.review.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Approval;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewEventDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.drift.DriftDao;
import dev.ronde.review.enrolment.ReviewParts;
import dev.ronde.review.enrolment.SlotDates;
import dev.ronde.review.estate.Covered;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The second signature and the separation of duties: whoever ever held the review, owned its asset since it opened, passed it on or
 * attested it cannot be the one who approves it, nor can a token that one of them made or somebody who was in the same team meanwhile, unless
 * the plan allows that.
 */
final class SecondPerson {

    private static final Set<String> TAKING_PART =
            Set.of("attested", "delegated", "delegation-accepted", "acknowledged", "problem");

    private final ReviewSteps steps;
    private final SlotDates dates;
    private final People people;

    SecondPerson(ReviewSteps steps, ReviewParts parts, People people) {
        this.steps = steps;
        this.dates = parts.dates();
        this.people = people;
    }

    Review approve(Handle tx, Review review, @Nullable String note, Actor by, Channel channel) {
        requirePending(review);
        requireNoPart(tx, review, by);
        String said = ReviewSteps.limited("/note", note);
        Approval given = new Approval(
                Approval.APPROVED, by.ref(), people.nameOf(by.ref()).orElse(null), steps.now(), said);
        return steps.change(
                tx,
                review,
                "approved",
                by,
                channel,
                said,
                evidence -> evidence.data("outcome", review.attestation().outcome())
                        .data("attested_by", review.attestation().performedBy())
                        .data("snapshot_digest", review.attestation().snapshotDigest())
                        .priv("note", said),
                dao -> dao.approve(review.id(), review.version(), given));
    }

    Review reject(Handle tx, Review review, @Nullable String reason, Actor by, Channel channel) {
        requirePending(review);
        requireNoPart(tx, review, by);
        String why = ReviewSteps.required("/reason", reason, "Say why it is not accepted.");
        Covered asset = steps.estate().find(tx, review.assetId()).orElseThrow();
        Review after = steps.change(
                tx,
                review,
                "rejected",
                by,
                channel,
                why,
                evidence -> evidence.data("outcome", review.attestation().outcome())
                        .data("attested_by", review.attestation().performedBy())
                        .data("attested_at", review.attestation().attestedAt())
                        .priv("reason", why),
                dao -> takeBack(tx, dao, review, asset));
        dates.follow(tx, after, Attesting.newest(tx, after), asset, by, channel);
        tx.attach(DriftDao.class).mark(asset.id(), steps.now());
        return after;
    }

    private int takeBack(Handle tx, ReviewDao dao, Review review, Covered asset) {
        int changed = dao.withdraw(review.id(), review.version(), steps.now());
        if (changed == 1) {
            dates.counted(tx, dao.find(review.id()).orElseThrow(), asset);
        }
        return changed;
    }

    boolean hadPart(Handle handle, Review review, String actorRef) {
        if (ReviewRecords.plan(handle, review).approval().self()) {
            return false;
        }
        return among(handle, part(handle, review), actorRef);
    }

    /** Who may be asked for the second signature: the leads who had no part, or else the administrators who had none; empty where there is nobody. */
    List<Person> able(Handle handle, Review review) {
        boolean self = ReviewRecords.plan(handle, review).approval().self();
        Set<String> part = self ? Set.of() : part(handle, review);
        List<Person> leads = without(handle, part, people.leads(handle));
        return leads.isEmpty() ? without(handle, part, people.withRole(handle, Role.ADMIN)) : leads;
    }

    private List<Person> without(Handle handle, Set<String> part, List<Person> asked) {
        return asked.stream()
                .filter(person -> !among(handle, part, person.actorRef()))
                .toList();
    }

    private boolean among(Handle handle, Set<String> part, String actorRef) {
        return part.contains(actorRef) || part.contains(people.behind(handle, actorRef));
    }

    /** Everybody who had a part, whoever stands behind a token that had one, and the teams and members who count as one of them. */
    private Set<String> part(Handle handle, Review review) {
        Set<String> part = new HashSet<>();
        Instant openedAt = Objects.requireNonNullElse(
                review.opening().openedAt(), review.dates().opensAt());
        part.addAll(handle.attach(ReviewDao.class).listHolders(review.id()));
        part.addAll(steps.estate().ownersSince(handle, review.assetId(), openedAt));
        handle.attach(ReviewEventDao.class).listByReview(review.id()).stream()
                .filter(event -> TAKING_PART.contains(event.eventType()))
                .map(ReviewEvent::actorRef)
                .forEach(part::add);
        Set<String> behind = new HashSet<>();
        part.forEach(ref -> behind.add(people.behind(handle, ref)));
        part.addAll(behind);
        return people.standingFor(handle, part, openedAt);
    }

    private void requireNoPart(Handle tx, Review review, Actor by) {
        if (hadPart(tx, review, by.ref())) {
            throw Problem.of(
                    403,
                    "had_a_part",
                    "Whoever owned, held, passed on or attested " + review.ref()
                            + " cannot be its second person. Ask somebody who had no part in it.");
        }
    }

    private static void requirePending(Review review) {
        if (!review.approval().pending()) {
            throw Problem.conflict("not_pending", review.ref() + " does not wait for a second person.");
        }
    }
}
