package dev.ronde.platform.job;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;

/** Jobs over the API: state and cancel. The starter and the leads see a job. */
public record JobApi(Jobs jobs) implements Routes {
    @Override
    public void register(Router router) {
        router.get("/api/v1/jobs/{id}", Access.SCOPED, context -> context.json(visible(context)));
        router.post("/api/v1/jobs/{id}/cancel", Access.SIGNED_IN, this::cancel);
    }

    private Job visible(Context context) {
        return visible(jobs, context);
    }

    static Job visible(Jobs jobs, Context context) {
        Principal principal = Requests.principal(context);
        Job job = jobs.get(PathIds.of(context, "id", "job"));
        if (!principal.lead() && !job.startedBy().equals(principal.actorRef())) {
            throw Problem.notFound("job", job.id());
        }
        return job;
    }

    private void cancel(Context context) {
        Job job = visible(context);
        jobs.cancel(job.id(), Requests.principal(context));
        context.json(jobs.get(job.id()));
    }
}
