package dev.ronde.platform.job;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Jobs over the API: state, events, cancel. The starter and the leads see a job. */
public final class JobApi implements Routes {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MAX_EVENTS = 1_200;
    private static final int HEARTBEAT_EVERY = 30;

    private final Jobs jobs;

    public JobApi(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/jobs/{id}", Access.SIGNED_IN, context -> context.json(JobView.of(visible(context))));
        router.get("/api/v1/jobs/{id}/events", Access.SIGNED_IN, this::events);
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
        context.json(JobView.of(jobs.get(job.id())));
    }

    /** Server-sent events: one each time the row changed, a comment every 15 s, the end when the job has ended. */
    private void events(Context context) throws IOException {
        UUID id = visible(context).id();
        context.res().setContentType("text/event-stream;charset=utf-8");
        context.res().setHeader("X-Accel-Buffering", "no");
        OutputStream out = context.res().getOutputStream();
        String last = "";
        for (int poll = 0; poll < MAX_EVENTS; poll++) {
            Job job = jobs.get(id);
            String shown = Json.write(JobView.of(job));
            if (!shown.equals(last)) {
                out.write(("id: " + poll + "\ndata: " + shown + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                last = shown;
            } else if (poll % HEARTBEAT_EVERY == 0) {
                out.write(": still here\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            if (job.finished()) {
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
