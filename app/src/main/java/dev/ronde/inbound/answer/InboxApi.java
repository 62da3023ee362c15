package dev.ronde.inbound.answer;

import dev.ronde.evidence.Actor;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.inbound.message.MailLimits;
import dev.ronde.inbound.message.MailSort;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What arrived, over the API; its POST is the door for a mail server's pipe. */
record InboxApi(Database database, Inbox inbox, InboundDecisions decisions, InboxReader reader, Reviews reviews)
        implements Routes {
    /** A little more than a message that is kept whole, so that one over the limit comes with its size. */
    private static final int LARGEST = MailLimits.RAW + (1 << 20);

    @Override
    public void register(Router router) {
        router.get("/api/v1/inbox", Access.LEADS, this::list);
        router.post("/api/v1/inbox", Access.ADMINS, Intake.of(LARGEST), this::receive);
        router.get("/api/v1/inbox/{id}", Access.LEADS, this::get);
        router.get("/api/v1/inbox/{id}/source", Access.LEADS, this::source);
        router.get("/inbox/{id}/source", Access.LEADS, this::source);
        router.post("/api/v1/inbox/{id}/assign", Access.LEADS, this::assign);
    }

    public record Assigned(@Nullable String review) {}

    private void list(Context context) {
        Query query = Requests.query(context, "decision", "sort", "limit", "cursor");
        Requests.list(context, find(reader, query));
    }

    static PageOf<InboxView> find(InboxReader reader, Query query) {
        return reader.list(
                query.oneOf("decision", Decision.class).map(Decision::word).orElse(null),
                query.oneOf("sort", MailSort.class).map(MailSort::word).orElse(null),
                query.limit(),
                query.cursor(2));
    }

    /** Stores the message, decides it, and answers with what came of it; a message known already is answered as it stands. */
    private void receive(Context context) {
        long size = Requests.query(context, "original_size")
                .integer("original_size")
                .orElse(0);
        byte[] raw = Requests.bytes(context, LARGEST);
        if (raw.length == 0) {
            throw Problem.badRequest("empty", "Send one message as it stands on the wire (RFC 5322).");
        }
        Inbox.Stored stored = inbox.receive(Inbox.Place.pipe(Math.max(size, raw.length)), raw);
        decisions.decide(stored.id());
        context.status(stored.fresh() ? HttpStatus.CREATED : HttpStatus.OK);
        context.json(reader.get(stored.id()));
    }

    private void get(Context context) {
        context.json(reader.get(id(context)));
    }

    private void source(Context context) {
        String source = reader.source(id(context));
        context.contentType("text/plain; charset=utf-8");
        context.header("Content-Disposition", "attachment; filename=\"message.eml\"");
        context.result(source);
    }

    private void assign(Context context) {
        String ref = Requests.body(context, Assigned.class).review();
        if (ref == null || ref.isBlank()) {
            throw Problem.invalid("/review", "required", "Send the ref of the review, such as REV-1042.");
        }
        decisions.assign(
                id(context), review(database, reviews, ref), Actor.of(Requests.principal(context)), Channel.API);
        context.json(reader.get(id(context)));
    }

    static Review review(Database database, Reviews reviews, String ref) {
        return database.read(handle -> reviews.find(handle, ref.strip()))
                .orElseThrow(
                        () -> Problem.invalid("/review", "unknown_review", "There is no review " + ref.strip() + "."));
    }

    static UUID id(Context context) {
        return PathIds.of(context, "id", "message");
    }
}
