package dev.ronde.inbound.answer;

import dev.ronde.evidence.Actor;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.inbound.message.MailSort;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.answer.Reviews;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The inbox page: what came, how it was understood, what was decided and by which rule; what answers nothing can be assigned. */
record InboxPages(
        Database database,
        Inbox inbox,
        InboundDecisions decisions,
        InboxReader reader,
        Reviews reviews,
        PageRenderer pages)
        implements Routes {
    @Override
    public void register(Router router) {
        router.get("/inbox", Access.LEADS, this::list);
        router.get("/inbox/{id}", Access.LEADS, this::show);
        router.post("/inbox/{id}/assign", Access.LEADS, this::assign);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "decision", "sort", "limit", "cursor");
        PageOf<InboxView> page = InboxApi.find(reader, query);
        Map<String, Object> model = ListPage.of(query, page, "/inbox", List.of("decision", "sort"));
        model.put(
                "decisions",
                Arrays.stream(Decision.values()).map(Decision::word).toList());
        model.put("sorts", Arrays.stream(MailSort.values()).map(MailSort::word).toList());
        model.put("waiting", inbox.waiting());
        pages.render(context, "web/inbox/list.peb", model);
    }

    private void show(Context context) {
        render(context, "");
    }

    private void render(Context context, String error) {
        InboxView message = reader.get(InboxApi.id(context));
        Map<String, Object> model = new HashMap<>();
        model.put("message", message);
        model.put("files", inbox.files(message.id()));
        model.put("source", reader.hasSource(message.id()));
        model.put("error", error);
        model.put("assignable", Decision.UNMATCHED.word().equals(message.decision()));
        pages.render(context, "web/inbox/show.peb", model);
    }

    private void assign(Context context) {
        String ref = Requests.form(context).getOrDefault("review", "");
        try {
            decisions.assign(
                    InboxApi.id(context),
                    InboxApi.review(database, reviews, ref),
                    Actor.of(Requests.principal(context)),
                    Channel.PAGE);
            context.redirect("/inbox/" + InboxApi.id(context), HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            context.status(problem.status());
            render(context, problem.text());
        }
    }
}
