package dev.ronde.evidence.state;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** The comparison of the tables with the records, on demand. */
public record StateApi(StateVerification verification) implements Routes {
    @Override
    public void register(Router router) {
        router.post("/api/v1/ledger/verify-state", Access.AUDIT, this::verify);
    }

    /** Reads all tables and their records now and records the result. */
    private void verify(Context context) {
        StateReport report = verification.run(Actor.of(Requests.principal(context)));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("good", report.good());
        json.put("rows", report.rows());
        json.put("differences", report.differences());
        json.put("more_differences", report.more());
        context.json(json);
    }
}
