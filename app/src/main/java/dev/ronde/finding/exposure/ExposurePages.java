package dev.ronde.finding.exposure;

import dev.ronde.catalogue.Severity;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Links;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The exposure page: the period in numbers, the longest exposed assets, every exposure; and the same as CSV. */
final class ExposurePages implements Routes {
    private static final int ASSETS = 20;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final Database database;
    private final ExposureLedger ledger;
    private final PageRenderer pages;

    ExposurePages(Database database, ExposureLedger ledger, PageRenderer pages) {
        this.database = database;
        this.ledger = ledger;
        this.pages = pages;
    }

    @Override
    public void register(Router router) {
        router.get("/exposure", Access.READERS, this::show);
        router.get("/exposure.csv", Access.READERS, this::csv);
    }

    private void show(Context context) {
        Query query = Requests.query(context, ExposureLedger.PARAMETERS);
        Principal principal = Requests.principal(context);
        ExposureLedger.Reading reading = database.readSnapshot(handle -> ledger.read(handle, query, principal));
        List<AssetExposure> assets = reading.summary().assets();
        Map<String, Object> model = new HashMap<>();
        model.put("from", reading.period().from());
        model.put("to", reading.period().to());
        model.put("summary", reading.summary());
        model.put("measures", measures(reading.summary()));
        model.put("assets", assets.subList(0, Math.min(ASSETS, assets.size())));
        model.put("assetCount", assets.size());
        model.put("windows", reading.windows().items());
        model.put("severity", query.text("severity").orElse(""));
        model.put("asset", query.text("asset").orElse(""));
        model.put(
                "severities",
                Arrays.stream(Severity.values())
                        .sorted(Comparator.reverseOrder())
                        .map(Severity::code)
                        .toList());
        model.put(
                "next",
                Links.next("/exposure", query.values(), reading.windows().nextCursor()));
        model.put("csv", Links.filtered("/exposure.csv", query.values()));
        pages.render(context, "web/finding/exposures.peb", model);
    }

    /** In the order of a window's life, under the words that the page uses. */
    private static Map<String, Spread> measures(ExposureSummary summary) {
        Map<String, Spread> measures = new LinkedHashMap<>();
        measures.put("detect", summary.timeToDetect());
        measures.put("fix", summary.timeToFix());
        measures.put("min", summary.minSeconds());
        measures.put("longest", summary.maxSeconds());
        return measures;
    }

    private void csv(Context context) {
        Query query = Requests.query(context, "from", "to", "asset", "severity");
        Principal principal = Requests.principal(context);
        StringWriter text = new StringWriter();
        text.append(BYTE_ORDER_MARK);
        boolean french = pages.reader(context).locale().getLanguage().equals("fr");
        try (ExposureCsv csv = new ExposureCsv(text, french ? ';' : ',')) {
            database.readSnapshot(handle -> {
                ledger.each(handle, query, principal, csv::row);
                return true;
            });
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        context.contentType("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"exposure.csv\"")
                .result(text.toString());
    }
}
