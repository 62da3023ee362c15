package dev.ronde.check.page;

import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.CheckTexts;
import dev.ronde.catalogue.Framework;
import dev.ronde.check.CheckStateDao;
import dev.ronde.check.message.CheckMessages;
import dev.ronde.check.protection.CheckFigures;
import dev.ronde.check.run.RunRequests;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The catalogue of checks, and the page of one. */
public record CheckPages(
        Database database,
        Catalogue catalogue,
        CheckFigures figures,
        CheckMessages messages,
        Snapshots snapshots,
        RunRequests requests,
        PageRenderer pages)
        implements Routes {
    private static final int ATTACHED = 200;

    @Override
    public void register(Router router) {
        router.get("/checks", Access.SCOPED, this::list);
        router.get("/checks/{id}", Access.SCOPED, this::show);
        router.post("/checks/run", Access.READERS, this::run);
    }

    public record Line(
            CatalogueEntry entry, CheckTexts texts, String protection, long assets, Map<String, Long> outcomes) {
        public long of(String outcome) {
            return outcomes.getOrDefault(outcome, 0L);
        }
    }

    public record Control(String framework, String id, String title, boolean guarded, String basis) {}

    private Line line(CatalogueEntry entry, Map<String, Long> outcomes, Locale locale) {
        String protection = Optional.ofNullable(entry.outline().protection())
                .map(key -> catalogue.protections().title(key, locale))
                .orElse("");
        long assets = outcomes.entrySet().stream()
                .filter(count -> !count.getKey().equals("stale"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new Line(entry, catalogue.texts(entry, locale), protection, assets, outcomes);
    }

    private void list(Context context) {
        Requests.query(context);
        Locale locale = pages.reader(context).locale();
        Map<String, Map<String, Long>> outcomes = figures.outcomes();
        Principal principal = Requests.principal(context);
        Map<String, Object> model = new HashMap<>();
        model.put(
                "lines",
                catalogue.entries().stream()
                        .map(entry -> line(entry, outcomes.getOrDefault(entry.id(), Map.of()), locale))
                        .toList());
        model.put("notUsed", catalogue.notUsed());
        model.put("coverage", figures.coverage(principal.confinedTo()));
        model.put("mayRun", principal.lead());
        pages.render(context, "web/check/list.peb", model);
    }

    private void show(Context context) {
        Requests.query(context);
        CatalogueEntry entry = check(context.pathParam("id"));
        Principal principal = Requests.principal(context);
        Locale locale = pages.reader(context).locale();
        Map<String, Map<String, Long>> outcomes = figures.outcomes();
        Map<String, Object> model = new HashMap<>();
        model.put("line", line(entry, outcomes.getOrDefault(entry.id(), Map.of()), locale));
        model.put("check", entry.definition());
        model.put("controls", controls(entry));
        List<CheckStateDao.AttachedAsset> attached = database.read(handle ->
                handle.attach(CheckStateDao.class).listAttached(entry.id(), principal.confinedTo(), ATTACHED));
        model.put("attached", attached);
        model.put("reasons", messages.reasons(attached.stream().map(CheckStateDao.AttachedAsset::reason), locale));
        model.put("mayRun", principal.lead());
        String source = entry.sound().map(check -> check.probe().source()).orElse(null);
        model.put("push", source == null ? List.of() : snapshots.pushCommands(source));
        model.put("mayDry", principal.lead() || principal.ownOnly());
        pages.render(context, "web/check/show.peb", model);
    }

    private CatalogueEntry check(String id) {
        return catalogue.find(id).orElseThrow(() -> Problem.notFound("check", id));
    }

    private List<Control> controls(CatalogueEntry entry) {
        List<Control> controls = new ArrayList<>();
        entry.sound().ifPresent(check -> check.about().mappings().forEach(mapping -> controls.add(control(mapping))));
        return controls;
    }

    private Control control(CheckDefinition.Mapping mapping) {
        Framework framework = catalogue.frameworks().get(mapping.framework());
        String name = framework == null ? mapping.framework() : framework.name() + " " + framework.version();
        String title = framework == null
                ? ""
                : Optional.ofNullable(framework.controls().get(mapping.control()))
                        .orElse("");
        return new Control(
                name, mapping.control(), title, mapping.needs() != null, framework == null ? "" : framework.basis());
    }

    private void run(Context context) {
        Map<String, String> form = Requests.form(context);
        UUID job = requests.start(given(form, "asset"), given(form, "check"), Requests.principal(context));
        context.redirect("/jobs/" + job, HttpStatus.SEE_OTHER);
    }

    private static @Nullable String given(Map<String, String> form, String name) {
        String text = form.getOrDefault(name, "");
        return text.isBlank() ? null : text;
    }
}
