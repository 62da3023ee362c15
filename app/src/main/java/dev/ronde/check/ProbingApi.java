package dev.ronde.check;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** The stop of every probe, and maintenance windows, over HTTP. */
final class ProbingApi implements Routes {
    private final CheckRoom room;
    private final ProbingDesk desk;

    ProbingApi(CheckRoom room) {
        this.room = room;
        this.desk = new ProbingDesk(room);
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

    /** Why everything is stopped; may be left out, since hurry is allowed. */
    record Stop(@Nullable String reason) {}

    private void status(Context context) {
        Requests.query(context);
        context.json(desk.status());
    }

    private void stop(Context context) {
        Stop body = Requests.body(context, Stop.class);
        room.pauses().stop(body.reason(), Actor.of(Requests.principal(context)));
        context.json(desk.status());
    }

    private void resume(Context context) {
        Requests.query(context);
        room.pauses().resume(Actor.of(Requests.principal(context)));
        context.json(desk.status());
    }

    private void windows(Context context) {
        Requests.list(context, desk.windows(Requests.query(context, "limit", "cursor")));
    }

    private void plan(Context context) {
        ProbePauses.Wanted wanted = Requests.body(context, ProbePauses.Wanted.class);
        context.status(HttpStatus.CREATED).json(desk.plan(wanted, Requests.principal(context)));
    }

    private void end(Context context) {
        Requests.query(context);
        context.json(desk.end(context.pathParam("id"), Requests.principal(context)));
    }
}
