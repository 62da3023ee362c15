package dev.ronde.check.log;

import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.HostAddresses;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.UUID;

/** The probe log over HTTP. */
public final class ProbeLogApi implements Routes {
    static final String[] PARAMETERS = {"asset", "check", "address", "port", "outcome", "from", "to", "limit", "cursor"
    };

    private final Database database;

    public ProbeLogApi(Database database) {
        this.database = database;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/probe-log", Access.AUDIT, this::list);
    }

    private void list(Context context) {
        Query query = Requests.query(context, PARAMETERS);
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        int limit = query.limit();
        Requests.list(context, database.read(handle -> ProbeLog.page(handle, wanted(query), before, limit)));
    }

    private static String stored(String text) {
        try {
            return HostAddresses.literal(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(
                            "bad_parameter",
                            "The parameter address is \"" + text
                                    + "\": write one IP address such as 192.0.2.1 or 2001:db8::1.")
                    .values("address", text);
        }
    }

    private static String outcome(String text) {
        if (!Exchange.OUTCOMES.contains(text)) {
            throw Problem.badRequest(
                            "bad_parameter",
                            "The parameter outcome is \"" + text + "\": write one of "
                                    + String.join(", ", Exchange.OUTCOMES) + ".")
                    .values("outcome", text);
        }
        return text;
    }

    static ProbeLogDao.Wanted wanted(Query query) {
        return new ProbeLogDao.Wanted(
                query.text("asset").orElse(null),
                query.text("check").orElse(null),
                query.text("address").map(ProbeLogApi::stored).orElse(null),
                query.integer("port").orElse(null),
                query.text("outcome").map(ProbeLogApi::outcome).orElse(null),
                query.instant("from").orElse(null),
                query.instant("to").orElse(null));
    }
}
