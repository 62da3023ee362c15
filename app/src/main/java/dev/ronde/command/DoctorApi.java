package dev.ronde.command;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.List;

/** Doctor over the API, for the command beside a running server. */
public record DoctorApi(Doctor doctor) implements Routes {
    @Override
    public void register(Router router) {
        router.get("/api/v1/doctor", Access.ADMINS, this::look);
    }

    private void look(Context context) {
        Requests.query(context, "limit", "cursor");
        List<Diagnosis> found = doctor.look();
        Requests.list(context, new PageOf<>(found, null, found.size(), true));
    }
}
