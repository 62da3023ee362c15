package dev.ronde.review.room;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewReader;
import dev.ronde.review.answer.CommandForm;
import dev.ronde.review.answer.RefusalWords;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The page of a review; every form works without script and keeps what was typed when it is refused. */
record ReviewPages(
        Database database,
        Reviews reviews,
        ReviewReader reader,
        ReviewPage page,
        RefusalWords refusals,
        PageRenderer pages)
        implements Routes {
    private static final Set<String> SAID_ON_THE_PAGE =
            Set.of("assurance_too_low", "had_a_part", "accept_first", "attested_by_another", "not_yours");

    @Override
    public void register(Router router) {
        router.get("/reviews/{ref}", Access.SCOPED, this::show);
        router.post("/reviews/{ref}/{action}", Access.ANSWERERS, this::act);
    }

    private void show(Context context) {
        Requests.query(context, "ok", "file");
        render(context, "", null, Map.of());
    }

    private void act(Context context) {
        Principal principal = Requests.principal(context);
        String ref = context.pathParam("ref");
        String action = context.pathParam("action");
        Map<String, String> form = Requests.form(context);
        String leads;
        try {
            leads = database.inTransaction(tx -> {
                Review review = reader.get(tx, ref, principal.confinedTo()).review();
                requireSeen(review, form);
                Verb verb = Verb.of(action).orElseThrow(() -> Problem.notFound("action", action));
                Visitor who = Visitor.of(principal);
                reviews.duties().require(tx, who, review, verb);
                if (verb == Verb.ATTEST) {
                    requireCarried(form, "seen");
                }
                Review after = reviews.act(
                        tx,
                        review,
                        verb.read(new CommandForm(review, ReviewPage.filled(reviews, tx, review, verb, form))),
                        who);
                String done = verb.outcome(review, after, who.person());
                return sees(tx, principal, after.ref()) ? "/reviews/" + after.ref() + "?ok=" + done : "/reviews";
            });
        } catch (Problem refused) {
            if (refused.status() != 409 && refused.status() != 422 && !SAID_ON_THE_PAGE.contains(refused.code())) {
                throw refused;
            }
            context.status(refused.status());
            render(context, action, refused, form);
            return;
        }
        context.redirect(leads, HttpStatus.SEE_OTHER);
    }

    private boolean sees(Handle tx, Principal principal, String ref) {
        try {
            reader.get(tx, ref, principal.confinedTo());
            return true;
        } catch (Problem gone) {
            return false;
        }
    }

    /** A page that shows an older version is shown again instead of acting on what its reader has not seen. */
    private static void requireSeen(Review review, Map<String, String> form) {
        requireCarried(form, "v");
        if (!String.valueOf(review.version()).equals(form.get("v"))) {
            throw Problem.conflict("review_changed", review.ref() + " was changed meanwhile.");
        }
    }

    /** Refuses a form without a field that every form of the page carries hidden: nothing then says what its reader has seen. */
    private static void requireCarried(Map<String, String> form, String field) {
        if (!form.containsKey(field)) {
            throw Problem.invalid(
                    "/" + field,
                    "not_carried",
                    "Send the hidden field " + field + " of the form: it says what the page showed.");
        }
    }

    private void render(Context context, String open, @Nullable Problem refused, Map<String, String> form) {
        Principal principal = Requests.principal(context);
        String ref = context.pathParam("ref");
        Reader reads = pages.reader(context);
        PageVisitor visitor = new PageVisitor(
                Visitor.of(principal), Access.ANSWERERS.allows(principal.role()), reads.locale(), reads.zone());
        Map<String, Object> shown = database.read(handle -> page.of(handle, ref, principal.confinedTo(), visitor));
        Review review = (Review) Objects.requireNonNull(shown.get("review"));
        shown.put("to", "/reviews/" + ref);
        shown.put("carried", Map.of("v", String.valueOf(review.version())));
        ReviewPage.putResult(shown, pages.words(context), context.queryParam("ok"), context.queryParam("file"));
        shown.put("open", open);
        shown.put(
                "errors",
                refused == null ? List.of() : refusals.lines(pages.words(context), refused, ReviewPage.asked(shown)));
        shown.put("form", form);
        pages.render(context, "web/review/show.peb", shown);
    }
}
