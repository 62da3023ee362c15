package dev.ronde.reply;

import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The page behind a link that has ended. It names the review and how it stands, and offers a new link to the address on file; nothing of
 * the configuration or of what was found is for whoever holds what was taken back.
 */
record DeadPages(
        LinkPages door, Database database, Reviews reviews, LinkView view, LinkMail newLinks, PageRenderer pages) {
    private static final String TEMPLATE = "web/reply/gone.peb";
    private static final String NEW_LINK = "new_link";

    void show(Context context, LinkPages.Visit visit) {
        show(context, visit, 410);
    }

    /** A dead link does nothing but ask for a new one; the answer is the same whether that is sent or not. */
    void act(Context context, LinkPages.Visit visit, Map<String, String> form) {
        if (!NEW_LINK.equals(form.get("action"))) {
            show(context, visit);
            return;
        }
        switch (door.judge(visit, form)) {
            case REFUSED -> show(context, visit, 403);
            case CONFIRM -> door.confirm(context, pages, visit, HandlePurpose.LINK, NEW_LINK, form);
            case FINE -> {
                database.useTransaction(tx -> newLinks.queue(tx, visit));
                context.redirect(
                        visit.path(HandlePurpose.LINK) + "?sent=1" + LinkPages.asked(context), HttpStatus.SEE_OTHER);
            }
        }
    }

    private void show(Context context, LinkPages.Visit visit, int status) {
        Map<String, Object> model = database.read(handle -> model(handle, visit));
        model.put("sent", context.queryParam("sent") != null);
        context.status(status);
        pages.render(context, TEMPLATE, visit.reader(), model);
    }

    private Map<String, Object> model(Handle handle, LinkPages.Visit visit) {
        Review review = reviews.find(handle, visit.grant().subjectId()).orElseThrow();
        String version = String.valueOf(review.version());
        Map<String, Object> model = new HashMap<>();
        model.put("action", visit.path(HandlePurpose.LINK));
        model.put("v", version);
        model.put("n", door.nonce(visit, version));
        // a person who has left gets no new one
        model.put("offered", visit.here());
        model.put("address", LinkView.masked(visit.person().email()));
        model.put("ref", review.ref());
        model.put("state", review.stateAt(visit.now()).word());
        // who did what is no longer for somebody who has left
        model.put("story", visit.here() ? view.stands(handle, visit, review) : List.of());
        return model;
    }
}
