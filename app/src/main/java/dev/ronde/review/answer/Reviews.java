package dev.ronde.review.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Handling;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewEventDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewState;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.ReviewParts;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.estate.NotOn;
import dev.ronde.review.estate.OnLeave;
import dev.ronde.review.estate.StandIn;
import dev.ronde.review.extra.Requested;
import dev.ronde.review.plan.Assurance;
import dev.ronde.review.plan.ChecklistItem;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What people do with reviews. Every action takes the review as its caller saw it, changes it in the caller's transaction
 * together with its evidence record, and returns it as it then stands.
 *
 * <p>All throw {@link Problem}: 409 when the review is in a state that does not allow the action or was changed by
 * somebody else since it was read, 422 for input that cannot be accepted. Who may act is asked of {@link #duties} first.
 */
public final class Reviews {

    private final InstantSource clock;
    private final ReviewSteps steps;
    private final Looks looks;
    private final People people;
    private final Attesting attesting;
    private final Holding holding;
    private final Deciding deciding;
    private final SecondPerson second;
    private final Requested requested;
    private final Afterwards afterwards;
    private final Duties duties;

    public Reviews(InstantSource clock, ReviewParts parts, Estate estate, Looks looks, People people) {
        this.clock = clock;
        this.steps = new ReviewSteps(clock, parts.records(), estate);
        this.looks = looks;
        this.people = people;
        this.attesting = new Attesting(clock, parts, looks, estate, people);
        this.holding = new Holding(steps, people);
        this.deciding = new Deciding(steps, parts.enrolments(), people);
        this.second = new SecondPerson(steps, parts, people);
        this.requested = new Requested(steps, parts.openings());
        this.afterwards = new Afterwards(steps, parts, requested);
        this.duties = new Duties(estate, people);
    }

    /** The review with this ref, for example {@code REV-1042}; empty for anything else. */
    public Optional<Review> find(Handle handle, String ref) {
        return ref.matches("REV-\\d{1,15}")
                ? handle.attach(ReviewDao.class).findByNumber(Long.parseLong(ref.substring(4)))
                : Optional.empty();
    }

    /**
     * The review with this ref.
     *
     * @throws Problem 404 without such a review
     */
    public Review get(Handle handle, String ref) {
        return find(handle, ref).orElseThrow(() -> Problem.notFound("review", ref));
    }

    /** The review with this id. */
    public Optional<Review> find(Handle handle, UUID id) {
        return handle.attach(ReviewDao.class).find(id);
    }

    /** Those of these reviews that there are, by id. */
    public Map<UUID, Review> byIds(Handle handle, Collection<UUID> ids) {
        return handle.attach(ReviewDao.class).byIds(ids);
    }

    /** Every review that waits for somebody now, earliest due date first. */
    public List<Review> waiting(Handle handle) {
        return handle.attach(ReviewDao.class).listWaiting(clock.instant());
    }

    /** Reviews that wait for this person, theirs or passed on to them, earliest due date first. */
    public List<Review> waitingWith(Handle handle, UUID personId) {
        return handle.attach(ReviewDao.class).listWaitingWith(personId, clock.instant());
    }

    /** The review of the asset that was attested last, whatever its plan; {@code besides} is never it. */
    public Optional<Review> lastAttested(Handle handle, UUID assetId, UUID besides) {
        return handle.attach(ReviewDao.class).findLastAttested(assetId, besides);
    }

    /** Whom the present owner of a waiting review stands in for; empty where nobody is on leave, and once the leave is over. */
    public Optional<StandIn> standIn(Handle handle, Review review) {
        return review.stateAt(clock.instant()).waiting()
                ? steps.estate()
                        .find(handle, review.assetId())
                        .flatMap(asset -> new OnLeave(handle, people, clock.instant()).standIn(asset))
                        .filter(standIn -> standIn.by().id().equals(review.ownerId()))
                : Optional.empty();
    }

    /** Who may do what. */
    public Duties duties() {
        return duties;
    }

    /** What pages show of the configuration of a review. */
    public ReviewLook look() {
        return new ReviewLook(this, looks);
    }

    /** Every review of the asset, earliest due date first. */
    public List<Review> ofAsset(Handle handle, UUID assetId) {
        return handle.attach(ReviewDao.class).listByAsset(assetId);
    }

    /** The next review of the same plan and asset that still counts: where this one is over, that one is to be answered. */
    public Optional<Review> following(Handle handle, Review review) {
        return ofAsset(handle, review.assetId()).stream()
                .filter(other -> other.planId().equals(review.planId())
                        && other.dates().dueOn().isAfter(review.dates().dueOn())
                        && other.stateAt(clock.instant()).ahead())
                .min(Comparator.comparing(other -> other.dates().dueOn()));
    }

    /** The review's history, oldest first. */
    public List<ReviewEvent> history(Handle handle, UUID reviewId) {
        return handle.attach(ReviewEventDao.class).listByReview(reviewId);
    }

    /** How cause, action and recovery of a missed review were recorded last; empty where nobody has. */
    public Optional<ReviewEvent> recovered(Handle handle, Review review) {
        return review.closing().recovery() == null
                ? Optional.empty()
                : history(handle, review.id()).stream()
                        .filter(event -> event.eventType().equals("recovered"))
                        .reduce((earlier, later) -> later);
    }

    /** How the present owner of each of these reviews came to have it; ask for some hundred at once. */
    public Map<UUID, ReviewEvent> given(Handle handle, Collection<UUID> reviewIds) {
        return handle.attach(ReviewEventDao.class).listGiven(reviewIds).stream()
                .collect(Collectors.toMap(ReviewEvent::reviewId, event -> event, (earlier, later) -> later));
    }

    /** What a reviewer is shown now, in English. */
    public Situation situation(Handle handle, Review review) {
        return situation(handle, review, Locale.ENGLISH);
    }

    /** What a reviewer is shown now, in their language. */
    public Situation situation(Handle handle, Review review, Locale locale) {
        return Situation.of(handle, review, looks, clock.instant(), locale);
    }

    /** What a reviewer of each of these is shown now, in their language, by review; ask for some hundred at once. */
    public Map<UUID, Situation> situations(Handle handle, Collection<Review> reviews, Locale locale) {
        return Situation.all(handle, reviews, looks, clock.instant(), locale);
    }

    /** Those of the protections that the review's asset could have and that are not known to be on. */
    public List<NotOn> notOn(Handle handle, Review review, List<String> protections) {
        return looks.notOn(handle, review.assetId(), protections, clock.instant());
    }

    /** The protections that the plan of the review requires and that are not known to be on. */
    public List<NotOn> requiredNotOn(Handle handle, Review review) {
        return notOn(handle, review, ReviewRecords.plan(handle, review).requiredProtections());
    }

    /** The latest day at which a waiver given now for these protections of the review's asset may end. */
    public LocalDate latestWaiver(Handle handle, Review review, List<NotOn> off) {
        return attesting.latestWaiver(handle, review, off, clock.instant());
    }

    /**
     * Whether one word attests the review: nothing changed, nothing must be answered, every required protection is known to be on, and nobody must be
     * more sure of who says it.
     *
     * @param required {@link #requiredAssurance}
     */
    public boolean attestedByOneWord(Handle handle, Review review, Situation situation, Assurance required) {
        return required == Assurance.MAIL_LINK
                && situation.changes().isEmpty()
                && situation.failing().isEmpty()
                && Checklist.items(review.opening().checklist()).stream().noneMatch(ChecklistItem::required)
                && requiredNotOn(handle, review).isEmpty();
    }

    /** Received: reminders pause until the working day before the due date. Again changes nothing. */
    public Review acknowledge(Handle tx, Review review, Actor by, Channel channel) {
        return holding.acknowledge(tx, review, by, channel);
    }

    /** How sure one must be of who attests this review. */
    public Assurance requiredAssurance(Handle handle, Review review) {
        return attesting.required(handle, review);
    }

    /** The same where the criticality of its asset is known. */
    public Assurance requiredAssurance(Handle handle, Review review, String criticality) {
        return ReviewRecords.plan(handle, review).assurance().forCriticality(criticality);
    }

    /**
     * Closes the review by the statement. One that was missed can be done late: it stays missed, with its lateness and its performance.
     *
     * @throws Problem 403 below the plan's assurance level; 409 with the newer diff when the configuration is no longer
     *     the one that was looked at; 422 for a missing outcome, digest, answer or waiver
     */
    public Review attest(Handle tx, Review review, AttestRequest request, Actor by, Channel channel) {
        steps.requireAnswerable(review);
        return attesting.attest(tx, review, request, by, channel);
    }

    /**
     * Opens a review because of a significant change, with its reason; it stands beside the slots of the plan.
     *
     * @param plan under which plan; null takes the one that covers the asset
     * @throws Problem 422 without a reason or for a plan that does not cover the asset, 409 where no plan does
     */
    public Review request(
            Handle tx, UUID assetId, @Nullable String plan, @Nullable String reason, Actor by, Channel channel) {
        Covered asset = steps.estate().find(tx, assetId).orElseThrow(() -> Problem.notFound("asset", assetId));
        return requested.open(tx, asset, plan, reason, by, channel);
    }

    /** Takes an attestation back, within 24 hours and by the person who made it; the record of it stays. */
    public Review withdraw(Handle tx, Review review, Actor by, Channel channel) {
        return attesting.withdraw(tx, review, by, channel);
    }

    /**
     * Something is wrong: a decision for the lead, see {@link #decideProblem}; the review stays open. One that was attested opens again, or, once
     * its window is over, stays as it is: then the problem is one of the review that waits under the same plan, or of one that opens for it.
     *
     * @return the review that waits with the problem
     */
    public Review problem(Handle tx, Review review, @Nullable String text, Actor by, Channel channel) {
        return review.stateAt(steps.now()) == ReviewState.ATTESTED
                ? afterwards.problem(tx, review, text, by, channel)
                : holding.problem(tx, review, text, by, channel);
    }

    /**
     * Asks somebody else to take over. The owner keeps the duty until the other accepts.
     *
     * @param to mail address of somebody active
     */
    public Review delegate(Handle tx, Review review, @Nullable String to, Actor by, Channel channel) {
        return holding.delegate(tx, review, to, by, channel);
    }

    /**
     * The person who was asked takes over.
     *
     * @throws Problem 409 when nobody, or somebody else, was asked
     */
    public Review acceptDelegation(Handle tx, Review review, UUID personId, Actor by, Channel channel) {
        return holding.acceptDelegation(tx, review, personId, by, channel);
    }

    /**
     * It is not this person's: a decision for the lead, never silently accepted. Who was only asked to take it over does not: whoever has the
     * review keeps it and is told.
     */
    public Review notMine(Handle tx, Review review, UUID personId, @Nullable String note, Actor by, Channel channel) {
        return holding.notMine(tx, review, personId, note, by, channel);
    }

    /**
     * Pauses reminders up to a day at most 30 days away, at most three times; the due date does not move. A day beyond the due date, or more
     * than seven days beyond it where the review is overdue, asks the leads for more time instead, as often; see {@link Handling#askedSince}.
     *
     * @param lead whether who asks may decide as a lead, see {@link Person#leads}: for them it is a pause whatever the due date
     */
    public Review snooze(Handle tx, Review review, @Nullable LocalDate until, boolean lead, Actor by, Channel channel) {
        return holding.snooze(tx, review, until, lead, by, channel);
    }

    /** The lead refuses the day that was asked for, with the reason; 409 where nobody asks for that day, 422 where either is missing. */
    public Review refuseTime(
            Handle tx, Review review, @Nullable LocalDate asked, @Nullable String reason, Actor by, Channel channel) {
        return deciding.refuseTime(tx, review, asked, reason, by, channel);
    }

    /** The lead gives the review to somebody; settles a “not mine”. */
    public Review assign(Handle tx, Review review, @Nullable String to, Actor by, Channel channel) {
        return deciding.assign(tx, review, to, by, channel);
    }

    /**
     * The lead says what follows of a problem that was reported: it ends the decision, until another one is reported. An owner or a due date
     * that changes does not.
     *
     * @param reportedAt when the problem was reported that is decided on
     * @throws Problem 409 where no problem waits for a decision, or another one does by now; 422 without that time or without words
     */
    public Review decideProblem(
            Handle tx,
            Review review,
            @Nullable Instant reportedAt,
            @Nullable String decision,
            Actor by,
            Channel channel) {
        return deciding.decideProblem(tx, review, reportedAt, decision, by, channel);
    }

    /** The lead gives more time: the due date moves, the slot stays, both are exported. */
    public Review extend(
            Handle tx, Review review, @Nullable LocalDate until, @Nullable String reason, Actor by, Channel channel) {
        return deciding.extend(tx, review, until, reason, by, channel);
    }

    /** The lead records why a review was missed and how it is made good. */
    public Review recordMissed(
            Handle tx,
            Review review,
            @Nullable String cause,
            @Nullable String action,
            @Nullable String recovery,
            Actor by,
            Channel channel) {
        return deciding.recordMissed(tx, review, cause, action, recovery, by, channel);
    }

    /**
     * A second person agrees with an attestation.
     *
     * @throws Problem 409 where none waits for that, 403 for anybody who owned, held or attested the review
     */
    public Review approve(Handle tx, Review review, @Nullable String note, Actor by, Channel channel) {
        return second.approve(tx, review, note, by, channel);
    }

    /** A second person refuses it: the attestation is taken back, the record of it stays, and the review waits again. */
    public Review reject(Handle tx, Review review, @Nullable String reason, Actor by, Channel channel) {
        return second.reject(tx, review, reason, by, channel);
    }

    /** Whether this person or token, by its reference, had a part in the review and so cannot be its second person. */
    public boolean hadPart(Handle handle, Review review, String actorRef) {
        return second.hadPart(handle, review, actorRef);
    }

    /** Who may be asked to be the second person of this review now; empty where nobody may. */
    public List<Person> secondPeople(Handle handle, Review review) {
        return second.able(handle, review);
    }

    /** Whether the review with this ref waits for a second person and nobody may be asked to be that. */
    public boolean unsignable(Handle handle, String ref) {
        Review review = get(handle, ref);
        return review.approval().pending() && secondPeople(handle, review).isEmpty();
    }

    /** Attested reviews that wait for a second person, earliest due date first. */
    public List<Review> awaitingApproval(Handle handle) {
        return handle.attach(ReviewDao.class).listAwaitingApproval();
    }
}
