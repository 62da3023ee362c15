package dev.ronde.check.pause;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** The stop of every probe, and maintenance windows, over HTTP. */
public final class ProbingApi implements Routes {
    private final PauseRequests requests;

    public ProbingApi(PauseRequests requests) {
        this.requests = requests;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/probing", Access.READERS, this::status);
        router.post("/api/v1/probing/stop", Access.ADMINS, this::stop);
        router.post("/api/v1/probing/resume", Access.ADMINS, this::resume);
        router.get("/api/v1/maintenance-windows", Access.AUDIT, this::windows);
        router.post("/api/v1/maintenance-windows", Access.LEADS, this::plan);
        router.post("/api/v1/maintenance-windows/{id}/end", Access.LEADS, this::end);
    }

    /** May be null, because a stop may be urgent. */
    record Stop(@Nullable String reason) {}

    private void status(Context context) {
        Requests.query(context);
        context.json(requests.status());
    }

    private void stop(Context context) {
        Stop body = Requests.body(context, Stop.class);
        requests.stop(body.reason(), Requests.principal(context));
        context.json(requests.status());
    }

    private void resume(Context context) {
        Requests.query(context);
        requests.resume(Requests.principal(context));
        context.json(requests.status());
    }

    private void windows(Context context) {
        Requests.list(context, requests.windows(Requests.query(context, "limit", "cursor")));
    }

    private void plan(Context context) {
        ProbePauses.Wanted wanted = Requests.body(context, ProbePauses.Wanted.class);
        context.status(HttpStatus.CREATED).json(requests.plan(wanted, Requests.principal(context)));
    }

    private void end(Context context) {
        Requests.query(context);
        context.json(requests.end(context.pathParam("id"), Requests.principal(context)));
    }
}
