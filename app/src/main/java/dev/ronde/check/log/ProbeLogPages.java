package dev.ronde.check.log;

import dev.ronde.check.log.ProbeLog.ProbeLogDao;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.HostAddresses;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The probe log: every exchange of packets, to be searched by whoever saw one, on a page and over HTTP. */
public record ProbeLogPages(Database database, PageRenderer pages) implements Routes {
    private static final String PATH = "/checks/probing/log";
    private static final List<String> FILTERS = List.of("asset", "check", "address", "port", "outcome", "from", "to");
    private static final String[] PARAMETERS = Stream.concat(FILTERS.stream(), Stream.of("sort", "limit", "cursor"))
            .toArray(String[]::new);

    @Override
    public void register(Router router) {
        router.get(PATH, Access.AUDIT, this::show);
        router.get(
                "/api/v1/probe-log",
                Access.AUDIT,
                context -> Requests.list(context, Requests.query(context, PARAMETERS), this::page));
    }

    private PageOf<ProbeLog.ProbeLogJson> page(Query query) {
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        int limit = query.limit();
        return database.read(handle -> ProbeLog.page(handle, wanted(query), before, limit));
    }

    private void show(Context context) {
        Query query = Requests.query(context, PARAMETERS);
        Map<String, Object> model = ListPage.of(query, PageOf.listed(query, this::page), PATH, FILTERS);
        model.put("kept", ProbeLog.KEPT.toDays());
        pages.render(context, "web/check/probe-log.peb", model);
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

    private static ProbeLogDao.Wanted wanted(Query query) {
        return new ProbeLogDao.Wanted(
                query.text("asset").orElse(null),
                query.text("check").orElse(null),
                query.text("address").map(ProbeLogPages::stored).orElse(null),
                query.integer("port").orElse(null),
                query.text("outcome").map(ProbeLogPages::outcome).orElse(null),
                query.instant("from").orElse(null),
                query.instant("to").orElse(null));
    }
}
