package dev.ronde.finding.waiver;

import dev.ronde.evidence.Actor;
import dev.ronde.finding.Finding;
import dev.ronde.finding.FindingReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Waivers over the API ({@code contract.md}): owners ask for their assets, leads decide. */
final class WaiverApi implements Routes {
    private static final int MAX_LIST = 1_000_000;

    private final Database database;
    private final Waivers waivers;
    private final WaiverReader reader;
    private final FindingReader findings;
    private final WaiverApplication application;

    WaiverApi(
            Database database,
            Waivers waivers,
            WaiverReader reader,
            FindingReader findings,
            WaiverApplication application) {
        this.database = database;
        this.waivers = waivers;
        this.reader = reader;
        this.findings = findings;
        this.application = application;
    }

    private record Denial(@Nullable String reason) {}

    @Override
    public void register(Router router) {
        router.get("/api/v1/waivers", Access.READERS, this::list);
        router.get("/api/v1/waivers/{ref}", Access.READERS, this::show);
        router.post("/api/v1/findings/{id}/waivers", Access.ANSWERERS, this::request);
        router.post("/api/v1/waivers/{ref}/approve", Access.LEADS, this::approve);
        router.post("/api/v1/waivers/{ref}/deny", Access.LEADS, this::deny);
        router.post("/api/v1/waivers/apply", Access.ANSWERERS, this::apply);
        router.delete("/api/v1/waivers/{ref}", Access.ANSWERERS, this::revoke);
    }

    private void list(Context context) {
        Query query = Requests.query(context, WaiverReader.PARAMETERS);
        Principal principal = Requests.principal(context);
        Requests.list(context, database.read(handle -> reader.list(handle, query, principal)));
    }

    private void show(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        answer(
                context,
                database.read(handle -> reader.view(handle, reader.get(handle, context.pathParam("ref"), principal))));
    }

    /** A whole list in one call, as {@code ronde waiver apply} sends it. */
    private void apply(Context context) {
        Query query = Requests.query(context, "dry_run");
        boolean dryRun = query.flag("dry_run").orElse(false);
        Principal principal = Requests.principal(context);
        WaiverList list = WaiverList.of(Requests.tree(context, MAX_LIST));
        List<WaiverApplication.Result> applied = dryRun
                ? database.read(handle -> application.apply(handle, list, principal, true))
                : database.inTransaction(tx -> application.apply(tx, list, principal, false));
        context.json(Map.of("items", applied));
    }

    private void request(Context context) {
        Requests.query(context);
        WaiverDraft draft = Requests.body(context, WaiverDraft.class);
        Principal principal = Requests.principal(context);
        WaiverJson view = database.inTransaction(tx -> {
            Finding finding = findings.finding(tx, context.pathParam("id"), principal);
            return reader.view(tx, waivers.request(tx, finding, draft, Actor.of(principal)));
        });
        context.status(HttpStatus.CREATED).header("Location", "/api/v1/waivers/" + view.ref());
        answer(context, view);
    }

    private void approve(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        answer(context, database.inTransaction(tx -> {
            Waiver waiver = reader.get(tx, context.pathParam("ref"), principal);
            return reader.view(tx, waivers.approve(tx, waiver, reader.finding(tx, waiver), principal));
        }));
    }

    private void deny(Context context) {
        Requests.query(context);
        Denial denial = Requests.body(context, Denial.class);
        Principal principal = Requests.principal(context);
        answer(context, database.inTransaction(tx -> {
            Waiver waiver = reader.get(tx, context.pathParam("ref"), principal);
            return reader.view(tx, waivers.deny(tx, waiver, denial.reason(), principal));
        }));
    }

    private void revoke(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        answer(context, database.inTransaction(tx -> {
            Waiver waiver = reader.get(tx, context.pathParam("ref"), principal);
            Requests.requireMatch(context, waiver.version());
            return reader.view(tx, waivers.revoke(tx, waiver, principal));
        }));
    }

    private static void answer(Context context, WaiverJson view) {
        Requests.etag(context, view.version());
        context.json(view);
    }
}
