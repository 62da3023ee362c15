package dev.ronde.review;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;

/** The files that came with answers about a review: always a download, never shown in the page's own origin. */
public final class AnswerFilesPages implements Routes {
    private final Database database;
    private final ReviewReader reader;
    private final Remarks remarks;

    public AnswerFilesPages(Database database, ReviewRoom room) {
        this.database = database;
        this.reader = room.reader();
        this.remarks = room.remarks();
    }

    @Override
    public void register(Router router) {
        router.get("/reviews/{ref}/answer-files/{sha256}", Access.READERS, this::download);
    }

    private void download(Context context) {
        Principal principal = Requests.principal(context);
        String sha256 = context.pathParam("sha256");
        database.read(handle -> {
            ReviewRow row = reader.get(handle, context.pathParam("ref"), principal.confinedTo());
            AnswerFile file = remarks.files(handle, row.review().id()).stream()
                    .filter(kept -> kept.sha256().equals(sha256))
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("file", sha256));
            byte[] content = remarks.content(handle, file).orElseThrow(() -> Problem.notFound("file", sha256));
            context.contentType("application/octet-stream");
            context.header("X-Content-Type-Options", "nosniff");
            context.header("Content-Security-Policy", "default-src 'none'; sandbox");
            context.header(
                    "Content-Disposition",
                    "attachment; filename=\"" + file.name().replaceAll("[^\\x20-\\x7E]|[\"\\\\]", "_") + "\"");
            context.result(content);
            return file;
        });
    }
}
