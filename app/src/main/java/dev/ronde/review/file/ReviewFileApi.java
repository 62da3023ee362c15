package dev.ronde.review.file;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewReader;
import dev.ronde.review.answer.Duties;
import dev.ronde.review.answer.Visitor;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Files of reviews over API and pages. Whoever sees a review may read its files, always as attachments that nothing runs; whoever may
 * act on it may add to them.
 */
public record ReviewFileApi(Database database, ReviewFiles files, ReviewReader reader, Duties duties)
        implements Routes {
    /** What became of a file that somebody sent from the page, the last where a link has ended. */
    public static final Set<String> RESULTS = Set.of(
            "kept", "missing", "file_refused", "too_many_files", "not_open", "too_large", "not_yours", "expired");

    private static final String API = "/api/v1/reviews/{ref}/files";
    private static final String PAGE = "/reviews/{ref}/files";

    @Override
    public void register(Router router) {
        router.get(API, Access.SCOPED, this::list);
        router.post(API, Access.ANSWERERS, Intake.of(ReviewFiles.MAX_BYTES), this::add);
        router.get(API + "/{sha256}", Access.SCOPED, this::download);
        router.post(PAGE, Access.ANSWERERS, Intake.file(ReviewFiles.MAX_BYTES), this::upload);
        router.get(PAGE + "/{sha256}", Access.SCOPED, this::download);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        List<ReviewFile> found =
                database.read(handle -> files.list(handle, seen(handle, context).id()));
        Requests.list(
                context, PageOf.whole(found.stream().map(ReviewFileApi::json).toList(), query));
    }

    private void add(Context context) {
        String name = Requests.query(context, "name")
                .text("name")
                .orElseThrow(() -> Problem.badRequest("name_required", "Say the name of the file: ?name=report.pdf"));
        ReviewFile file = keep(context, name, Requests.bytes(context, ReviewFiles.MAX_BYTES));
        context.status(HttpStatus.CREATED)
                .header("Location", "/api/v1/reviews/" + context.pathParam("ref") + "/files/" + file.sha256());
        context.json(json(file));
    }

    private void upload(Context context) {
        String result = take(context, (name, content) -> keep(context, name, content));
        context.redirect("/reviews/" + context.pathParam("ref") + "?file=" + result + "#files", HttpStatus.SEE_OTHER);
    }

    /**
     * Takes the file that a form of the page sent; one of {@link #RESULTS}.
     *
     * @param keep adds it to the review, by its name
     */
    public static String take(Context context, BiConsumer<String, byte[]> keep) {
        UploadedFile given = context.uploadedFile("file");
        if (given == null || given.size() == 0) {
            return "missing";
        }
        try (InputStream in = given.content()) {
            keep.accept(given.filename(), in.readNBytes(ReviewFiles.MAX_BYTES + 1));
            return "kept";
        } catch (IOException broken) {
            throw Problem.badRequest("broken_upload", "The file did not arrive whole. Send it again.");
        } catch (Problem refused) {
            String code = refused.errors().isEmpty()
                    ? refused.code()
                    : refused.errors().get(0).code();
            if (!RESULTS.contains(code)) {
                throw refused;
            }
            return code;
        }
    }

    private ReviewFile keep(Context context, String name, byte[] content) {
        Principal principal = Requests.principal(context);
        return database.inTransaction(tx -> {
            Review review = reader.get(tx, context.pathParam("ref"), principal.confinedTo())
                    .review();
            duties.requireAdding(tx, Visitor.of(principal), review);
            return files.add(tx, review, name, content, Actor.of(principal), principal.channel());
        });
    }

    private void download(Context context) {
        Requests.query(context);
        String sha256 = context.pathParam("sha256");
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw Problem.notFound("file", sha256);
        }
        ReviewFile file = database.read(handle -> files.get(handle, seen(handle, context), sha256));
        byte[] content = database.read(handle -> files.content(handle, seen(handle, context), sha256));
        Download.attachment(context, file.mediaType(), file.fileName(), content);
    }

    private Review seen(Handle handle, Context context) {
        Principal principal = Requests.principal(context);
        return reader.get(handle, context.pathParam("ref"), principal.confinedTo())
                .review();
    }

    private static Map<String, @Nullable Object> json(ReviewFile file) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("sha256", file.sha256());
        json.put("name", file.fileName());
        json.put("media_type", file.mediaType());
        json.put("size", file.fileSize());
        json.put("added_at", file.addedAt());
        json.put("added_by", file.addedByName() == null ? file.addedBy() : file.addedByName());
        json.put("channel", file.channel());
        json.put("record", file.recordId());
        return json;
    }
}
