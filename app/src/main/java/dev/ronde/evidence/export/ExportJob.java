package dev.ronde.evidence.export;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.job.JobKind;
import dev.ronde.platform.job.JobRun;
import dev.ronde.platform.json.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The background job {@code export}; its id becomes the id of the bundle. */
public final class ExportJob implements JobKind {
    public static final String NAME = "export";

    private final Exports exports;

    public ExportJob(Exports exports) {
        this.exports = exports;
    }

    /** What the job needs to know. */
    public static Map<String, Object> params(ExportRequest request, Actor by) {
        request.scope();
        return Map.of("request", request, "kind", by.kind(), "auth", by.auth());
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
            EvidenceExport export = exports.make(run.id(), request.scope(), by, (done, total) -> {
                run.progress(done, total);
                if (run.cancelled()) {
                    throw new Stopped();
                }
            });
            run.result(downloadPath(export));
        } catch (Stopped e) {
            // The half-made folder is gone; the job ends as cancelled.
        }
    }

    static String downloadPath(EvidenceExport export) {
        return "/api/v1/evidence/exports/" + export.exportId() + "/download";
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("cancelled", null, false, false);
        }
    }
}
