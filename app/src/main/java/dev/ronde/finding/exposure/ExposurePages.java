package dev.ronde.finding.exposure;

import dev.ronde.catalogue.Severity;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.table.Table;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The exposure page: the period in numbers, the longest exposed assets, every exposure; and the same as CSV and as JSON. */
public final class ExposurePages implements Routes {
    private static final int ASSETS = 20;

    static final Table<WindowJson> TABLE = Table.<WindowJson>empty()
            .with("finding", WindowJson::finding)
            .with("asset", WindowJson::asset)
            .with("check", WindowJson::check)
            .with("severity", WindowJson::severity)
            .with("state", WindowJson::state)
            .with("last_good_at", WindowJson::lastGoodAt)
            .with("first_bad_at", WindowJson::firstBadAt)
            .with("detected_at", WindowJson::detectedAt)
            .with("last_bad_at", WindowJson::lastBadAt)
            .with("fixed_at", WindowJson::fixedAt)
            .with("min_seconds", window -> window.exposure().minSeconds())
            .with("max_seconds", window -> window.exposure().maxSeconds())
            .with("in_period_min_seconds", window -> window.inPeriod().minSeconds())
            .with("in_period_max_seconds", window -> window.inPeriod().maxSeconds())
            .with("acknowledged_at", WindowJson::acknowledgedAt);

    private final Database database;
    private final ExposureLedger ledger;
    private final PageRenderer pages;

    public ExposurePages(Database database, InstantSource clock, PageRenderer pages) {
        this.database = database;
        this.ledger = new ExposureLedger(clock);
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/exposure", Access.SCOPED, this::show);
        router.get("/exposure.csv", Access.SCOPED, this::csv);
        router.get("/api/v1/exposure", Access.SCOPED, this::json);
    }

    private ExposureLedger.Reading read(Query query, Principal principal) {
        return database.readSnapshot(handle -> ledger.read(handle, query, principal));
    }

    private void json(Context context) {
        ExposureLedger.Reading reading =
                read(Requests.query(context, ExposureLedger.PARAMETERS), Requests.principal(context));
        Map<String, Object> period = new LinkedHashMap<>();
        period.put("from", reading.period().from());
        period.put("to", reading.period().to());
        period.put("summary", reading.summary());
        Requests.list(context, reading.windows(), period);
    }

    private void show(Context context) {
        Query query = Requests.query(context, ExposureLedger.PARAMETERS);
        ExposureLedger.Reading reading = read(query, Requests.principal(context));
        List<ExposureSummary.AssetExposure> assets = reading.summary().assets();
        Map<String, Object> model =
                ListPage.of(query, reading.windows(), "/exposure", List.of("from", "to", "asset", "severity"));
        model.put("from", reading.period().from());
        model.put("to", reading.period().to());
        model.put("summary", reading.summary());
        model.put("measures", measures(reading.summary()));
        model.put("assets", assets.subList(0, Math.min(ASSETS, assets.size())));
        model.put("assetCount", assets.size());
        model.put("severities", Severity.codes());
        pages.render(context, "web/finding/exposures.peb", model);
    }

    /** In the order of a window's life, under the words that the page uses. */
    private static Map<String, ExposureSummary.Spread> measures(ExposureSummary summary) {
        Map<String, ExposureSummary.Spread> measures = new LinkedHashMap<>();
        measures.put("detect", summary.timeToDetect());
        measures.put("fix", summary.timeToFix());
        measures.put("min", summary.minSeconds());
        measures.put("longest", summary.maxSeconds());
        return measures;
    }

    private void csv(Context context) {
        Query query = Requests.query(context, "from", "to", "asset", "severity");
        Principal principal = Requests.principal(context);
        List<WindowJson> windows = new ArrayList<>();
        database.readSnapshot(handle -> {
            ledger.each(handle, query, principal, windows::add);
            return true;
        });
        Download.table(context, pages, "exposure.csv", TABLE, windows::forEach);
    }
}
