package dev.ronde.review.forecast;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The load ahead over the API, and levelling it. */
public record ForecastApi(Forecasts forecasts) implements Routes {
    private static final String ROOT = "/api/v1/forecast";

    @Override
    public void register(Router router) {
        router.get(ROOT, Access.READERS, this::forecast);
        router.post(ROOT + "/proposal", Access.LEADS, this::propose);
        router.post(ROOT + "/apply", Access.LEADS, this::apply);
    }

    public record Body(@Nullable String plan, @Nullable String fingerprint) {}

    private void forecast(Context context) {
        int weeks = weeks(context);
        Forecasts.Forecast forecast =
                forecasts.forecast(weeks, Requests.principal(context).confinedTo());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("zone", forecast.zone().getId());
        json.put("weeks", forecast.weeks().mondays());
        json.put("items", forecast.owners().stream().map(ForecastApi::json).toList());
        Map<String, @Nullable Object> everybody = json(forecast.everybody());
        everybody.remove("owner");
        everybody.remove("name");
        json.put("everybody", everybody);
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

    private static Map<String, @Nullable Object> json(OwnerLoad load) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("owner", load.owner().isEmpty() ? null : load.owner());
        json.put("name", load.name().isEmpty() ? null : load.name());
        json.put("overdue", load.overdue());
        json.put("total", load.total());
        json.put("peak", load.peak());
        json.put("due", load.weeks());
        return json;
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
                        .map(move -> {
                            Map<String, @Nullable Object> one = new LinkedHashMap<>();
                            one.put("asset", move.ref());
                            one.put("owner", move.owner().isEmpty() ? null : move.owner());
                            one.put("from", move.from());
                            one.put("to", move.to());
                            return one;
                        })
                        .toList());
        json.put(
                "peaks",
                levelled.proposal().peaks().stream()
                        .map(peak -> {
                            Map<String, @Nullable Object> one = new LinkedHashMap<>();
                            one.put("owner", peak.owner().isEmpty() ? null : peak.owner());
                            one.put("before", peak.before());
                            one.put("after", peak.after());
                            return one;
                        })
                        .toList());
        return json;
    }
}
