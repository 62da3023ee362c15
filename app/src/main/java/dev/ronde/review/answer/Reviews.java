package dev.ronde.review.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
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

/** Reviews for the other rooms: finding them, what a reviewer is shown, and {@link #act everything that is done with them}. */
public final class Reviews {

    private final InstantSource clock;
    private final ReviewSteps steps;
    private final Looks looks;
    private final People people;
    private final Attesting attesting;
    private final OwnerActions owners;
    private final LeadActions leads;
    private final LateActions late;
    private final SecondPerson second;
    private final Requested requested;
    private final Duties duties;

    public Reviews(InstantSource clock, ReviewParts parts, Estate estate, Looks looks, People people) {
        this.clock = clock;
        this.steps = new ReviewSteps(clock, parts.records(), estate);
        this.looks = looks;
        this.people = people;
        Settlement settlement = new Settlement(steps, parts.dates());
        this.attesting = new Attesting(steps, settlement, looks, people);
        this.owners = new OwnerActions(steps, people);
        this.leads = new LeadActions(steps, parts.enrolments(), people);
        this.second = new SecondPerson(steps, settlement, people);
        this.requested = new Requested(steps, parts.openings());
        this.late = new LateActions(steps, settlement, requested);
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

    public Optional<Review> find(Handle handle, UUID id) {
        return handle.attach(ReviewDao.class).find(id);
    }

    public Map<UUID, Review> byIds(Handle handle, Collection<UUID> ids) {
        return handle.attach(ReviewDao.class).byIds(ids);
    }

    public List<Review> waiting(Handle handle) {
        return handle.attach(ReviewDao.class).listWaiting(clock.instant());
    }

    /** Reviews that wait for this person, theirs or passed on to them, earliest due date first. */
    public List<Review> waitingWith(Handle handle, UUID personId) {
        return handle.attach(ReviewDao.class).listWaitingWith(personId, clock.instant());
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

    public Duties duties() {
        return duties;
    }

    public ReviewLook look() {
        return new ReviewLook(looks);
    }

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

    public List<ReviewEvent> history(Handle handle, UUID reviewId) {
        return handle.attach(ReviewEventDao.class).listByReview(reviewId);
    }

    public Map<UUID, List<ReviewEvent>> histories(Handle handle, Collection<UUID> reviewIds) {
        return handle.attach(ReviewEventDao.class).listByReviews(reviewIds).stream()
                .collect(Collectors.groupingBy(ReviewEvent::reviewId));
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

    public Situation situation(Handle handle, Review review) {
        return situation(handle, review, Locale.ENGLISH);
    }

    public Situation situation(Handle handle, Review review, Locale locale) {
        return Situation.of(handle, review, looks, clock.instant(), locale);
    }

    public Map<UUID, Situation> situations(Handle handle, Collection<Review> reviews, Locale locale) {
        return Situation.all(handle, reviews, looks, clock.instant(), locale);
    }

    /** Those of the plan's required protections that the asset could have and that are not known to be on. */
    public List<NotOn> requiredNotOn(Handle handle, Review review) {
        List<String> required = ReviewRecords.plan(handle, review).requiredProtections();
        return looks.checks().notOn(handle, review.assetId(), required, clock.instant());
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

    private UUID as(Handle tx, Review review, Verb verb, Visitor who) {
        return duties.ties(tx, who, review).answeringAs(who.person(), review, verb);
    }

    public Assurance requiredAssurance(Handle handle, Review review) {
        return attesting.required(handle, review);
    }

    public Assurance requiredAssurance(Handle handle, Review review, String criticality) {
        return ReviewRecords.plan(handle, review).assurance().forCriticality(criticality);
    }

    /**
     * Does what is asked for, in the caller's transaction together with its evidence record. {@link Verb} says who may and from which states.
     *
     * @param seen the review as whoever asks saw it
     * @return the review as it then stands; of a problem with what was attested, the one that waits with it
     * @throws Problem 403 for who may not, or below the plan's assurance level; 409 when the review stands otherwise, was changed by somebody
     *     else since it was read, or its configuration is no longer the one that was looked at; 422 for input that cannot be accepted
     */
    public Review act(Handle tx, Review seen, ReviewAct command, Visitor who) {
        Verb verb = Verb.of(command);
        duties.require(tx, who, seen, verb);
        verb.from().require(seen, steps);
        return switch (verb) {
            case ATTEST -> attesting.attest(tx, seen, ((ReviewAct.Attest) command).request(), who);
            case WITHDRAW -> attesting.withdraw(tx, seen, who);
            case ACKNOWLEDGE -> owners.acknowledge(tx, seen, who);
            case DELEGATE -> owners.delegate(tx, seen, (ReviewAct.Delegate) command, who);
            case ACCEPT_DELEGATION -> owners.acceptDelegation(tx, seen, as(tx, seen, verb, who), who);
            case SNOOZE -> owners.snooze(tx, seen, (ReviewAct.Snooze) command, who);
            case NOT_MINE -> owners.notMine(tx, seen, (ReviewAct.NotMine) command, as(tx, seen, verb, who), who);
            case PROBLEM ->
                seen.stateAt(steps.now()) == ReviewState.ATTESTED
                        ? late.problem(tx, seen, (ReviewAct.ReportProblem) command, who)
                        : owners.problem(tx, seen, (ReviewAct.ReportProblem) command, who);
            case APPROVE -> second.approve(tx, seen, (ReviewAct.Approve) command, who);
            case REJECT -> second.reject(tx, seen, (ReviewAct.Reject) command, who);
            case EXTEND -> leads.extend(tx, seen, (ReviewAct.Extend) command, who);
            case REFUSE_TIME -> leads.refuseTime(tx, seen, (ReviewAct.RefuseTime) command, who);
            case ASSIGN -> leads.assign(tx, seen, (ReviewAct.Assign) command, who);
            case REMIND -> leads.remind(tx, seen, who);
            case DECIDE_PROBLEM -> leads.decideProblem(tx, seen, (ReviewAct.DecideProblem) command, who);
            case MISSED -> leads.recordMissed(tx, seen, (ReviewAct.RecordMissed) command, who);
        };
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

    /** Whether this person or token, by its reference, had a part in the review and so cannot be its second person. */
    public boolean hadPart(Handle handle, Review review, String actorRef) {
        return second.hadPart(handle, review, actorRef);
    }

    public List<Person> secondPeople(Handle handle, Review review) {
        return second.able(handle, review);
    }

    /** Whether the review with this ref waits for a second person and nobody may be asked to be that. */
    public boolean unsignable(Handle handle, String ref) {
        Review review = get(handle, ref);
        return review.approval().pending() && secondPeople(handle, review).isEmpty();
    }

    public List<Review> awaitingApproval(Handle handle) {
        return handle.attach(ReviewDao.class).listAwaitingApproval();
    }
}
