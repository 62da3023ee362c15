package dev.ronde.reply;

import dev.ronde.evidence.Actor;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.file.ReviewFiles;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** Takes a file as evidence from the action page; whoever may answer the review may add to it. */
final class FilePages implements Routes {
    static final Set<String> WORDS = Set.of(
            "kept", "missing", "expired", "file_refused", "too_many_files", "not_open", "too_large", "not_yours");

    private final LinkPages door;
    private final Database database;
    private final Reviews reviews;
    private final ReviewFiles files;
    private final LinkView view;

    FilePages(LinkPages door, Database database, Reviews reviews, ReviewFiles files, LinkView view) {
        this.door = door;
        this.database = database;
        this.reviews = reviews;
        this.files = files;
        this.view = view;
    }

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
        UploadedFile given = context.uploadedFile("file");
        if (given == null || given.size() == 0) {
            return "missing";
        }
        try {
            byte[] content = bytes(given);
            return database.inTransaction(tx -> {
                Review review = reviews.find(tx, visit.grant().subjectId()).orElseThrow();
                if (view.ties(tx, visit.person(), review).witness()) {
                    return "not_yours";
                }
                Actor by = new Actor("link", visit.person().actorRef(), "link");
                files.add(tx, review, given.filename(), content, by, Channel.LINK);
                return "kept";
            });
        } catch (Problem refused) {
            String code = refused.errors().isEmpty()
                    ? refused.code()
                    : refused.errors().get(0).code();
            if (!WORDS.contains(code)) {
                throw refused;
            }
            return code;
        }
    }

    private static byte[] bytes(UploadedFile given) {
        try (InputStream in = given.content()) {
            return in.readNBytes(ReviewFiles.MAX_BYTES + 1);
        } catch (IOException e) {
            throw Problem.badRequest("broken_upload", "The file did not arrive whole. Send it again.");
        }
    }
}
