package dev.ronde.dashboard;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The first page, with what it shows.
 *
 * @param titles of checks by their id and the language of a reader
 * @param unsignable whether nobody may be the second person of a review that waits for one, by its ref
 */
public record DashboardPages(
        Overview overview,
        Running running,
        BiFunction<String, Locale, String> titles,
        Predicate<String> unsignable,
        PageRenderer pages)
        implements Routes {
    @Override
    public void register(Router router) {
        router.get("/", Access.SCOPED, this::dashboard);
    }

    private void dashboard(Context context) {
        Principal me = Requests.principal(context);
        if (me.limits() != null) {
            context.redirect("/evidence", HttpStatus.SEE_OTHER);
            return;
        }
        Reader reader = pages.reader(context);
        Overview.View view = overview.read(reader.zone(), me.confinedTo());
        Map<String, Object> model = new HashMap<>();
        model.put("asOf", view.asOf());
        model.put("figures", view.figures());
        model.put("trend", view.trend());
        model.put("compactTrend", view.compactTrend());
        model.put("heat", view.heat());
        UnaryOperator<String> title = check -> titles.apply(check, reader.locale());
        model.put(
                "decisions",
                view.decisions().stream()
                        .map(decision -> decision.withTitle(title).signable(unsignable))
                        .toList());
        Overview.Exposure longest = view.figures().longest();
        model.put("longestCheck", longest == null ? "" : title.apply(longest.check()));
        model.put("waitingDecisions", view.waitingDecisions());
        model.put("strip", running.strip());
        model.put("checklist", me.lead() ? running.checklist() : List.of());
        model.put("mayExport", me.role() != Role.OWNER);
        model.put("own", me.confinedTo() != null);
        model.put("lead", me.lead());
        model.put("admin", me.role() == Role.ADMIN);
        pages.render(context, "web/dashboard/dashboard.peb", model);
    }
}
