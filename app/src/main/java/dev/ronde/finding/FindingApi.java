package dev.ronde.finding;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.List;

/** Findings over HTTP ({@code contract.md}). */
final class FindingApi implements Routes {
    private final Database database;
    private final FindingReader reader;

    FindingApi(Database database, FindingReader reader) {
        this.database = database;
        this.reader = reader;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/findings", Access.READERS, this::list);
        router.get("/api/v1/findings/{id}", Access.READERS, this::show);
        router.post("/api/v1/findings/{id}/acknowledge", Access.ANSWERERS, this::acknowledge);
    }

    private void list(Context context) {
        Query query = Requests.query(context, FindingReader.PARAMETERS);
        Principal principal = Requests.principal(context);
        Requests.list(context, database.read(handle -> reader.list(handle, query, principal, FindingReader.State.ALL)));
    }

    private void show(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        context.json(database.read(handle -> reader.get(handle, context.pathParam("id"), principal)));
    }

    private void acknowledge(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        context.json(database.inTransaction(tx -> {
            Finding finding = reader.acknowledge(tx, context.pathParam("id"), principal);
            return reader.views(tx, List.of(finding)).get(0);
        }));
    }
}
