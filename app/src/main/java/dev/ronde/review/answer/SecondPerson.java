package dev.ronde.review.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Approval;
import dev.ronde.review.DriftDao;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewEventDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewSteps;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The second signature and the separation of duties: whoever ever held the review, owned its asset since it opened, passed it on or
 * attested it cannot be the one who approves it, nor can a token that one of them made or somebody who was in the same team meanwhile, unless
 * the plan allows that.
 */
record SecondPerson(ReviewSteps steps, Settlement settlement, People people) {
    private static final Set<String> TAKING_PART =
            Set.of("attested", "delegated", "delegation-accepted", "acknowledged", "problem");

    Review approve(Handle tx, Review review, ReviewAct.Approve command, Visitor who) {
        requireNoPart(tx, review, who.actor());
        String said = ReviewSteps.limited("/note", command.note());
        String ref = who.actor().ref();
        Approval given = new Approval(Approval.APPROVED, ref, people.nameOf(ref).orElse(null), steps.now(), said);
        return steps.change(
                tx,
                review.approved(given),
                Verb.APPROVE.record(),
                who.actor(),
                who.channel(),
                said,
                evidence -> evidence.data("outcome", review.attestation().outcome())
                        .data("attested_by", review.attestation().performedBy())
                        .data("snapshot_digest", review.attestation().snapshotDigest())
                        .priv("note", said));
    }

    Review reject(Handle tx, Review review, ReviewAct.Reject command, Visitor who) {
        requireNoPart(tx, review, who.actor());
        String why = ReviewSteps.required("/reason", command.reason(), "Say why it is not accepted.");
        Review after = settlement.change(
                tx,
                review.withdrawn(),
                Verb.REJECT.record(),
                who,
                why,
                evidence -> evidence.data("outcome", review.attestation().outcome())
                        .data("attested_by", review.attestation().performedBy())
                        .data("attested_at", review.attestation().attestedAt())
                        .data("channel", who.channel().word())
                        .priv("reason", why));
        tx.attach(DriftDao.class).mark(review.assetId(), steps.now());
        return after;
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
        return part.contains(actorRef) || part.contains(people.hand(handle, actorRef));
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
        part.forEach(ref -> behind.add(people.hand(handle, ref)));
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
}
