package dev.ronde.reply;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.reminder.MuteDao;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Mutes optional mails, by the page or in one click from the mail program (RFC 8058: a POST of
 * {@code List-Unsubscribe=One-Click}, without cookie or nonce). It never touches a review.
 */
record MutePages(LinkPages door, Database database, EvidenceLog evidence, PageRenderer pages) implements Routes {
    private static final String MUTE = "mute";

    @Override
    public void register(Router router) {
        router.link("/m/{handle}", Access.ANYONE, this::show);
        router.post("/m/{handle}", Access.ANYONE, this::change);
    }

    private void show(Context context) {
        page(context, door.enter(context, HandlePurpose.MUTE), 200);
    }

    private void change(Context context) {
        LinkPages.Visit visit = door.enter(context, HandlePurpose.MUTE);
        Map<String, String> form = Requests.form(context);
        boolean oneClick = "One-Click".equals(form.get("List-Unsubscribe"));
        if (!visit.live()) {
            page(context, visit, 410);
            return;
        }
        if (!oneClick && door.judge(visit, form) == LinkPages.Asked.REFUSED) {
            page(context, visit, 403);
            return;
        }
        boolean mute = oneClick || !"unmute".equals(form.get("action"));
        database.useTransaction(tx -> set(tx, visit, mute));
        page(context, visit, 200);
    }

    private void set(Handle tx, LinkPages.Visit visit, boolean mute) {
        MuteDao dao = tx.attach(MuteDao.class);
        int changed = mute
                ? dao.mute(visit.person().id(), visit.now())
                : dao.unmute(visit.person().id());
        if (changed > 0) {
            evidence.append(
                    tx,
                    Evidence.of(
                                    "person.changed",
                                    new Actor("link", visit.person().actorRef(), "link"),
                                    Subject.of(
                                            "person",
                                            visit.person().actorRef(),
                                            visit.person().version()))
                            .data("optionalMails", mute ? "muted" : "wanted"));
        }
    }

    private void page(Context context, LinkPages.Visit visit, int status) {
        boolean muted = database.read(
                handle -> handle.attach(MuteDao.class).isMuted(visit.person().id()));
        Map<String, Object> model = new HashMap<>();
        model.put("action", visit.path(HandlePurpose.MUTE));
        model.put("muted", muted);
        model.put("live", visit.live());
        model.put("here", visit.here());
        model.put("refused", status == 403);
        model.put("address", LinkView.masked(visit.person().email()));
        model.put("v", MUTE);
        model.put("n", door.nonce(visit, MUTE));
        context.status(status);
        pages.render(context, "web/reply/mute.peb", visit.reader(), model);
    }
}
