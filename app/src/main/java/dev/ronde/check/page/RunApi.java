package dev.ronde.check.page;

import dev.ronde.check.run.Explainer;
import dev.ronde.check.run.RunRequests;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Runs of checks over HTTP: what they brought, why, and new ones. */
public final class RunApi implements Routes {
    private final Database database;
    private final RunViews views;
    private final Explainer explainer;
    private final RunRequests requests;
    private final DryRunViews dryRuns;

    public RunApi(Database database, RunViews views, Explainer explainer, RunRequests requests, DryRunViews dryRuns) {
        this.database = database;
        this.views = views;
        this.explainer = explainer;
        this.requests = requests;
        this.dryRuns = dryRuns;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/check-runs", Access.READERS, this::list);
        router.post("/api/v1/check-runs", Access.READERS, this::start);
        router.get("/api/v1/check-runs/{id}", Access.READERS, this::show);
        router.get("/api/v1/check-runs/{id}/explanation", Access.READERS, this::explain);
        router.post("/api/v1/checks/{id}/dry-run", Access.READERS, this::dryRun);
    }

    private void list(Context context) {
        Requests.list(context, views.list(Requests.query(context, RunViews.PARAMETERS), Requests.principal(context)));
    }

    /** Null means all assets or all checks. */
    record Wanted(@Nullable String asset, @Nullable String check) {}

    private void start(Context context) {
        Wanted wanted = Requests.body(context, Wanted.class);
        UUID job = requests.start(wanted.asset(), wanted.check(), Requests.principal(context));
        context.status(HttpStatus.ACCEPTED)
                .header("Location", "/api/v1/jobs/" + job)
                .json(requests.job(job));
    }

    private void show(Context context) {
        context.json(view(context).json());
    }

    private void explain(Context context) {
        RunViews.View view = view(context);
        context.json(explainer.explain(view.run(), view.asset(), view.details()));
    }

    private RunViews.View view(Context context) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        return database.read(handle -> views.get(handle, context.pathParam("id"), principal));
    }

    private record DryRun(@Nullable String asset) {}

    private void dryRun(Context context) {
        Requests.query(context);
        String ref = Requests.body(context, DryRun.class).asset();
        context.json(dryRuns.run(
                        context.pathParam("id"), ref == null ? "" : ref, Requests.principal(context), Locale.ENGLISH)
                .result());
    }
}
