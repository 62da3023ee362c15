package dev.ronde.command;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;

/** Doctor over the API, for the command beside a running server. */
public record DoctorApi(Doctor doctor) implements Routes {
    @Override
    public void register(Router router) {
        router.get("/api/v1/doctor", Access.ADMINS, this::look);
    }

    private void look(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Requests.list(context, PageOf.whole(doctor.look(), query));
    }
}
