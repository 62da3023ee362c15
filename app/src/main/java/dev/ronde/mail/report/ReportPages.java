package dev.ronde.mail.report;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who gets the report of each month, as a page and over the API. */
public record ReportPages(Recipients recipients, PageRenderer pages) implements Routes {
    @Override
    public void register(Router router) {
        router.get("/evidence/report", Access.LEADS, context -> show(context, named(), ""));
        router.post("/evidence/report", Access.LEADS, this::name);
        router.get("/api/v1/reports", Access.AUDIT, this::get);
        router.put("/api/v1/reports", Access.LEADS, this::put);
    }

    /** The addresses of those to be named. */
    public record Named(@Nullable List<@Nullable String> people) {}

    private void get(Context context) {
        Requests.query(context);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("people", recipients.list().stream().map(ReportPages::json).toList());
        json.put(
                "last_month",
                recipients
                        .last()
                        .map(month -> month.monthOn().toString().substring(0, 7))
                        .orElse(null));
        json.put(
                "last_mailed_at",
                recipients.last().map(ReportDao.Month::mailedAt).orElse(null));
        context.json(json);
    }

    private static Map<String, Object> json(ReportDao.Recipient one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("email", one.email());
        json.put("name", one.name());
        json.put("entitled", one.entitled());
        json.put("added_at", one.addedAt());
        return json;
    }

    private void put(Context context) {
        List<@Nullable String> people = Requests.body(context, Named.class).people();
        if (people == null) {
            throw Problem.invalid("/people", "required", "Send the addresses; an empty list ends the report.");
        }
        recipients.replace(
                people.stream().map(address -> address == null ? "" : address).toList(),
                Actor.of(Requests.principal(context)));
        get(context);
    }

    private String named() {
        return recipients.list().stream().map(ReportDao.Recipient::email).collect(Collectors.joining("\n"));
    }

    private void show(Context context, String people, String wrong) {
        Requests.query(context);
        pages.render(
                context,
                "web/report.peb",
                Map.of("people", people, "wrong", wrong, "recipients", recipients.list(), "most", Recipients.MOST));
    }

    private void name(Context context) {
        String people = Requests.form(context).getOrDefault("people", "");
        try {
            recipients.replace(
                    Arrays.stream(people.split("[,;\\s]+", -1))
                            .filter(text -> !text.isEmpty())
                            .toList(),
                    Actor.of(Requests.principal(context)));
            context.redirect("/evidence/report", HttpStatus.SEE_OTHER);
        } catch (Problem e) {
            show(
                    context,
                    people,
                    Requests.refused(context, e).stream()
                            .map(FieldError::code)
                            .findFirst()
                            .orElse("no_reader"));
        }
    }
}
