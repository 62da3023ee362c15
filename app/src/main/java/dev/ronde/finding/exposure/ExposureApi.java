package dev.ronde.finding.exposure;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /exposure}: the windows of a period and the period in numbers. */
final class ExposureApi implements Routes {
    private final Database database;
    private final ExposureLedger ledger;

    ExposureApi(Database database, ExposureLedger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/exposure", Access.READERS, this::read);
    }

    record Answer(
            LocalDate from,
            LocalDate to,
            ExposureSummary summary,
            List<WindowJson> items,
            @Nullable String nextCursor,
            Total total) {
        record Total(long count, String type) {}
    }

    private void read(Context context) {
        Query query = Requests.query(context, ExposureLedger.PARAMETERS);
        Principal principal = Requests.principal(context);
        ExposureLedger.Reading reading = database.readSnapshot(handle -> ledger.read(handle, query, principal));
        PageOf<WindowJson> page = Requests.bound(context, reading.windows());
        context.json(new Answer(
                reading.period().from(),
                reading.period().to(),
                reading.summary(),
                page.items(),
                page.nextCursor(),
                new Answer.Total(page.count(), "exact")));
    }
}
