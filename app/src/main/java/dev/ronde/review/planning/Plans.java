package dev.ronde.review.planning;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.EnrolmentTally;
import dev.ronde.review.enrolment.Enrolments.Ended;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Review plans and their versions. A change and everything that follows from it, the reviews it enrols, moves and opens,
 * is one transaction; a preview is the same work rolled back, without what no number depends on, so its numbers are exact.
 */
public record Plans(
        Database database,
        InstantSource clock,
        EvidenceLog log,
        Estate estate,
        ReviewParts parts,
        Reviews reviews,
        MailForecast forecast) {
    private static final int BATCH = 200;

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
        return guarded(definition.id(), tx -> {
            if (tx.attach(PlanDao.class).lock(definition.id()).isPresent()) {
                get(tx, definition.id()).inForce();
                throw exists(definition.id());
            }
            return store(new Order(tx, by, channel, true), definition, announcement);
        });
    }

    public PlanChange add(PlanDefinition definition, Actor by, Channel channel) {
        return add(definition, Announcement.LATER, by, channel);
    }

    /** Creates the plan or gives it a new version; saying the same again changes nothing but enrols what now matches. */
    public PlanChange apply(PlanDefinition definition, Actor by, Channel channel) {
        return guarded(definition.id(), tx -> store(new Order(tx, by, channel, true), definition, Announcement.LATER));
    }

    private PlanChange guarded(String id, Function<Handle, PlanChange> work) {
        try {
            return database.inTransaction(work);
        } catch (RuntimeException failure) {
            if (Database.isUniqueViolation(failure)) {
                throw exists(id);
            }
            throw failure;
        }
    }

    public static Problem exists(String id) {
        return Problem.conflict(
                "plan_exists", "A plan '" + id + "' exists already. Use apply to change it, or choose another id.");
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
            check.accept(locked(tx, definition.id()).planVersion());
            return store(new Order(tx, by, channel, true), definition, announcement);
        });
    }

    private Plan locked(Handle tx, String id) {
        tx.attach(PlanDao.class).lock(id);
        return get(tx, id);
    }

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

    public List<Covered> assets(Handle handle) {
        return estate.active(handle);
    }

    /** What {@link #add}, {@link #apply} or {@link #change} would do, without doing it. */
    public PlanChange preview(PlanDefinition definition, Announcement announcement, Actor by, Channel channel) {
        return rehearsed(by, channel, order -> store(order, definition, announcement));
    }

    /**
     * Which mails {@link #add} or {@link #change} of all of these, one right after the other, would set off, without doing it. Whoever
     * hears of several has them gathered, so it is not the sum of what each would set off alone.
     */
    public MailsAhead mailsOfAll(
            List<PlanDefinition> definitions, Announcement announcement, Actor by, Channel channel) {
        return rehearsed(by, channel, order -> {
            List<Review> opened = new ArrayList<>();
            definitions.forEach(definition -> opened.addAll(put(order, definition, announcement).opened));
            return forecast.of(order.tx, reviews, opened, clock.instant());
        });
    }

    /**
     * Lets the reviews of a plan go that wait for an announcement, and opens those inside their lead time.
     *
     * @throws Problem 404 without such a plan
     */
    public PlanChange announce(String id, Actor by, Channel channel) {
        return database.inTransaction(tx -> announce(new Order(tx, by, channel, true), id));
    }

    /** What {@link #announce} would do: the exact number of mails. */
    public PlanChange previewAnnouncement(String id, Actor by, Channel channel) {
        return rehearsed(by, channel, order -> announce(order, id));
    }

    /**
     * Ends a plan for good: nothing opens under it any more, and nobody changes it. One that is retired stays as it is.
     *
     * @param check looks at the locked plan and may refuse
     * @throws Problem 404 without such a plan, 422 without a reason
     */
    public Retirement retire(
            String id, Consumer<Plan> check, OpenReviews open, @Nullable String reason, Actor by, Channel channel) {
        String why = ReviewSteps.required("/reason", reason, "Say why the plan ends.");
        return database.inTransaction(tx -> {
            Plan plan = locked(tx, id);
            check.accept(plan);
            return retire(new Order(tx, by, channel, true), plan, open, why);
        });
    }

    public Retirement previewRetirement(String id, OpenReviews open, Actor by, Channel channel) {
        return rehearsed(by, channel, order -> retire(order, locked(order.tx, id), open, ""));
    }

    private Retirement retire(Order order, Plan plan, OpenReviews open, String reason) {
        if (plan.retiredAt() != null) {
            return new Retirement(open, null);
        }
        Instant now = clock.instant();
        order.tx.attach(PlanDao.class).retire(plan.id(), now, reason);
        Ended ended = parts.enrolments().retire(order.under(plan), open == OpenReviews.WITHDRAW, estate);
        log.append(
                order.tx,
                Evidence.of("plan.retired", order.by, Subject.of("plan", plan.id(), plan.planVersion()))
                        .data("retired_at", now)
                        .data("open", open.word())
                        .data("assets", ended.assets())
                        .data("cancelled", ended.cancelled())
                        .data("withdrawn", ended.withdrawn())
                        .data("left_open", ended.leftOpen())
                        .data("overdue", ended.overdue())
                        .data("channel", order.channel.word())
                        .priv("reason", reason));
        return new Retirement(open, ended);
    }

    /** Who asks for something, in which transaction, and whether it stays. */
    private record Order(Handle tx, Actor by, Channel channel, boolean kept) {
        PlanWork under(Plan plan) {
            return new PlanWork(tx, PlanInForce.of(plan), by, channel, kept);
        }
    }

    /** Does work for its numbers alone: what it wrote is rolled back. */
    private <T> T rehearsed(Actor by, Channel channel, Function<Order, T> work) {
        return database.inTransaction(tx -> {
            T done = work.apply(new Order(tx, by, channel, false));
            tx.rollback();
            return done;
        });
    }

    private PlanChange announce(Order order, String id) {
        locked(order.tx, id).inForce();
        List<Review> opened = release(order, id);
        return changed(order, id, new Stored(Kind.UNCHANGED, 0, new EnrolmentTally(), opened));
    }

    /** Releases what is held, and opens the part that is inside its lead time. */
    private List<Review> release(Order order, String id) {
        order.tx.attach(PlanDao.class).announce(id, clock.instant());
        Plan plan = get(order.tx, id);
        ReviewDao dao = order.tx.attach(ReviewDao.class);
        List<Review> held = dao.listHeld(id);
        dao.updateAll(held.stream().map(Review::released).toList(), clock.instant());
        List<Review> opened = open(order.under(plan));
        if (!held.isEmpty() || !opened.isEmpty()) {
            List<Review> announced = held.isEmpty() ? opened : held;
            log.append(
                    order.tx,
                    Evidence.of("plan.announced", order.by, Subject.of("plan", id, plan.planVersion()))
                            .data("reviews", announced.stream().map(Review::ref).toList()));
        }
        return opened;
    }

    private PlanChange store(Order order, PlanDefinition definition, Announcement announcement) {
        return changed(order, definition.id(), put(order, definition, announcement));
    }

    private PlanChange changed(Order order, String id, Stored stored) {
        MailsAhead ahead = forecast.of(order.tx, reviews, stored.opened, clock.instant());
        EnrolmentTally.Counts counts = stored.tally.counts();
        PlanEffect effect = new PlanEffect(
                counts.enrolled(),
                stored.opened.size(),
                counts.moved(),
                counts.added(),
                counts.becameOverdue(),
                counts.cancelled(),
                stored.kept,
                order.tx.attach(ReviewDao.class).countHeld(id),
                ahead.mails(),
                ahead.people(),
                ahead.held(),
                ahead.first());
        return new PlanChange(get(order.tx, id), stored.kind, effect);
    }

    /** What came of a plan that was added or changed, but for its mails. */
    private record Stored(Kind kind, int kept, EnrolmentTally tally, List<Review> opened) {}

    private Stored put(Order order, PlanDefinition definition, Announcement announcement) {
        PlanDao dao = order.tx.attach(PlanDao.class);
        Instant now = clock.instant();
        Optional<Integer> present = dao.lock(definition.id());
        String text = Plan.text(definition);
        LocalDate onceOn = definition.onceOn().orElse(null);
        Kind kind = Kind.UNCHANGED;
        int kept = 0;
        if (present.isEmpty()) {
            PlanReach.require(definition, now);
            dao.insert(definition.id(), onceOn, now);
            dao.insertVersion(definition.id(), 1, definition.title(), text, now, order.by.ref());
            kind = Kind.CREATED;
        } else if (!get(order.tx, definition.id()).inForce().read().equals(definition)) {
            if (!get(order.tx, definition.id()).read().cadence().equals(definition.cadence())) {
                PlanReach.require(definition, now);
                kept = order.tx.attach(ReviewDao.class).countOpen(definition.id(), now);
                order.tx.attach(EnrolmentDao.class).clearAnchors(definition.id());
            }
            int next = present.get() + 1;
            dao.insertVersion(definition.id(), next, definition.title(), text, now, order.by.ref());
            dao.update(definition.id(), next, onceOn, now);
            kind = Kind.UPDATED;
        }
        Plan plan = get(order.tx, definition.id());
        if (kind != Kind.UNCHANGED) {
            log.append(order.tx, record(plan, kind, order.by));
        }
        PlanWork work = order.under(plan);
        EnrolmentTally tally = parts.enrolments().match(work, estate.active(order.tx), kind == Kind.UPDATED, Set.of());
        List<Review> opened = new ArrayList<>(open(work));
        if (announcement == Announcement.NOW) {
            opened.addAll(release(order, plan.id()));
        }
        return new Stored(kind, kept, tally, opened);
    }

    private static Evidence record(Plan plan, Kind kind, Actor by) {
        return Evidence.of(
                        kind == Kind.CREATED ? "plan.created" : "plan.changed",
                        by,
                        Subject.of("plan", plan.id(), plan.planVersion()))
                .data("after", plan.tree());
    }

    private List<Review> open(PlanWork work) {
        ReviewDao dao = work.tx().attach(ReviewDao.class);
        List<Review> opened = new ArrayList<>();
        List<Review> due = dao.listToOpen(clock.instant(), work.plan().id(), BATCH);
        while (!due.isEmpty()) {
            Map<UUID, Covered> assets =
                    estate.byIds(work.tx(), due.stream().map(Review::assetId).collect(Collectors.toSet()));
            opened.addAll(parts.openings().open(work, due, assets));
            due = dao.listToOpen(clock.instant(), work.plan().id(), BATCH);
        }
        return opened;
    }
}
