package dev.ronde.evidence.request;

import dev.ronde.evidence.NameBook;
import dev.ronde.evidence.export.Exports;
import dev.ronde.platform.file.GivenFile;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The request list on pages: all, and one with the forms of whoever reads it. */
record AuditRequestPages(AuditRequests requests, Exports exports, NameBook names, PageRenderer pages)
        implements Routes {
    private static final String ROOT = "/evidence/requests";
    private static final String ONE = ROOT + "/{ref}";
    private static final int OFFERED = 10;
    private static final int TOO_LARGE = 413;

    @Override
    public void register(Router router) {
        router.get(ROOT, Access.SCOPED_AUDIT, context -> list(context, Map.of(), ""));
        router.post(ROOT, Access.SCOPED_AUDIT, this::ask);
        router.get(ONE, Access.SCOPED_AUDIT, context -> show(context, Map.of(), ""));
        router.post(ONE + "/answer", Access.LEADS, Intake.file(GivenFile.MAX_BYTES), this::answer);
        router.post(ONE + "/reopen", Access.SCOPED_AUDIT, this::askAgain);
        router.post(ONE + "/close", Access.SCOPED_AUDIT, this::close);
        router.get(
                ONE + "/files/{record}",
                Access.SCOPED_AUDIT,
                context -> AuditRequestApi.send(context, requests, exports));
    }

    private void list(Context context, Map<String, String> form, String wrong) {
        Query query = Requests.query(context, "state", "sort", "limit", "cursor");
        PageOf<AuditRequest> page = PageOf.listed(query, asked -> requests.list(asked, Requests.principal(context)));
        Map<String, Object> model = ListPage.of(query, page, ROOT, List.of("state"));
        model.put("names", names(page.items().stream().map(AuditRequest::askedBy)));
        render(context, "web/requests.peb", model, form, wrong);
    }

    private void show(Context context, Map<String, String> form, String wrong) {
        Requests.query(context);
        Principal by = Requests.principal(context);
        AuditRequest request = requests.get(AuditRequestApi.id(context), by);
        Map<String, Object> model = new HashMap<>();
        model.put("request", request);
        model.put("names", names(request.steps().stream().map(AuditRequest.Step::by)));
        model.put("mayAnswer", by.lead() && !request.state().equals("closed"));
        model.put("mayAsk", AuditRequests.mayAsk(request, by));
        model.put("exports", by.lead() ? exports.list(null, OFFERED, null).items() : List.of());
        render(context, "web/request.peb", model, form, wrong);
    }

    private Map<String, String> names(Stream<String> refs) {
        Map<String, String> found = new HashMap<>();
        refs.forEach(ref -> found.computeIfAbsent(ref, by -> names.nameOf(by).orElse(by)));
        return found;
    }

    private void render(
            Context context, String template, Map<String, Object> model, Map<String, String> form, String wrong) {
        model.put("wrong", wrong);
        List.of("text", "due", "export").forEach(field -> model.put(field, form.getOrDefault(field, "")));
        pages.render(context, template, model);
    }

    private void ask(Context context) {
        Map<String, String> form = Requests.form(context);
        take(
                context,
                () -> requests.ask(question(form), Requests.principal(context)),
                field -> list(context, form, field));
    }

    private void askAgain(Context context) {
        Map<String, String> form = Requests.form(context);
        UUID id = AuditRequestApi.id(context);
        take(
                context,
                () -> requests.askAgain(id, question(form), Requests.principal(context)),
                field -> show(context, form, field));
    }

    private void answer(Context context) {
        Map<String, String> form = Requests.form(context);
        UUID id = AuditRequestApi.id(context);
        take(
                context,
                () -> {
                    String export = form.get("export");
                    AuditRequests.Answer answer = new AuditRequests.Answer(
                            form.get("text"), export == null ? null : PathIds.of("export", export), file(context));
                    return requests.answer(id, answer, Requests.principal(context));
                },
                field -> show(context, form, field));
    }

    private void close(Context context) {
        Requests.form(context);
        UUID id = AuditRequestApi.id(context);
        requests.close(id, Requests.principal(context));
        context.redirect(ROOT + "/" + id, HttpStatus.SEE_OTHER);
    }

    /** Does what a form asks for and goes on to the request, or shows the form again with the field that is wrong. */
    private static void take(Context context, Supplier<AuditRequest> act, Consumer<String> again) {
        try {
            context.redirect(ROOT + "/" + act.get().id(), HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            if (problem.errors().isEmpty() && problem.status() != TOO_LARGE) {
                throw problem;
            }
            context.status(problem.status());
            again.accept(
                    problem.errors().isEmpty()
                            ? "file"
                            : problem.errors().get(0).pointer().substring(1));
        }
    }

    private static AuditRequests.Question question(Map<String, String> form) {
        return new AuditRequests.Question(form.get("text"), Requests.date(form, "due"));
    }

    private static @Nullable GivenFile file(Context context) {
        UploadedFile given = context.uploadedFile("file");
        if (given == null || given.size() == 0) {
            return null;
        }
        try (InputStream in = given.content()) {
            return GivenFile.of(given.filename(), in.readNBytes(GivenFile.MAX_BYTES + 1));
        } catch (IOException broken) {
            throw Problem.badRequest("broken_upload", "The file did not arrive whole. Send it again.");
        }
    }
}
