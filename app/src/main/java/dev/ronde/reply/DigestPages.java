package dev.ronde.reply;

import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.reminder.DigestList;
import dev.ronde.reminder.Found;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The list behind a digest's link: one card per review, each with its own link, and what checks found. It only shows. */
record DigestPages(LinkPages door, Database database, DigestList digests, PageRenderer pages) implements Routes {
    @Override
    public void register(Router router) {
        router.link("/d/{handle}", Access.ANYONE, this::show);
    }

    private void show(Context context) {
        LinkPages.Visit visit = door.enter(context, HandlePurpose.DIGEST);
        List<Map<String, Object>> reviews = visit.live()
                ? database.inTransaction(tx -> digests.of(tx, visit.grant().subjectId(), visit.person(), visit.now()))
                : List.of();
        Map<String, Object> model = new HashMap<>();
        model.put("reviews", reviews);
        List<Found> found = visit.live()
                ? database.inTransaction(
                        tx -> digests.findings(tx, visit.grant().subjectId(), visit.person()))
                : List.of();
        model.put("found", found);
        model.put("live", visit.live());
        model.put("here", visit.here());
        model.put("person", visit.person().addressedAs());
        model.put("address", LinkView.masked(visit.person().email()));
        model.put("action", visit.path(HandlePurpose.DIGEST));
        context.status(visit.live() ? 200 : 410);
        pages.render(context, "web/reply/digest.peb", visit.reader(), model);
    }
}
