package dev.ronde.evidence.export;

import dev.ronde.evidence.NameBook;
import dev.ronde.evidence.sample.Freezes;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The evidence page: ask for a bundle, take one, see the checkpoint, the key and the last verification. */
record EvidencePages(
        LedgerPanel ledger,
        Exports exports,
        ExportJob exporting,
        Freezes freezes,
        NameBook names,
        PageRenderer pages,
        InstantSource clock)
        implements Routes {
    private static final int LISTED = 20;

    @Override
    public void register(Router router) {
        router.get("/evidence", Access.SCOPED_AUDIT, context -> show(context, Map.of(), Map.of()));
        router.post("/evidence/exports", Access.SCOPED_AUDIT, this::export);
        router.get("/evidence/exports/{id}/download", Access.SCOPED_AUDIT, this::download);
    }

    private void download(Context context) {
        UUID id = PathIds.of(context, "id", "export");
        EvidenceApi.send(context, exports, exports.get(id, Requests.principal(context)));
    }

    private void show(Context context, Map<String, String> given, Map<String, String> errors) {
        Requests.query(context);
        Principal principal = Requests.principal(context);
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        Map<String, @Nullable Object> model = new HashMap<>();
        model.put(
                "from",
                given.getOrDefault(
                        "from", today.minusMonths(3).withDayOfMonth(1).toString()));
        model.put("to", given.getOrDefault("to", today.toString()));
        model.put("frameworks", given.getOrDefault("frameworks", ""));
        model.put("assets", given.getOrDefault("assets", ""));
        model.put(
                "lang",
                given.getOrDefault("lang", pages.reader(context).locale().getLanguage()));
        Map<String, @Nullable String> shown = new HashMap<>();
        for (String field : List.of("from", "to", "frameworks", "assets")) {
            shown.put(field, errors.get(field));
        }
        model.put("errors", shown);
        model.put(
                "exports",
                exports.list(null, LISTED, principal.onlyAskedBy()).items().stream()
                        .map(this::row)
                        .toList());
        model.put("freezes", freezes.list(null, LISTED, principal.onlyAskedBy()).items());
        model.putAll(ledger.model());
        model.put("limited", principal.limits() != null);
        pages.render(context, "web/evidence.peb", nonNull(model));
    }

    /** The template asks {@code is null}; the renderer's map holds nulls all the same. */
    @SuppressWarnings("NullAway")
    private static Map<String, Object> nonNull(Map<String, @Nullable Object> model) {
        return new HashMap<>(model);
    }

    private Map<String, Object> row(EvidenceExport export) {
        return Map.of("export", export, "by", names.nameOf(export.requestedBy()).orElse(export.requestedBy()));
    }

    private void export(Context context) {
        Map<String, String> form = Requests.form(context);
        try {
            ExportRequest request = new ExportRequest(
                    Requests.date(form, "from"),
                    Requests.date(form, "to"),
                    names(form, "frameworks"),
                    names(form, "assets"),
                    form.get("lang"));
            UUID job = exporting.start(request, Requests.principal(context));
            context.redirect("/jobs/" + job, HttpStatus.SEE_OTHER);
        } catch (Problem e) {
            Map<String, String> errors = new HashMap<>();
            for (FieldError error : Requests.refused(context, e)) {
                errors.putIfAbsent(error.pointer().split("/", -1)[1], "evidence.error." + error.code());
            }
            show(context, form, errors);
        }
    }

    private static List<String> names(Map<String, String> form, String name) {
        return new ArrayList<>(Arrays.stream(form.getOrDefault(name, "").split("[,\\n]", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList());
    }
}
