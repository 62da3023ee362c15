package dev.ronde.asset.file;

import dev.ronde.asset.field.AssetFacts;
import dev.ronde.asset.field.AssetField;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.time.Ids;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The import in two steps: upload a file and see what it would do, then confirm. The file waits on the server in between. */
public record ImportPages(
        Database database, InstantSource clock, AssetImport imports, Messages messages, PageRenderer pages)
        implements Routes {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MOST_ERRORS = 200;

    @Override
    public void register(Router router) {
        router.get("/assets/import", Access.LEADS, context -> choose(context, null));
        router.post("/assets/import", Access.LEADS, Intake.file(AssetImport.MAX_BYTES), this::upload);
        router.get("/assets/import/{id}", Access.LEADS, this::preview);
        router.post("/assets/import/{id}", Access.LEADS, this::apply);
        router.get("/assets/import/{id}/errors.csv", Access.LEADS, this::errors);
    }

    private void choose(Context context, @Nullable String error) {
        Map<String, Object> model = new HashMap<>();
        model.put("error", error == null ? "" : error);
        model.put(
                "columns",
                Arrays.stream(AssetField.values())
                        .map(field -> Map.of(
                                "name",
                                field.column(),
                                "required",
                                field.required(),
                                "key",
                                "asset.hint." + field.json()))
                        .toList());
        pages.render(context, "web/asset/import.peb", model);
    }

    private void upload(Context context) {
        UploadedFile file = context.uploadedFile("file");
        if (file == null || file.size() == 0) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            choose(context, pages.text(context, "asset.import.no_file"));
            return;
        }
        if (file.size() > AssetImport.MAX_BYTES) {
            context.status(413);
            choose(context, pages.text(context, "asset.import.too_large"));
            return;
        }
        byte[] content = bytes(file);
        UUID id = Ids.next(clock);
        Instant now = clock.instant();
        String actor = Requests.principal(context).actorRef();
        database.useTransaction(tx -> {
            UploadDao dao = tx.attach(UploadDao.class);
            dao.deleteUploads(id, now.minus(KEPT));
            dao.insertUpload(id, actor, fileName(file.filename()), content, now);
        });
        context.redirect("/assets/import/" + id, HttpStatus.SEE_OTHER);
    }

    private static byte[] bytes(UploadedFile file) {
        try (InputStream in = file.content()) {
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String fileName(String given) {
        String plain = given.replaceAll("[^\\p{L}\\p{N}._ -]", "_");
        return plain.length() > 200 ? plain.substring(plain.length() - 200) : plain;
    }

    private static UUID id(Context context) {
        return PathIds.of(context, "id", "import");
    }

    private byte[] content(Context context, UUID id) {
        String actor = Requests.principal(context).actorRef();
        return database.read(handle -> handle.attach(UploadDao.class).findUpload(id, actor))
                .orElseThrow(() -> Problem.notFound("waiting import", id + "; choose the file again"));
    }

    private void preview(Context context) {
        UUID id = id(context);
        Query query = Requests.query(context, "on_conflict");
        OnConflict onConflict = query.oneOf("on_conflict", OnConflict.class).orElse(OnConflict.UPDATE);
        Actor by = Actor.of(Requests.principal(context));
        show(context, id, imports.run(content(context, id), true, onConflict, by), onConflict);
    }

    private void apply(Context context) {
        UUID id = id(context);
        OnConflict onConflict = Arrays.stream(OnConflict.values())
                .filter(choice -> choice.name().toLowerCase(Locale.ROOT).equals(context.formParam("on_conflict")))
                .findFirst()
                .orElse(OnConflict.UPDATE);
        Actor by = Actor.of(Requests.principal(context));
        ImportResult result = imports.run(content(context, id), false, onConflict, by);
        show(context, id, result, onConflict);
        database.useTransaction(tx ->
                tx.attach(UploadDao.class).deleteUploads(id, clock.instant().minus(KEPT)));
    }

    private void show(Context context, UUID id, ImportResult result, OnConflict onConflict) {
        Locale locale = pages.reader(context).locale();
        Map<String, Object> model = new HashMap<>();
        model.put("id", id.toString());
        model.put(
                "fileName",
                database.read(handle -> handle.attach(UploadDao.class).findUploadName(id))
                        .orElse(""));
        model.put("done", !result.dryRun());
        model.put("result", result);
        model.put("changes", result.created() + result.updated());
        model.put("onConflict", onConflict.name().toLowerCase(Locale.ROOT));
        model.put(
                "errors",
                result.errors().stream()
                        .limit(MOST_ERRORS)
                        .map(error -> Map.of(
                                "line", error.line(),
                                "column", error.column() == null ? "" : error.column(),
                                "message", error.why().text(messages, locale)))
                        .toList());
        model.put("moreErrors", Math.max(0, result.errors().size() - MOST_ERRORS));
        model.put("rows", result.rows().stream().map(ImportPages::row).toList());
        pages.render(context, "web/asset/import-preview.peb", model);
    }

    private static Map<String, Object> row(ImportResult.PreviewRow row) {
        List<Map<String, String>> changes = new ArrayList<>();
        AssetFacts before = row.before();
        for (AssetField field : row.changed()) {
            changes.add(Map.of(
                    "field", field.json(),
                    "before", before == null ? "" : before.cell(field),
                    "after", row.facts().cell(field)));
        }
        return Map.of(
                "line", row.line(),
                "what", row.what(),
                "ref", row.facts().ref(),
                "name", row.facts().cell(AssetField.NAME),
                "kind", row.facts().cell(AssetField.KIND),
                "owner", row.facts().cell(AssetField.OWNER),
                "changes", changes);
    }

    private void errors(Context context) {
        UUID id = id(context);
        Locale locale = pages.reader(context).locale();
        ImportResult result =
                imports.run(content(context, id), true, OnConflict.UPDATE, Actor.of(Requests.principal(context)));
        Download.table(
                context, pages, "import-errors.csv", CellError.table(messages, locale), result.errors()::forEach);
    }

    interface UploadDao {
        @SqlUpdate("""
                insert into asset_upload (id, actor_ref, file_name, content, created_at)
                values (:id, :actorRef, :fileName, :content, :now)
                """)
        void insertUpload(UUID id, String actorRef, String fileName, byte[] content, Instant now);

        @SqlQuery("select content from asset_upload where id = :id and actor_ref = :actorRef")
        Optional<byte[]> findUpload(UUID id, String actorRef);

        @SqlQuery("select file_name from asset_upload where id = :id")
        Optional<String> findUploadName(UUID id);

        @SqlUpdate("delete from asset_upload where id = :id or created_at < :before")
        void deleteUploads(UUID id, Instant before);
    }
}
