package dev.ronde.reply;

import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Visitor;
import dev.ronde.review.file.ReviewFileApi;
import dev.ronde.review.file.ReviewFiles;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** Takes a file as evidence from the action page; whoever may answer the review may add to it. */
record FilePages(LinkPages door, Database database, Reviews reviews, ReviewFiles files, LinkView view)
        implements Routes {
    @Override
    public void register(Router router) {
        router.post("/r/{handle}/files", Access.ANYONE, Intake.file(ReviewFiles.MAX_BYTES), this::add);
    }

    private void add(Context context) {
        LinkPages.Visit visit = door.enter(context, HandlePurpose.LINK);
        context.redirect(
                visit.path(HandlePurpose.LINK) + "?file=" + kept(context, visit) + "#files", HttpStatus.SEE_OTHER);
    }

    /** No program picks a file, so the time since the page was fetched does not matter here. */
    private String kept(Context context, LinkPages.Visit visit) {
        // nothing is parsed for a link that leads nowhere
        if (!visit.live() || door.judge(visit, Requests.form(context)) == LinkPages.Asked.REFUSED) {
            return "expired";
        }
        return ReviewFileApi.take(
                context,
                (name, content) -> database.useTransaction(tx -> {
                    Review review = reviews.find(tx, visit.grant().subjectId()).orElseThrow();
                    Visitor who = view.who(tx, visit.person(), StepUp.Standing.NOT_NEEDED);
                    reviews.duties().requireAdding(tx, who, review);
                    files.add(tx, review, name, content, who.actor(), who.channel());
                }));
    }
}
