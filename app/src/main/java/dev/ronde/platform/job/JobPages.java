package dev.ronde.platform.job;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.Map;

/** The page of a job; it reloads itself while the job runs, without script. */
public record JobPages(Jobs jobs, PageRenderer pages) implements Routes {
    private static final int SHOWN = 50;

    @Override
    public void register(Router router) {
        router.get("/jobs", Access.LEADS, this::list);
        router.get("/jobs/{id}", Access.SCOPED, this::show);
        router.post("/jobs/{id}/cancel", Access.SIGNED_IN, this::cancel);
    }

    private void list(Context context) {
        Map<String, Object> model = new HashMap<>();
        model.put("jobs", jobs.list(SHOWN));
        pages.render(context, "web/jobs.peb", model);
    }

    private void show(Context context) {
        Requests.query(context);
        Job job = JobApi.visible(jobs, context);
        if (!job.finished()) {
            context.header("Refresh", "2");
        }
        Map<String, Object> model = new HashMap<>();
        model.put("job", job);
        model.put("finished", job.finished());
        pages.render(context, "web/job.peb", model);
    }

    private void cancel(Context context) {
        Job job = JobApi.visible(jobs, context);
        jobs.cancel(job.id(), Requests.principal(context));
        context.redirect("/jobs/" + job.id(), io.javalin.http.HttpStatus.SEE_OTHER);
    }
}
