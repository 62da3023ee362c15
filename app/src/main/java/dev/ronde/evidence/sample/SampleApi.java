package dev.ronde.evidence.sample;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Download;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Freezes and samples over HTTP, and the sheet of a sample as a file. */
public record SampleApi(Freezes freezes) implements Routes {
    private static final String ROOT = "/api/v1/evidence/freezes";

    @Override
    public void register(Router router) {
        router.get(ROOT, Access.SCOPED_AUDIT, this::list);
        router.post(ROOT, Access.SCOPED_AUDIT, this::freeze);
        router.get(ROOT + "/{id}", Access.SCOPED_AUDIT, context -> {
            Requests.query(context);
            context.json(json(freezes.get(PathIds.of(context, "id", "freeze"), Requests.principal(context))));
        });
        router.post(ROOT + "/{id}/samples", Access.SCOPED_AUDIT, this::draw);
        router.get(ROOT + "/{id}/samples/{population}", Access.SCOPED_AUDIT, context -> sheet(context, freezes));
    }

    record FreezeRequest(@Nullable UUID export) {}

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Requests.list(
                context,
                query,
                asked -> freezes.list(
                                asked.cursor(1).orElse(null),
                                asked.limit(),
                                Requests.principal(context).onlyAskedBy())
                        .map(SampleApi::json));
    }

    private void freeze(Context context) {
        UUID export = Requests.body(context, FreezeRequest.class).export();
        if (export == null) {
            throw Problem.invalid("/export", "required", "Say the id of the bundle whose tables are to be frozen.");
        }
        Freeze freeze = freezes.freeze(export, Requests.principal(context));
        context.status(201).header("Location", ROOT + "/" + freeze.id());
        context.json(json(freeze));
    }

    private void draw(Context context) {
        UUID id = PathIds.of(context, "id", "freeze");
        SampleRequest request = Requests.body(context, SampleRequest.class);
        Sample sample = freezes.draw(id, request, Requests.principal(context));
        context.status(201).header("Location", ROOT + "/" + id + "/samples/" + sample.population());
        context.json(json(sample));
    }

    static void sheet(Context context, Freezes freezes) {
        Requests.query(context);
        String table = context.pathParam("population");
        Sample sample = freezes.get(PathIds.of(context, "id", "freeze"), Requests.principal(context)).samples().stream()
                .filter(drawn -> drawn.population().equals(table))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("sample", table));
        String sheet = freezes.sheet(sample);
        Download.send(context, Download.CSV, sample.name() + ".csv", out -> out.write(sheet));
    }

    private static Map<String, Object> json(Freeze freeze) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", freeze.id());
        json.put("export", freeze.exportId());
        json.put("from", freeze.from());
        json.put("to", freeze.to());
        json.put("frozen_by", freeze.frozenBy());
        json.put("frozen_at", freeze.frozenAt());
        json.put("sealed", freeze.sealed());
        json.put("files", freeze.files());
        json.put("samples", freeze.samples().stream().map(SampleApi::json).toList());
        return json;
    }

    private static Map<String, Object> json(Sample sample) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", sample.name());
        json.put("population", sample.population());
        json.put("population_sha256", sample.populationSha256());
        json.put("seed", sample.seed());
        json.put("seed_source", sample.seedSource());
        json.put("seed_given_by", sample.givenBy());
        json.put("stratified_by", sample.stratifiedBy());
        json.put("n", sample.size());
        json.put("drawn", sample.drawn());
        json.put("drawn_by", sample.drawnBy());
        json.put("drawn_at", sample.drawnAt());
        return json;
    }
}
