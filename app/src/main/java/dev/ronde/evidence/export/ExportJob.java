package dev.ronde.evidence.export;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.job.JobKind;
import dev.ronde.platform.job.JobRun;
import dev.ronde.platform.job.Jobs;
import dev.ronde.platform.json.Json;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.JsonNode;

/** The background job that makes a bundle; its id becomes the id of the bundle. */
record ExportJob(Exports exports, Database database, Jobs jobs) implements JobKind {
    private static final String NAME = "export";

    /** Returns the id of the job; throws a {@code Problem} if the request does not fit. */
    UUID start(ExportRequest asked, Principal principal) {
        Actor by = Actor.of(principal);
        ExportRequest request = exports.within(asked, principal);
        exports.requireKnown(request);
        request.scope();
        Map<String, Object> params = Map.of("request", request, "kind", by.kind(), "auth", by.auth());
        return database.inTransaction(tx -> jobs.start(tx, NAME, params, by.ref()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(JobRun run) {
        JsonNode params = run.params();
        ExportRequest request = Json.MAPPER.treeToValue(params.get("request"), ExportRequest.class);
        Actor by = new Actor(
                params.get("kind").asString(),
                run.startedBy(),
                params.get("auth").asString());
        try {
            EvidenceExport export = exports.make(run.id(), request.scope(), request.language(), by, (done, total) -> {
                run.progress(done, total);
                if (run.cancelled()) {
                    throw new CancellationException();
                }
            });
            run.result(downloadPath(export));
        } catch (CancellationException e) {
            // The half-made folder is gone; the job ends as cancelled.
        }
    }

    static String downloadPath(EvidenceExport export) {
        return "/api/v1/evidence/exports/" + export.exportId() + "/download";
    }
}
