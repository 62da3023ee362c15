package dev.ronde.evidence.request;

import dev.ronde.evidence.export.EvidenceApi;
import dev.ronde.evidence.export.Exports;
import dev.ronde.platform.file.GivenFile;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record AuditRequestApi(AuditRequests requests, Exports exports) implements Routes {
    private static final String ROOT = "/api/v1/requests";
    private static final String ONE = ROOT + "/{ref}";
    /** A file in base64, and what is around it. */
    private static final int MOST = GivenFile.MAX_BYTES / 3 * 4 + (64 << 10);

    @Override
    public void register(Router router) {
        router.get(ROOT, Access.SCOPED_AUDIT, this::list);
        router.post(ROOT, Access.SCOPED_AUDIT, this::ask);
        router.get(ONE, Access.SCOPED_AUDIT, this::get);
        router.post(ONE + "/answer", Access.LEADS, Intake.of(MOST), this::answer);
        router.post(ONE + "/reopen", Access.SCOPED_AUDIT, this::askAgain);
        router.post(ONE + "/close", Access.SCOPED_AUDIT, this::close);
        router.get(ONE + "/files/{record}", Access.SCOPED_AUDIT, context -> send(context, requests, exports));
    }

    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record FileBody(@Nullable String name, byte @Nullable [] content) {}

    record AnswerBody(
            @Nullable String text,
            @Nullable UUID export,
            @Nullable FileBody file) {}

    static UUID id(Context context) {
        return PathIds.of(context, "ref", "request");
    }

    private void list(Context context) {
        Query query = Requests.query(context, "state", "sort", "limit", "cursor");
        Requests.list(context, query, asked -> requests.list(asked, Requests.principal(context)));
    }

    private void ask(Context context) {
        AuditRequest request =
                requests.ask(Requests.body(context, AuditRequests.Question.class), Requests.principal(context));
        context.status(HttpStatus.CREATED).header("Location", ROOT + "/" + request.id());
        context.json(request);
    }

    private void get(Context context) {
        Requests.query(context);
        context.json(requests.get(id(context), Requests.principal(context)));
    }

    private void answer(Context context) {
        AnswerBody body = Requests.body(context, AnswerBody.class, MOST);
        FileBody file = body.file();
        if (file != null && (file.name() == null || file.content() == null)) {
            throw Problem.invalid("/file", "required", "A file has a name and its content in base64.");
        }
        GivenFile given = file == null
                ? null
                : GivenFile.of(Objects.requireNonNull(file.name()), Objects.requireNonNull(file.content()));
        AuditRequests.Answer answer = new AuditRequests.Answer(body.text(), body.export(), given);
        context.json(requests.answer(id(context), answer, Requests.principal(context)));
    }

    private void askAgain(Context context) {
        AuditRequests.Question question = Requests.body(context, AuditRequests.Question.class);
        context.json(requests.askAgain(id(context), question, Requests.principal(context)));
    }

    private void close(Context context) {
        Requests.query(context);
        context.json(requests.close(id(context), Requests.principal(context)));
    }

    /** What came with an answer, to whoever sees the request. */
    static void send(Context context, AuditRequests requests, Exports exports) {
        Requests.query(context);
        Principal by = Requests.principal(context);
        AuditRequest.Step step = requests.brought(id(context), PathIds.of(context, "record", "file"), by);
        AuditRequest.AnswerFile file = step.file();
        if (file == null) {
            EvidenceApi.send(context, exports, exports.get(Objects.requireNonNull(step.export())));
        } else {
            Download.attachment(
                    context,
                    file.mediaType(),
                    Objects.requireNonNullElse(file.name(), file.sha256()),
                    requests.content(file));
        }
    }
}
