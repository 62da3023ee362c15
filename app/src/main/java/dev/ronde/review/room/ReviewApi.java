package dev.ronde.review.room;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewFilter;
import dev.ronde.review.ReviewReader;
import dev.ronde.review.ReviewRow;
import dev.ronde.review.ReviewState;
import dev.ronde.review.Undecided;
import dev.ronde.review.answer.Action;
import dev.ronde.review.answer.Reviews;
import io.javalin.http.Context;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reviews over the API. Owners see and act on what is theirs; leads on everything. */
public final class ReviewApi implements Routes {

    private static final String ROOT = "/api/v1/reviews";
    /** What each of these asks of whoever sends it; the others are asked of roles, or of who attested. */
    private static final Map<String, Action> ASKED = Map.of(
            "acknowledge", Action.ACKNOWLEDGE,
            "problem", Action.PROBLEM,
            "delegate", Action.DELEGATE,
            "snooze", Action.SNOOZE,
            "not-mine", Action.NOT_MINE);

    private static final int MAX_BODY = 1_000_000;

    private final Database database;
    private final InstantSource clock;
    private final Reviews reviews;
    private final ReviewReader reader;
    private final ReviewCsv csv;

    public ReviewApi(Database database, InstantSource clock, ReviewRoom room) {
        this.database = database;
        this.clock = clock;
        this.reviews = room.reviews();
        this.reader = room.reader();
        this.csv = room.csv();
    }

    @Override
    public void register(Router router) {
        router.get(ROOT, Access.READERS, this::list);
        router.get(ROOT + ".csv", Access.READERS, this::download);
        router.post(ROOT, Access.LEADS, this::request);
        router.get(ROOT + "/{ref}", Access.READERS, this::get);
        router.post(ROOT + "/{ref}/attest", Access.ANSWERERS, this::attest);
        act(
                router,
                "acknowledge",
                Access.ANSWERERS,
                None.class,
                (tx, review, body, who) -> reviews.acknowledge(tx, review, who.actor(), who.channel()));
        act(
                router,
                "problem",
                Access.ANSWERERS,
                Text.class,
                (tx, review, body, who) -> reviews.problem(tx, review, body.text(), who.actor(), who.channel()));
        act(
                router,
                "delegate",
                Access.ANSWERERS,
                To.class,
                (tx, review, body, who) -> reviews.delegate(tx, review, body.to(), who.actor(), who.channel()));
        act(
                router,
                "accept-delegation",
                Access.ANSWERERS,
                None.class,
                (tx, review, body, who) -> reviews.acceptDelegation(
                        tx,
                        review,
                        reviews.duties().answeringAs(tx, who.principal(), review, Action.ACCEPT),
                        who.actor(),
                        who.channel()));
        act(
                router,
                "snooze",
                Access.ANSWERERS,
                Until.class,
                (tx, review, body, who) ->
                        reviews.snooze(tx, review, body.until(), who.principal().lead(), who.actor(), who.channel()));
        act(
                router,
                "not-mine",
                Access.ANSWERERS,
                Note.class,
                (tx, review, body, who) -> reviews.notMine(
                        tx,
                        review,
                        reviews.duties().answeringAs(tx, who.principal(), review, Action.NOT_MINE),
                        body.note(),
                        who.actor(),
                        who.channel()));
        act(
                router,
                "withdraw",
                Access.ANSWERERS,
                None.class,
                (tx, review, body, who) -> reviews.withdraw(tx, review, who.actor(), who.channel()));
        act(
                router,
                "approve",
                Access.LEADS,
                Note.class,
                (tx, review, body, who) -> reviews.approve(tx, review, body.note(), who.actor(), who.channel()));
        act(
                router,
                "reject",
                Access.LEADS,
                Reason.class,
                (tx, review, body, who) -> reviews.reject(tx, review, body.reason(), who.actor(), who.channel()));
        act(
                router,
                "extend",
                Access.LEADS,
                Extension.class,
                (tx, review, body, who) ->
                        reviews.extend(tx, review, body.until(), body.reason(), who.actor(), who.channel()));
        act(
                router,
                "refuse-time",
                Access.LEADS,
                Extension.class,
                (tx, review, body, who) ->
                        reviews.refuseTime(tx, review, body.until(), body.reason(), who.actor(), who.channel()));
        act(
                router,
                "assign",
                Access.LEADS,
                To.class,
                (tx, review, body, who) -> reviews.assign(tx, review, body.to(), who.actor(), who.channel()));
        act(
                router,
                "decide-problem",
                Access.LEADS,
                Decided.class,
                (tx, review, body, who) -> reviews.decideProblem(
                        tx, review, body.reportedAt(), body.decision(), who.actor(), who.channel()));
        act(
                router,
                "missed",
                Access.LEADS,
                Missed.class,
                (tx, review, body, who) -> reviews.recordMissed(
                        tx, review, body.cause(), body.action(), body.recovery(), who.actor(), who.channel()));
    }

    /** A body without fields. */
    public record None() {}

    /** What is wrong. */
    public record Text(@Nullable String text) {}

    /** A mail address. */
    public record To(@Nullable String to) {}

    /** A day. */
    public record Until(@Nullable LocalDate until) {}

    /** A remark. */
    public record Note(@Nullable String note) {}

    /** Why. */
    public record Reason(@Nullable String reason) {}

    /** What was decided about a problem, and about which: {@code at} of the problem as the review shows it. */
    public record Decided(
            @Nullable Instant reportedAt, @Nullable String decision) {}

    /** More time until this day, which is given or refused, and why. */
    public record Extension(
            @Nullable LocalDate until, @Nullable String reason) {}

    /** Why a review was missed and how it is made good. */
    public record Missed(
            @Nullable String cause,
            @Nullable String action,
            @Nullable String recovery) {}

    private record Who(Principal principal, Actor actor) {
        Channel channel() {
            return principal.channel();
        }
    }

    @FunctionalInterface
    private interface Step<T> {
        Review on(Handle tx, Review review, T body, Who who);
    }

    /** What changed outside, and whose review that asks for. */
    public record Wanted(
            @Nullable String asset,
            @Nullable String cause,
            @Nullable String reason,
            @Nullable String plan) {}

    private void request(Context context) {
        Principal principal = Requests.principal(context);
        Wanted wanted = Requests.body(context, Wanted.class);
        if (wanted.cause() != null && !wanted.cause().equals(Review.SIGNIFICANT_CHANGE)) {
            throw Problem.invalid("/cause", "bad_value", "Only significant_change can be asked for.");
        }
        Map<String, @Nullable Object> json = database.inTransaction(tx -> {
            Review review = reviews.request(
                    tx,
                    reader.asset(tx, wanted.asset()),
                    wanted.plan(),
                    wanted.reason(),
                    Actor.of(principal),
                    principal.channel());
            context.status(201).header("Location", ROOT + "/" + review.ref());
            return shown(tx, reader.get(tx, review.ref(), null), context);
        });
        context.json(json);
    }

    private <T> void act(Router router, String name, Access access, Class<T> body, Step<T> step) {
        Action asked = ASKED.get(name);
        router.post(
                ROOT + "/{ref}/" + name, access, context -> answer(context, asked, Requests.body(context, body), step));
    }

    private void attest(Context context) {
        JsonNode body = Requests.tree(context, MAX_BODY);
        answer(
                context,
                Action.ATTEST,
                AttestBody.read(body),
                (tx, review, request, who) -> reviews.attest(tx, review, request, who.actor(), who.channel()));
    }

    private <T> void answer(Context context, @Nullable Action asked, T body, Step<T> step) {
        Principal principal = Requests.principal(context);
        Who who = new Who(principal, Actor.of(principal));
        String ref = context.pathParam("ref");
        Map<String, @Nullable Object> json = database.inTransaction(tx -> {
            Review review = reader.get(tx, ref, principal.confinedTo()).review();
            if (asked != null) {
                reviews.duties().require(tx, principal, review, asked);
            }
            Review after = step.on(tx, review, body, who);
            // whoever passed it on no longer sees it as theirs, and still gets the answer
            return shown(tx, reader.get(tx, after.ref(), null), context);
        });
        context.json(json);
    }

    private void list(Context context) {
        Query query =
                Requests.query(context, "state", "overdue", "owner", "asset", "plan", "due_before", "limit", "cursor");
        PageOf<ReviewRow> page = reader.list(
                filter(query, Requests.principal(context), reader),
                query.limit(),
                query.cursor(2).orElse(null));
        Requests.list(context, database.read(handle -> page.map(row -> json(handle, row))));
    }

    private void download(Context context) {
        Query query = Requests.query(context, "state", "overdue", "owner", "asset", "plan", "due_before");
        csv.send(filter(query, Requests.principal(context), reader), ',', false, () -> file(context));
    }

    /** Where the table goes as a file. */
    static OutputStream file(Context context) {
        context.contentType("text/csv; charset=utf-8");
        context.header("Content-Disposition", "attachment; filename=\"reviews.csv\"");
        return context.outputStream();
    }

    private void get(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        context.json(database.read(handle ->
                shown(handle, reader.get(handle, context.pathParam("ref"), principal.confinedTo()), context)));
    }

    private Map<String, @Nullable Object> shown(Handle handle, ReviewRow row, Context context) {
        Requests.etag(context, row.review().version());
        return json(handle, row);
    }

    private Map<String, @Nullable Object> json(Handle handle, ReviewRow row) {
        boolean waiting = row.review().completable()
                || row.review().stateAt(clock.instant()).waiting();
        return ReviewJson.of(
                row,
                waiting ? reviews.situation(handle, row.review()) : null,
                row.review().handling().problemAt() == null
                        ? List.of()
                        : Undecided.of(
                                row.review(),
                                reviews.history(handle, row.review().id())),
                reviews.recovered(handle, row.review()).orElse(null),
                clock.instant());
    }

    /** The filter a query asks for, narrowed to what an owner may see. */
    static ReviewFilter filter(Query query, Principal principal, ReviewReader reader) {
        return new ReviewFilter(
                query.oneOf("state", ReviewState.class).orElse(null),
                query.flag("overdue").orElse(null),
                query.text("owner").map(reader::person).orElse(null),
                query.text("asset").orElse(null),
                query.text("plan").orElse(null),
                query.date("due_before").orElse(null),
                principal.confinedTo());
    }

    /** Refuses people who may look but not act. */
    static void requireActor(Principal principal) {
        if (!Access.ANSWERERS.allows(principal.role())) {
            throw Problem.forbidden("Your role may look at reviews, not act on them.");
        }
    }
}
