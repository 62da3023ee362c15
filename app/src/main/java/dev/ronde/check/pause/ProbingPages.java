package dev.ronde.check.pause;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page that stops every probe and plans maintenance windows. */
public final class ProbingPages implements Routes {
    private static final String PATH = "/checks/probing";

    private final PauseRequests requests;
    private final PageRenderer pages;

    public ProbingPages(PauseRequests requests, PageRenderer pages) {
        this.requests = requests;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get(PATH, Access.AUDIT, this::show);
        router.post(PATH + "/stop", Access.ADMINS, this::stop);
        router.post(PATH + "/resume", Access.ADMINS, this::resume);
        router.post(PATH + "/windows", Access.LEADS, this::plan);
        router.post(PATH + "/windows/{id}/end", Access.LEADS, this::end);
    }

    private void show(Context context) {
        show(context, Requests.query(context, "limit", "cursor"), Map.of(), "");
    }

    private void show(Context context, Query query, Map<String, String> entered, String wrong) {
        Principal principal = Requests.principal(context);
        PageOf<ProbingJson.Window> page = requests.windows(query);
        Map<String, Object> model = new HashMap<>();
        model.put("status", requests.status());
        model.put("windows", page.items());
        model.put("count", page.count());
        model.put("next", page.nextCursor() == null ? "" : page.nextCursor());
        model.put("mayStop", principal.role() == Role.ADMIN);
        model.put("mayPlan", principal.lead());
        model.put("wrong", wrong);
        List.of("asset", "from", "until", "reason").forEach(field -> model.put(field, entered.getOrDefault(field, "")));
        pages.render(context, "web/check/probing.peb", model);
    }

    private void stop(Context context) {
        Map<String, String> form = Requests.form(context);
        requests.stop(form.get("reason"), Requests.principal(context));
        context.redirect(PATH, HttpStatus.SEE_OTHER);
    }

    private void resume(Context context) {
        requests.resume(Requests.principal(context));
        context.redirect(PATH, HttpStatus.SEE_OTHER);
    }

    private void plan(Context context) {
        Map<String, String> form = Requests.form(context);
        ZoneId zone = pages.reader(context).zone();
        try {
            requests.plan(
                    new ProbePauses.Wanted(
                            form.get("asset"),
                            instant("from", form.get("from"), zone),
                            instant("until", form.get("until"), zone),
                            form.get("reason")),
                    Requests.principal(context));
            context.redirect(PATH, HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            if (problem.status() != 422) {
                throw problem;
            }
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            show(
                    context,
                    Requests.query(context),
                    form,
                    problem.errors().get(0).pointer().substring(1));
        }
    }

    private void end(Context context) {
        requests.end(context.pathParam("id"), Requests.principal(context));
        context.redirect(PATH, HttpStatus.SEE_OTHER);
    }

    /** A time as the browser's field gives it, in the reader's zone. */
    private static @Nullable Instant instant(String field, @Nullable String text, ZoneId zone) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.invalid("/" + field, "bad_value", "A time looks like 2026-12-31T22:00.");
        }
    }
}
