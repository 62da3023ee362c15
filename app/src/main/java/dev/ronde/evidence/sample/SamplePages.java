package dev.ronde.evidence.sample;

import dev.ronde.evidence.NameBook;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The page of a freeze: what was frozen, what was drawn, and the forms to draw with, once it is sealed. */
public record SamplePages(Freezes freezes, NameBook names, PageRenderer pages) implements Routes {
    private static final String ONE = "/evidence/freezes/{id}";
    private static final List<String> FIELDS = List.of("population", "n", "seed", "stratified_by", "given_by");

    @Override
    public void register(Router router) {
        router.post("/evidence/exports/{id}/freeze", Access.SCOPED_AUDIT, this::freeze);
        router.get(ONE, Access.SCOPED_AUDIT, context -> show(context, Map.of(), List.of()));
        router.post(ONE + "/samples", Access.SCOPED_AUDIT, this::draw);
        router.get(ONE + "/samples/{population}", Access.SCOPED_AUDIT, context -> SampleApi.sheet(context, freezes));
    }

    private void freeze(Context context) {
        Requests.form(context);
        Freeze freeze = freezes.freeze(PathIds.of(context, "id", "export"), Requests.principal(context));
        context.redirect("/evidence/freezes/" + freeze.id(), HttpStatus.SEE_OTHER);
    }

    private void draw(Context context) {
        UUID id = PathIds.of(context, "id", "freeze");
        Map<String, String> form = Requests.form(context);
        boolean extend = form.containsKey("extend");
        try {
            SampleRequest request = new SampleRequest(
                    form.get("population"),
                    extend ? null : form.getOrDefault("seed", "").strip(),
                    form.getOrDefault("n", "").strip().matches("[0-9]{1,5}")
                            ? Integer.valueOf(form.getOrDefault("n", "").strip())
                            : null,
                    form.get("stratified_by"),
                    form.get("given_by"),
                    extend);
            freezes.draw(id, request, Requests.principal(context));
            context.redirect("/evidence/freezes/" + id, HttpStatus.SEE_OTHER);
        } catch (Problem e) {
            show(context, form, Requests.refused(context, e));
        }
    }

    private void show(Context context, Map<String, String> form, List<FieldError> errors) {
        Requests.query(context);
        Freeze freeze = freezes.get(PathIds.of(context, "id", "freeze"), Requests.principal(context));
        Map<String, Object> model = new HashMap<>();
        model.put("freeze", freeze);
        model.put("frozen_at", Instant.parse(freeze.frozenAt()));
        model.put("by", name(freeze.frozenBy()));
        model.put("samples", freeze.samples().stream().map(this::row).toList());
        model.put(
                "populations",
                Stream.of(SampledTable.values())
                        .map(SampledTable::word)
                        .filter(word -> freeze.samples().stream()
                                .noneMatch(sample -> sample.population().equals(word)))
                        .toList());
        Map<String, String> given = new HashMap<>();
        FIELDS.forEach(field -> given.put(field, form.getOrDefault(field, "")));
        model.put("form", given);
        model.put(
                "errors",
                errors.stream()
                        .map(error -> Map.of(
                                "field", error.pointer().substring(1), "message", "evidence.error." + error.code()))
                        .toList());
        pages.render(context, "web/freeze.peb", model);
    }

    private Map<String, Object> row(Sample sample) {
        String giver = sample.givenBy().isEmpty() ? name(sample.drawnBy()) : sample.givenBy();
        return Map.of("sample", sample, "by", giver, "at", Instant.parse(sample.drawnAt()));
    }

    private String name(String ref) {
        return names.nameOf(ref).orElse(ref);
    }
}
