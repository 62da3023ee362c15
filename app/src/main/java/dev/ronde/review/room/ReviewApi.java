package dev.ronde.review.room;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
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
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reviews over the API. Owners see and act on what is theirs; leads on everything. */
public record ReviewApi(Database database, InstantSource clock, Reviews reviews, ReviewReader reader)
        implements Routes {
    private static final String ROOT = "/api/v1/reviews";

    @Override
    public void register(Router router) {
        router.get(ROOT, Access.SCOPED, this::list);
        router.post(ROOT, Access.LEADS, this::request);
        router.get(ROOT + "/{ref}", Access.SCOPED, this::get);
        for (Verb verb : Verb.values()) {
            router.post(ROOT + "/{ref}/" + verb.word(), verb.access(), context -> act(context, verb));
        }
    }

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

    /** @param answers from the path of a change or the id of a checklist item to what is answered */
    private record AttestBody(
            @Nullable String outcome,
            @Nullable String note,
            @Nullable String snapshotDigest,
            @Nullable Map<String, AttestRequest.Answer> answers,
            AttestRequest.@Nullable WaiverRequest waiver,
            @Nullable String seen) {
        ReviewAct act() {
            Map<String, AttestRequest.Answer> given = new LinkedHashMap<>(answers == null ? Map.of() : answers);
            given.values().removeIf(Objects::isNull);
            return new ReviewAct.Attest(
                    new AttestRequest(outcome, note, snapshotDigest, given, waiver, null).seeing(seen));
        }
    }

    private void act(Context context, Verb verb) {
        ReviewAct command = verb == Verb.ATTEST
                ? Requests.body(context, AttestBody.class).act()
                : Requests.body(context, verb.act());
        Principal principal = Requests.principal(context);
        String ref = context.pathParam("ref");
        Map<String, @Nullable Object> json = database.inTransaction(tx -> {
            Review review = reader.get(tx, ref, principal.confinedTo()).review();
            Review after = reviews.act(tx, review, command, Visitor.of(principal));
            // whoever passed it on no longer sees it as theirs, and still gets the answer
            return shown(tx, reader.get(tx, after.ref(), null), context);
        });
        context.json(json);
    }

    private void list(Context context) {
        Query query = Requests.query(
                context, "state", "overdue", "owner", "asset", "plan", "due_before", "sort", "limit", "cursor");
        ReviewFilter filter = filter(query, Requests.principal(context), reader);
        Requests.list(context, query, asked -> {
            PageOf<ReviewRow> page = reader.list(filter, asked);
            return database.read(handle -> page.map(row -> json(handle, row)));
        });
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
}
