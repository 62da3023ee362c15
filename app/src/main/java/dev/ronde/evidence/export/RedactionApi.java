package dev.ronde.evidence.export;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.redact.RedactionHit;
import dev.ronde.evidence.redact.RedactionScan;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the nightly look at stored evidence found; places and rules, never texts. */
record RedactionApi(RedactionScan scan) implements Routes {
    private static final int LISTED = 500;

    @Override
    public void register(Router router) {
        router.get("/api/v1/evidence/redactions", Access.AUDIT, this::show);
        router.post("/api/v1/evidence/redactions/scan", Access.AUDIT, this::run);
    }

    private void show(Context context) {
        Requests.query(context);
        context.json(json(scan.report(LISTED)));
    }

    private void run(Context context) {
        Requests.query(context);
        context.json(json(scan.run(Actor.of(Requests.principal(context)))));
    }

    private static Map<String, @Nullable Object> json(RedactionScan.Report report) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("rules", report.rules());
        json.put("scanned", report.scanned());
        json.put("finished_at", report.finishedAt());
        json.put("hits", report.hits());
        json.put("items", report.newest().stream().map(RedactionApi::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(RedactionHit hit) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("record_id", hit.recId());
        json.put("asset", hit.assetRef());
        json.put("check", hit.checkId());
        json.put("place", hit.place());
        json.put("rule", hit.rule());
        json.put("rules", hit.rules());
        json.put("found_at", hit.foundAt());
        return json;
    }
}
