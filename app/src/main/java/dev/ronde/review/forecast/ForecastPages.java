package dev.ronde.review.forecast;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.plan.CadenceRule;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDao;
import io.javalin.http.Context;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The load ahead and levelling it: a heat map, the same as a table, and a proposal; the same over the API. */
public record ForecastPages(Database database, Forecasts forecasts, PageRenderer pages) implements Routes {
    private static final String ROOT = "/api/v1/forecast";
    private static final int BLOCK = 4;
    private static final int SHOWN = 15;
    private static final int LISTED = 200;

    @Override
    public void register(Router router) {
        router.get("/forecast", Access.READERS, context -> {
            weeks(context);
            render(context, null, "");
        });
        router.post("/forecast", Access.LEADS, this::level);
        router.get(ROOT, Access.READERS, this::forecast);
        router.post(ROOT + "/proposal", Access.LEADS, this::propose);
        router.post(ROOT + "/apply", Access.LEADS, this::apply);
    }

    public record Row(
            OwnerLoad load, List<Integer> blocks, @Nullable LocalDate busiest) {}

    private void level(Context context) {
        Principal principal = Requests.principal(context);
        Map<String, String> form = Requests.form(context);
        String plan = form.getOrDefault("plan", "");
        try {
            if ("apply".equals(form.get("do"))) {
                String shown = form.getOrDefault("fingerprint", "");
                Forecasts.Levelled done = forecasts.apply(plan, shown, Actor.of(principal), principal.channel());
                render(context, done, "applied");
            } else {
                render(context, forecasts.propose(plan), "proposed");
            }
        } catch (Problem refused) {
            if (refused.code().equals("proposal_changed")) {
                context.status(409);
                render(context, forecasts.propose(plan), "changed");
            } else if (refused.code().equals("days_are_fixed")) {
                context.status(409);
                render(context, null, "fixed");
            } else {
                throw refused;
            }
        }
    }

    private void render(Context context, Forecasts.@Nullable Levelled levelled, String say) {
        Principal principal = Requests.principal(context);
        Forecasts.Forecast forecast = forecasts.forecast(52, principal.confinedTo());
        List<OwnerLoad> shown = forecast.owners().stream().limit(SHOWN).toList();
        Map<String, Object> model = new HashMap<>();
        model.put("zoneId", forecast.zone().getId());
        model.put("maps", List.of(LoadMap.of(forecast, shown, 1), LoadMap.of(forecast, shown, BLOCK)));
        model.put("owners", forecast.owners().size());
        model.put("shown", shown.size());
        model.put("everybody", row(forecast, forecast.everybody()));
        model.put("blocks", blocks(forecast));
        List<Row> rows = new ArrayList<>();
        forecast.owners().stream().limit(LISTED).forEach(owner -> rows.add(row(forecast, owner)));
        model.put("rows", rows);
        model.put("lead", principal.lead());
        model.put("plans", principal.lead() ? movable() : List.of());
        model.put("levelled", levelled);
        model.put("say", say);
        pages.render(context, "web/review/forecast.peb", model);
    }

    private static Row row(Forecasts.Forecast forecast, OwnerLoad load) {
        LocalDate busiest = load.peak() == 0 ? null : forecast.weeks().mondays().get(load.busiest());
        return new Row(load, load.blocks(BLOCK), busiest);
    }

    private static List<LocalDate> blocks(Forecasts.Forecast forecast) {
        List<LocalDate> mondays = forecast.weeks().mondays();
        List<LocalDate> blocks = new ArrayList<>();
        for (int week = 0; week < mondays.size(); week += BLOCK) {
            blocks.add(mondays.get(week));
        }
        return blocks;
    }

    /** Plans whose slots follow an interval, so they can begin elsewhere. */
    private List<Plan> movable() {
        return database.read(handle -> handle.attach(PlanDao.class).listInForce()).stream()
                .filter(plan -> plan.read().cadence() instanceof CadenceRule.Interval)
                .toList();
    }

    public record Body(@Nullable String plan, @Nullable String fingerprint) {}

    private void forecast(Context context) {
        int weeks = weeks(context);
        Forecasts.Forecast forecast =
                forecasts.forecast(weeks, Requests.principal(context).confinedTo());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("zone", forecast.zone().getId());
        json.put("weeks", forecast.weeks().mondays());
        json.put(
                "items",
                forecast.owners().stream()
                        .map(load -> new Owned(named(load.owner()), named(load.name()), Due.of(load)))
                        .toList());
        json.put("everybody", Due.of(forecast.everybody()));
        context.json(json);
    }

    static int weeks(Context context) {
        int weeks = Requests.query(context, "weeks").integer("weeks").orElse(52);
        if (weeks < 1 || weeks > Weeks.MOST) {
            throw Problem.badRequest(
                    "bad_value", "weeks is a number from 1 to " + Weeks.MOST + ": so far ahead reviews are planned.");
        }
        return weeks;
    }

    /** @param due in each week */
    record Due(int overdue, int total, int peak, List<Integer> due) {
        static Due of(OwnerLoad load) {
            return new Due(load.overdue(), load.total(), load.peak(), load.weeks());
        }
    }

    record Owned(
            @Nullable String owner,
            @Nullable String name,
            @JsonUnwrapped Due load) {}

    record Moved(String asset, @Nullable String owner, LocalDate from, LocalDate to) {}

    record Peaked(@Nullable String owner, int before, int after) {}

    private static @Nullable String named(String text) {
        return text.isEmpty() ? null : text;
    }

    private void propose(Context context) {
        Body body = Requests.body(context, Body.class);
        context.json(json(forecasts.propose(plan(body)), false));
    }

    private void apply(Context context) {
        Body body = Requests.body(context, Body.class);
        String fingerprint = body.fingerprint();
        if (fingerprint == null || fingerprint.isBlank()) {
            throw Problem.invalid("/fingerprint", "required", "Send the fingerprint of the proposal you looked at.");
        }
        Principal principal = Requests.principal(context);
        context.json(json(forecasts.apply(plan(body), fingerprint, Actor.of(principal), principal.channel()), true));
    }

    private static String plan(Body body) {
        String plan = body.plan();
        if (plan == null || plan.isBlank()) {
            throw Problem.invalid("/plan", "required", "Name the plan whose load is levelled.");
        }
        return plan;
    }

    private static Map<String, @Nullable Object> json(Forecasts.Levelled levelled, boolean applied) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("plan", levelled.plan().id());
        json.put("applied", applied);
        json.put("fingerprint", levelled.fingerprint());
        json.put(
                "moves",
                levelled.proposal().moves().stream()
                        .map(move -> new Moved(move.ref(), named(move.owner()), move.from(), move.to()))
                        .toList());
        json.put(
                "peaks",
                levelled.proposal().peaks().stream()
                        .map(peak -> new Peaked(named(peak.owner()), peak.before(), peak.after()))
                        .toList());
        return json;
    }
}
