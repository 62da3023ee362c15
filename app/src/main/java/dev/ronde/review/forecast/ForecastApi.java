package dev.ronde.review.forecast;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
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
