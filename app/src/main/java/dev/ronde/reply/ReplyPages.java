package dev.ronde.reply;

import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.ReaderWords;
import dev.ronde.review.answer.RefusalWords;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.room.ReviewPage;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The page of a review behind a personal link. A GET shows, whoever or whatever opens it; one deliberate POST acts. */
record ReplyPages(
        LinkPages door,
        Database database,
        LinkActs acts,
        LinkedReview page,
        DeadPages dead,
        RefusalWords refusals,
        PageRenderer pages)
        implements Routes {
    private static final String TEMPLATE = "web/reply/action.peb";

    @Override
    public void register(Router router) {
        router.link("/r/{handle}", Access.ANYONE, this::show);
        router.post("/r/{handle}", Access.ANYONE, this::act);
    }

    private void show(Context context) {
        LinkPages.Visit visit = door.enter(context, HandlePurpose.LINK);
        if (!visit.live()) {
            dead.show(context, visit);
            return;
        }
        String open = Optional.ofNullable(context.queryParam("a"))
                .flatMap(ReplyPages::byLink)
                .map(Verb::word)
                .orElse("");
        render(context, visit, 200, open, model -> List.of(), Map.of());
    }

    private void act(Context context) {
        LinkPages.Visit visit = door.enter(context, HandlePurpose.LINK);
        Map<String, String> fields = Requests.form(context);
        if (!visit.live()) {
            dead.act(context, visit, fields);
            return;
        }
        LinkPages.Asked asked = door.judge(visit, fields);
        Optional<Verb> verb = byLink(fields.getOrDefault("action", ""));
        if (asked == LinkPages.Asked.REFUSED || verb.isEmpty()) {
            boolean old = asked == LinkPages.Asked.REFUSED;
            String key = old ? "reply.notice.expired" : "reply.error.action";
            RefusalWords.Line line = new RefusalWords.Line(
                    "main", pages.words(visit.reader().locale()).text(key));
            render(context, visit, old ? 403 : 422, "", model -> List.of(line), fields);
            return;
        }
        Map<String, String> said = LinkPages.opened(fields);
        try {
            if (asked == LinkPages.Asked.CONFIRM) {
                database.useTransaction(tx -> acts.requireWhole(tx, visit, verb.get(), said));
                door.confirm(
                        context, pages, visit, HandlePurpose.LINK, verb.get().word(), fields);
                return;
            }
            LinkActs.Performed performed = database.inTransaction(tx -> acts.act(tx, visit, verb.get(), said));
            if (performed.standing().open()) {
                done(context, visit, performed.done());
            } else {
                askForCode(context, visit, fields, performed.standing());
            }
        } catch (Problem refused) {
            refuse(context, visit, verb.get(), said, refused);
        }
    }

    private static Optional<Verb> byLink(String word) {
        return Verb.of(word.replace('_', '-')).filter(verb -> verb.byMail() != Verb.ByMail.NO);
    }

    private static void done(Context context, LinkPages.Visit visit, String done) {
        context.redirect(
                visit.path(HandlePurpose.LINK) + "?ok=" + done + LinkPages.asked(context), HttpStatus.SEE_OTHER);
    }

    private void refuse(
            Context context, LinkPages.Visit visit, Verb verb, Map<String, String> fields, Problem refused) {
        boolean again = refused.status() == 409
                && database.read(handle -> acts.already(visit, acts.review(handle, visit), verb));
        if (again) {
            done(context, visit, "already");
            return;
        }
        ReaderWords words = pages.words(visit.reader().locale());
        render(
                context,
                visit,
                refused.status(),
                verb.word(),
                model -> refusals.lines(words, refused, ReviewPage.asked(model)),
                fields);
    }

    /** One more page for an answer that needs the code in the mail. */
    private void askForCode(
            Context context, LinkPages.Visit visit, Map<String, String> fields, StepUp.Standing standing) {
        Map<String, Object> model = new HashMap<>();
        model.put("action", visit.path(HandlePurpose.LINK));
        model.put("fields", door.again(visit, fields));
        model.put("what", fields.getOrDefault("action", ""));
        model.put("standing", standing.word());
        model.put("address", LinkView.masked(visit.person().email()));
        context.status(
                switch (standing) {
                    case WRONG, LATE -> 422;
                    case LOCKED, TOO_MANY -> 429;
                    default -> 200;
                });
        pages.render(context, "web/reply/code.peb", visit.reader(), model);
    }

    private void render(
            Context context,
            LinkPages.Visit visit,
            int status,
            String open,
            Function<Map<String, Object>, List<RefusalWords.Line>> errors,
            Map<String, String> form) {
        Map<String, Object> model = database.inTransaction(tx -> page.of(tx, visit, door));
        ReviewPage.putResult(
                model, pages.words(visit.reader().locale()), context.queryParam("ok"), context.queryParam("file"));
        model.put("open", open);
        model.put("errors", errors.apply(model));
        model.put("form", form);
        context.status(status);
        pages.render(context, TEMPLATE, visit.reader(), model);
    }
}
