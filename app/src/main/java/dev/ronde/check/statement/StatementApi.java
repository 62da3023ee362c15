package dev.ronde.check.statement;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/** What people state of protections that no probe sees, over HTTP. */
public final class StatementApi implements Routes {

    private static final String PATH = "/api/v1/assets/{ref}/checks/{check}/attestation";

    private final Database database;
    private final StatementRequests requests;

    public StatementApi(Database database, StatementRequests requests) {
        this.database = database;
        this.requests = requests;
    }

    @Override
    public void register(Router router) {
        router.get(PATH, Access.READERS, this::list);
        router.post(PATH, Access.ANSWERERS, this::state);
    }

    record Said(
            @Nullable Boolean attested,
            @Nullable String note,
            @Nullable String by) {}

    private void list(Context context) {
        Query query = Requests.query(context, "limit", "cursor");
        Statements.Question question = database.read(handle -> requests.question(
                handle, context.pathParam("ref"), context.pathParam("check"), Requests.principal(context)));
        Requests.list(context, requests.list(question, query));
    }

    private void state(Context context) {
        Requests.query(context);
        Said said = Requests.body(context, Said.class);
        context.json(requests.state(
                context.pathParam("ref"),
                context.pathParam("check"),
                new StatementRequests.Word(said.attested(), said.note(), said.by()),
                Requests.principal(context)));
    }
}
