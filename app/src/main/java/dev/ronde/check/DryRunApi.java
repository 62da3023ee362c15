package dev.ronde.check;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** The dry run of one check on one asset; whoever may run checks now may do so. */
final class DryRunApi implements Routes {
    private final CheckRoom room;
    private final CheckDesk desk;

    DryRunApi(CheckRoom room) {
        this.room = room;
        this.desk = new CheckDesk(room);
    }

    private record Wanted(@Nullable String asset) {}

    @Override
    public void register(Router router) {
        router.post("/api/v1/checks/{id}/dry-run", Access.READERS, this::run);
    }

    private void run(Context context) {
        Requests.query(context);
        String ref = Requests.body(context, Wanted.class).asset();
        CatalogueEntry entry = desk.check(context.pathParam("id"));
        Asset asset = desk.mayRun(ref == null ? "" : ref, Requests.principal(context));
        context.json(room.dryRuns().told(entry, asset, room.explainer(), room.reasons()));
    }
}
