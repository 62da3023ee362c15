package dev.ronde.review.planning;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.EnrolmentTally;
import dev.ronde.review.enrolment.ReviewParts;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanInForce;
import dev.ronde.review.plan.PlanVocabulary;
import dev.ronde.review.planning.PlanChange.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Review plans and their versions. A change and everything that follows from it, the reviews it enrols, moves and opens,
 * is one transaction; a preview is the same work rolled back, without what no number depends on, so its numbers are exact.
 */
public final class Plans {

    private static final int BATCH = 200;

    private final Database database;
    private final InstantSource clock;
    private final EvidenceLog log;
    private final Estate estate;
    private final ReviewParts parts;
    private final ReviewParts rehearsal;
    private final Reviews reviews;
    private final MailForecast forecast;
    private final Retirements retirements;

    public Plans(
            Database database,
            InstantSource clock,
            EvidenceLog log,
            Estate estate,
            ReviewParts parts,
            Reviews reviews,
            MailForecast forecast) {
        this.database = database;
        this.clock = clock;
        this.log = log;
        this.estate = estate;
        this.parts = parts;
        this.rehearsal = parts.rehearsal();
        this.reviews = reviews;
        this.forecast = forecast;
        this.retirements = new Retirements(database, clock, estate, parts);
    }

    public Retirements retirements() {
        return retirements;
    }

    /** Every control that a plan, in any of its versions, is done for; such as {@code iso27001:A.8.9}. */
    public Set<String> controls(Handle handle) {
        Set<String> controls = new HashSet<>();
        handle.attach(PlanDao.class)
                .listVersions()
                .forEach(plan -> plan.tree().path("frameworks").forEach(control -> controls.add(control.asString(""))));
        return controls;
    }

    public Optional<Plan> find(Handle handle, String id) {
        return handle.attach(PlanDao.class).find(id);
    }

    /**
     * The plan as it stands.
     *
     * @throws Problem 404 without such a plan
     */
    public Plan get(Handle handle, String id) {
        return find(handle, id).orElseThrow(() -> Problem.notFound("plan", id));
    }

    /** By id, including retired plans. */
    public List<Plan> list(Handle handle) {
        return handle.attach(PlanDao.class).listAll();
    }

    public List<Plan> inForce(Handle handle) {
        return handle.attach(PlanDao.class).listInForce();
    }

    /**
     * Adds a plan, enrols what it covers and opens what is inside its lead time.
     *
     * @throws Problem 409 when a plan of this id exists
     */
    public PlanChange add(PlanDefinition definition, Announcement announcement, Actor by, Channel channel) {
        return guarded(
                () -> database.inTransaction(tx -> {
                    if (tx.attach(PlanDao.class).lock(definition.id()).isPresent()) {
                        get(tx, definition.id()).inForce();
                        throw exists(definition.id());
                    }
                    return store(tx, parts, definition, announcement, by, channel);
                }),
                definition.id());
    }

    /** As {@link #add}, without an announcement. */
    public PlanChange add(PlanDefinition definition, Actor by, Channel channel) {
        return add(definition, Announcement.LATER, by, channel);
    }

    /** Creates the plan or gives it a new version; saying the same again changes nothing but enrols what now matches. */
    public PlanChange apply(PlanDefinition definition, Actor by, Channel channel) {
        return guarded(
                () -> database.inTransaction(tx -> store(tx, parts, definition, Announcement.LATER, by, channel)),
                definition.id());
    }

    /**
     * Changes a plan that exists.
     *
     * @param check looks at the locked present version and may refuse
     * @throws Problem 404 without such a plan
     */
    public PlanChange change(
            PlanDefinition definition, IntConsumer check, Announcement announcement, Actor by, Channel channel) {
        return database.inTransaction(tx -> {
            int present = tx.attach(PlanDao.class)
                    .lock(definition.id())
                    .orElseThrow(() -> Problem.notFound("plan", definition.id()));
            check.accept(present);
            return store(tx, parts, definition, announcement, by, channel);
        });
    }

    /** How many active assets the scope of this plan covers now. */
    public int covered(Handle handle, PlanDefinition definition) {
        return (int) estate.active(handle).stream()
                .filter(asset -> definition.scope().covers(asset.candidate()))
                .count();
    }

    /** What is allowed in this plan and hardly meant; the vocabulary says which frameworks are known. */
    public List<PlanWarning> warnings(Handle handle, PlanDefinition definition, PlanVocabulary vocabulary) {
        LocalDate today = LocalTimes.dayOf(clock.instant(), definition.zone());
        List<PlanWarning> warnings = new ArrayList<>(PlanWarning.of(definition, today));
        Set<String> named = new TreeSet<>(definition.scope().assets());
        if (!named.isEmpty()) {
            estate.active(handle).forEach(asset -> named.remove(asset.ref()));
            if (!named.isEmpty()) {
                warnings.add(PlanWarning.unknownAssets(List.copyOf(named)));
            }
        }
        vocabulary
                .unknownFrameworks(definition)
                .forEach(framework -> warnings.add(PlanWarning.unknownFramework(
                        framework, vocabulary.frameworks().keySet())));
        return warnings;
    }

    /** Every active asset, as scopes look at it. */
    public List<Covered> assets(Handle handle) {
        return estate.active(handle);
    }

    /** What {@link #add} or {@link #change} would do, without doing it. */
    public PlanChange preview(PlanDefinition definition, Announcement announcement, Actor by, Channel channel) {
        return Rehearsal.of(database, tx -> store(tx, rehearsal, definition, announcement, by, channel));
    }

    /** What {@link #apply} would do, without doing it. */
    public PlanChange preview(PlanDefinition definition, Actor by, Channel channel) {
        return preview(definition, Announcement.LATER, by, channel);
    }

    /**
     * Which mails {@link #add} or {@link #change} of all of these, one right after the other, would set off, without doing it. Whoever
     * hears of several has them gathered, so it is not the sum of what each would set off alone.
     */
    public MailsAhead mailsOfAll(
            List<PlanDefinition> definitions, Announcement announcement, Actor by, Channel channel) {
        return Rehearsal.of(database, tx -> {
            List<Review> opened = new ArrayList<>();
            definitions.forEach(
                    definition -> opened.addAll(put(tx, rehearsal, definition, announcement, by, channel).opened));
            return forecast.of(tx, reviews, opened, clock.instant());
        });
    }

    /**
     * Lets the reviews of a plan go that wait for an announcement, and opens those inside their lead time.
     *
     * @throws Problem 404 without such a plan
     */
    public PlanChange announce(String id, Actor by, Channel channel) {
        return database.inTransaction(tx -> announce(tx, parts, id, by, channel));
    }

    /** What {@link #announce} would do: the exact number of mails. */
    public PlanChange previewAnnouncement(String id, Actor by, Channel channel) {
        return Rehearsal.of(database, tx -> announce(tx, rehearsal, id, by, channel));
    }

    private PlanChange announce(Handle tx, ReviewParts work, String id, Actor by, Channel channel) {
        tx.attach(PlanDao.class).lock(id);
        get(tx, id).inForce();
        List<Review> opened = release(tx, work, id, by, channel);
        MailsAhead ahead = forecast.of(tx, reviews, opened, clock.instant());
        PlanEffect effect = new PlanEffect(
                0, opened.size(), 0, 0, 0, 0, 0, 0, ahead.mails(), ahead.people(), ahead.held(), ahead.first());
        return new PlanChange(get(tx, id), Kind.UNCHANGED, effect);
    }

    /** Releases what is held, and opens the part that is inside its lead time. */
    private List<Review> release(Handle tx, ReviewParts work, String id, Actor by, Channel channel) {
        tx.attach(PlanDao.class).announce(id, clock.instant());
        Plan plan = get(tx, id);
        ReviewDao dao = tx.attach(ReviewDao.class);
        List<Review> held = dao.listHeld(id);
        dao.updateAll(held.stream().map(Review::released).toList(), clock.instant());
        List<Review> opened = open(tx, work, PlanInForce.of(plan), by, channel);
        if (!held.isEmpty() || !opened.isEmpty()) {
            List<Review> announced = held.isEmpty() ? opened : held;
            log.append(
                    tx,
                    Evidence.of("plan.announced", by, Subject.of("plan", id, plan.planVersion()))
                            .data("reviews", announced.stream().map(Review::ref).toList()));
        }
        return opened;
    }

    private PlanChange store(
            Handle tx,
            ReviewParts work,
            PlanDefinition definition,
            Announcement announcement,
            Actor by,
            Channel channel) {
        Stored stored = put(tx, work, definition, announcement, by, channel);
        MailsAhead ahead = forecast.of(tx, reviews, stored.opened, clock.instant());
        PlanEffect effect = new PlanEffect(
                stored.tally.enrolled(),
                stored.opened.size(),
                stored.tally.moved(),
                stored.tally.added(),
                stored.tally.becameOverdue(),
                stored.tally.cancelled(),
                stored.kept,
                tx.attach(ReviewDao.class).countHeld(definition.id()),
                ahead.mails(),
                ahead.people(),
                ahead.held(),
                ahead.first());
        return new PlanChange(get(tx, definition.id()), stored.kind, effect);
    }

    /** What came of a plan that was added or changed, but for its mails. */
    private record Stored(Kind kind, int kept, EnrolmentTally tally, List<Review> opened) {}

    private Stored put(
            Handle tx,
            ReviewParts work,
            PlanDefinition definition,
            Announcement announcement,
            Actor by,
            Channel channel) {
        PlanDao dao = tx.attach(PlanDao.class);
        Instant now = clock.instant();
        Optional<Integer> present = dao.lock(definition.id());
        String text = Plan.text(definition);
        LocalDate onceOn = definition.onceOn().orElse(null);
        Kind kind = Kind.UNCHANGED;
        int kept = 0;
        if (present.isEmpty()) {
            PlanReach.require(definition, now);
            dao.insert(definition.id(), onceOn, now);
            dao.insertVersion(definition.id(), 1, definition.title(), text, now, by.ref());
            kind = Kind.CREATED;
        } else if (!get(tx, definition.id()).inForce().definition().equals(text)) {
            if (!get(tx, definition.id()).read().cadence().equals(definition.cadence())) {
                PlanReach.require(definition, now);
                kept = tx.attach(ReviewDao.class).countOpen(definition.id(), now);
                tx.attach(EnrolmentDao.class).clearAnchors(definition.id());
            }
            int next = present.get() + 1;
            dao.insertVersion(definition.id(), next, definition.title(), text, now, by.ref());
            dao.update(definition.id(), next, onceOn, now);
            kind = Kind.UPDATED;
        }
        Plan plan = get(tx, definition.id());
        if (kind != Kind.UNCHANGED) {
            log.append(tx, record(plan, kind, by));
        }
        PlanInForce inForce = PlanInForce.of(plan);
        EnrolmentTally tally =
                work.enrolments().match(tx, inForce, estate.active(tx), kind == Kind.UPDATED, Set.of(), by, channel);
        List<Review> opened = new ArrayList<>(open(tx, work, inForce, by, channel));
        if (announcement == Announcement.NOW) {
            opened.addAll(release(tx, work, plan.id(), by, channel));
        }
        return new Stored(kind, kept, tally, opened);
    }

    private Evidence record(Plan plan, Kind kind, Actor by) {
        return Evidence.of(
                        kind == Kind.CREATED ? "plan.created" : "plan.changed",
                        by,
                        Subject.of("plan", plan.id(), plan.planVersion()))
                .data("after", plan.tree());
    }

    private List<Review> open(Handle tx, ReviewParts work, PlanInForce plan, Actor by, Channel channel) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        List<Review> opened = new ArrayList<>();
        List<Review> due = dao.listToOpen(clock.instant(), plan.id(), BATCH);
        while (!due.isEmpty()) {
            Map<UUID, Covered> assets =
                    estate.byIds(tx, due.stream().map(Review::assetId).collect(Collectors.toSet()));
            opened.addAll(work.openings().open(tx, due, plan, assets, by, channel));
            due = dao.listToOpen(clock.instant(), plan.id(), BATCH);
        }
        return opened;
    }

    private static PlanChange guarded(java.util.function.Supplier<PlanChange> work, String id) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            if (Database.isUniqueViolation(failure)) {
                throw exists(id);
            }
            throw failure;
        }
    }

    /** The refusal of an id that is taken, 409. */
    public static Problem exists(String id) {
        return Problem.conflict(
                "plan_exists", "A plan '" + id + "' exists already. Use apply to change it, or choose another id.");
    }
}
