package dev.ronde.reply;

import dev.ronde.evidence.Actor;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.reminder.ReviewLinks;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Takes an attestation back, within 24 hours and by the person who made it; the record of it stays. */
record UndoPages(
        LinkPages door, Database database, Reviews reviews, ReviewLinks links, Receipts receipts, PageRenderer pages)
        implements Routes {
    @Override
    public void register(Router router) {
        router.link("/u/{handle}", Access.ANYONE, this::show);
        router.post("/u/{handle}", Access.ANYONE, this::undo);
    }

    private void show(Context context) {
        LinkPages.Visit visit = door.enter(context, HandlePurpose.UNDO);
        page(context, visit, visit.live() ? 200 : 410, "");
    }

    private void undo(Context context) {
        LinkPages.Visit visit = door.enter(context, HandlePurpose.UNDO);
        Map<String, String> form = Requests.form(context);
        if (!visit.live()) {
            page(context, visit, 410, "");
            return;
        }
        LinkPages.Asked asked = door.judge(visit, form);
        if (asked == LinkPages.Asked.REFUSED) {
            page(context, visit, 403, "expired");
            return;
        }
        if (asked == LinkPages.Asked.CONFIRM) {
            door.confirm(context, pages, visit, HandlePurpose.UNDO, "undo", form);
            return;
        }
        try {
            database.useTransaction(tx -> {
                Review review = reviews.find(tx, visit.grant().subjectId()).orElseThrow();
                if (attested(review, visit)) {
                    Actor by = new Actor("link", visit.person().actorRef(), "link");
                    Visitor who = Visitor.of(visit.person(), Set.of(), by, Channel.LINK);
                    Review after = reviews.act(tx, review, new ReviewAct.Withdraw(), who);
                    receipts.queue(tx, after, visit.person(), Verb.WITHDRAW.word(), visit.now());
                }
            });
            context.redirect(visit.path(HandlePurpose.UNDO) + "?ok=undone", HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            page(context, visit, problem.status(), "conflict");
        }
    }

    private static boolean attested(Review review, LinkPages.Visit visit) {
        return visit.person().actorRef().equals(review.attestation().performedBy());
    }

    /** What the page is about.
     *
     * @param link to answer once more, after it was taken back; empty where it is not this person's to answer */
    private record Shown(Review review, String link) {}

    private Shown shown(Handle tx, LinkPages.Visit visit, boolean undone) {
        Review review = reviews.find(tx, visit.grant().subjectId()).orElseThrow();
        boolean theirs = visit.person().active() && visit.person().id().equals(review.ownerId());
        boolean again =
                undone && visit.live() && theirs && (review.stateAt(visit.now()).waiting() || review.completable());
        return new Shown(
                review,
                again ? links.of(tx, review, visit.person(), visit.now()).url() : "");
    }

    private void page(Context context, LinkPages.Visit visit, int status, String notice) {
        boolean undone = "undone".equals(context.queryParam("ok"));
        Shown shown = database.inTransaction(tx -> shown(tx, visit, undone));
        Review review = shown.review();
        String version = String.valueOf(review.version());
        Instant attestedAt = review.attestation().attestedAt();
        Map<String, Object> model = new HashMap<>();
        model.put("action", visit.path(HandlePurpose.UNDO));
        model.put("ref", review.ref());
        model.put("attested", attested(review, visit));
        model.put(
                "attested_at",
                attestedAt == null
                        ? ""
                        : MailDates.moment(
                                attestedAt,
                                visit.person().zone(),
                                visit.reader().locale()));
        model.put("outcome", Objects.requireNonNullElse(review.attestation().outcome(), ""));
        model.put("missed", review.stateAt(visit.now()) == ReviewState.MISSED);
        model.put("undone", undone && !attested(review, visit));
        model.put("link", shown.link());
        model.put("live", visit.live());
        model.put("notice", notice);
        model.put("address", LinkView.masked(visit.person().email()));
        model.put("v", version);
        model.put("n", door.nonce(visit, version));
        context.status(status);
        pages.render(context, "web/reply/undo.peb", visit.reader(), model);
    }
}
