package dev.ronde.dashboard;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Reader;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first page, and the list behind its coverage figure. */
public final class DashboardPages implements Routes {
    private static final int PAGE = 200;

    private final Overview overview;
    private final Running running;
    private final PageRenderer pages;

    public DashboardPages(Overview overview, Running running, PageRenderer pages) {
        this.overview = overview;
        this.running = running;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/", Access.SIGNED_IN, this::dashboard);
        router.get("/coverage", Access.SIGNED_IN, this::coverage);
    }

    private void dashboard(Context context) {
        Principal me = Requests.principal(context);
        Reader reader = pages.reader(context);
        Overview.View view = overview.read(reader.zone(), own(me));
        Map<String, Object> model = new HashMap<>();
        model.put("figures", view.figures());
        model.put("trend", view.trend());
        model.put("compactTrend", view.compactTrend());
        model.put("heat", view.heat());
        model.put("decisions", view.decisions());
        model.put("waitingDecisions", view.waitingDecisions());
        model.put("strip", running.strip());
        model.put("checklist", me.lead() ? running.checklist() : List.of());
        model.put("mayExport", me.role() != Role.OWNER);
        model.put("own", own(me) != null);
        model.put("admin", me.role() == Role.ADMIN);
        pages.render(context, "web/dashboard/dashboard.peb", model);
    }

    private void coverage(Context context) {
        Query query = Requests.query(context, "state", "from");
        ReviewStanding standing = query.oneOf("state", ReviewStanding.class).orElse(null);
        List<Coverage.Line> lines = overview.coverage(standing, own(Requests.principal(context)));
        int from = Math.max(0, query.integer("from").orElse(0));
        List<Coverage.Line> shown = lines.stream().skip(from).limit(PAGE).toList();
        String state = standing == null ? "" : standing.word();
        Map<String, Object> model = new HashMap<>();
        model.put("lines", shown);
        model.put("total", lines.size());
        model.put("state", state);
        model.put(
                "states",
                Arrays.stream(ReviewStanding.values()).map(ReviewStanding::word).toList());
        model.put("next", from + PAGE < lines.size() ? "/coverage?state=" + state + "&from=" + (from + PAGE) : null);
        pages.render(context, "web/dashboard/coverage.peb", model);
    }

    private static @Nullable UUID own(Principal me) {
        return me.ownOnly() ? me.personId() : null;
    }
}
