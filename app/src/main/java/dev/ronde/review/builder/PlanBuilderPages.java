package dev.ronde.review.builder;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.document.Fault;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.plan.PlanText;
import dev.ronde.review.planning.Announcement;
import dev.ronde.review.planning.CadenceWords;
import dev.ronde.review.planning.PlanApi;
import dev.ronde.review.planning.PlanChange;
import dev.ronde.review.planning.PlanEffect;
import dev.ronde.review.planning.Plans;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages on which a plan is built: a form, or the text of a plan file. Both are read by the reader of plan files and by nothing else;
 * a preview tells the numbers before anything happens.
 *
 * @param words those that are offered
 * @param ladder when people would be told
 */
public record PlanBuilderPages(
        Database database,
        InstantSource clock,
        Plans plans,
        PlanReader reader,
        PlanWords words,
        LadderAhead ladder,
        PageRenderer pages)
        implements Routes {
    private static final Set<Integer> EXPLAINED = Set.of(409, 412, 422);

    @Override
    public void register(Router router) {
        router.get("/plans/new", Access.LEADS, this::blank);
        router.post("/plans", Access.LEADS, context -> take(context, ""));
        router.get("/plans/{id}/edit", Access.LEADS, this::edit);
        router.post("/plans/{id}", Access.LEADS, context -> take(context, context.pathParam("id")));
    }

    private record Visit(
            Context context, String id, @Nullable PlanDefinition before, int version, Typed typed, String text) {
        boolean form() {
            return text.isEmpty();
        }

        Visit as(Typed now) {
            return new Visit(context, id, before, version, now, "");
        }

        Visit as(String now) {
            return new Visit(context, id, before, version, typed, now);
        }
    }

    private void blank(Context context) {
        LocalDate today = LocalTimes.dayOf(clock.instant(), reader.zone());
        Visit visit = new Visit(
                context, "", null, 0, PlanFields.blank(today, reader.zone().getId()), "");
        show(asText(context) ? visit.as(PlanText.EXAMPLE) : visit, new HashMap<>());
    }

    private void edit(Context context) {
        Plan plan = database.read(handle -> plans.get(handle, context.pathParam("id")))
                .inForce();
        PlanDefinition definition = plan.read();
        String text = asText(context) ? PlanText.of(definition) : "";
        show(
                new Visit(context, plan.id(), definition, plan.planVersion(), PlanFields.of(definition), text),
                new HashMap<>());
    }

    private static boolean asText(Context context) {
        Query query = Requests.query(context, "as");
        return query.text("as").filter("text"::equals).isPresent();
    }

    private void take(Context context, String id) {
        Typed typed = new Typed(Requests.fields(context));
        PlanDefinition before = id.isEmpty()
                ? null
                : database.read(handle -> plans.get(handle, id)).read();
        int version = typed.text("v").matches("\\d{1,9}") ? Integer.parseInt(typed.text("v")) : 0;
        boolean form = typed.text("as").equals("form");
        Visit visit = new Visit(context, id, before, version, typed, form ? "" : typed.text("text") + "\n");
        String action = typed.text("do");
        if (action.equals("save") || action.equals("preview")) {
            read(visit).ifPresent(definition -> act(visit, definition, action.equals("preview")));
        } else if (form) {
            edited(visit, action);
        } else {
            read(visit).ifPresent(definition -> show(visit.as(PlanFields.of(definition)), new HashMap<>()));
        }
    }

    private void edited(Visit visit, String action) {
        if (action.equals("text")) {
            Map<String, Object> tree = PlanTree.of(visit.typed(), visit.before());
            PlanReader.Result result = reader.one(tree);
            String text = result.plans().isEmpty()
                    ? PlanText.of(tree)
                    : PlanText.of(result.plans().get(0));
            show(visit.as(text), new HashMap<>());
            return;
        }
        Map<String, Object> model = new HashMap<>();
        if (action.equals("count")) {
            Map<String, Object> tree = PlanTree.ofScope(visit.typed());
            List<Fault> wrong = reader.one(tree).faults();
            model.put("faults", PlanFaultWords.inForm(pages.words(visit.context()), wrong, visit.typed(), tree));
            visit.context().status(wrong.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
        }
        show(visit, model);
    }

    private Optional<PlanDefinition> read(Visit visit) {
        Map<String, Object> model = new HashMap<>();
        if (visit.form()) {
            Map<String, Object> tree = PlanTree.of(visit.typed(), visit.before());
            PlanReader.Result result = reader.one(tree);
            if (!result.plans().isEmpty()) {
                return Optional.of(result.plans().get(0));
            }
            Typed inOrder = visit.typed().inOrder();
            model.put("faults", PlanFaultWords.inForm(pages.words(visit.context()), result.faults(), inOrder, tree));
        } else {
            PlanReader.Result result = reader.read(visit.text());
            boolean one = result.plans().size() == 1;
            if (one && (visit.id().isEmpty() || result.plans().get(0).id().equals(visit.id()))) {
                return Optional.of(result.plans().get(0));
            }
            model.put("errors", PlanFaultWords.of(pages.words(visit.context()), result.faults()));
            if (result.faults().isEmpty()) {
                model.put("problem", "review.plan.error." + (one ? "other_id" : "one_plan"));
            }
        }
        visit.context().status(HttpStatus.UNPROCESSABLE_CONTENT);
        show(visit, model);
        return Optional.empty();
    }

    private void act(Visit visit, PlanDefinition definition, boolean preview) {
        try {
            if (preview) {
                requireSaveable(visit, definition);
                show(visit, preview(visit, definition));
            } else {
                visit.context()
                        .redirect("/plans/" + save(visit, definition).plan().id(), HttpStatus.SEE_OTHER);
            }
        } catch (Problem refused) {
            if (!EXPLAINED.contains(refused.status())) {
                throw refused;
            }
            visit.context().status(refused.status());
            show(visit, explained(visit, refused));
        }
    }

    private PlanChange save(Visit visit, PlanDefinition definition) {
        Principal principal = Requests.principal(visit.context());
        Actor by = Actor.of(principal);
        return visit.id().isEmpty()
                ? plans.add(definition, Announcement.LATER, by, principal.channel())
                : plans.change(
                        definition,
                        present -> requireSeen(present, visit.version()),
                        Announcement.LATER,
                        by,
                        principal.channel());
    }

    /** Refuses what saving would refuse: the numbers would be those of a change to another plan. */
    private void requireSaveable(Visit visit, PlanDefinition definition) {
        Optional<Plan> present = database.read(handle -> plans.find(handle, definition.id()));
        if (!visit.id().isEmpty()) {
            requireSeen(present.map(Plan::planVersion).orElse(0), visit.version());
        } else if (present.isPresent()) {
            present.get().inForce();
            throw Plans.exists(definition.id());
        }
    }

    private static void requireSeen(int present, int seen) {
        if (present != seen) {
            throw Problem.preconditionFailed("The plan was changed meanwhile.");
        }
    }

    private Map<String, Object> explained(Visit visit, Problem refused) {
        String pointer = "/id";
        String key = switch (refused.code()) {
            case "plan_exists" -> "exists";
            case "plan_retired" -> "retired";
            default -> "changed";
        };
        if (refused.status() == 422) {
            boolean past =
                    refused.errors().stream().anyMatch(error -> error.code().equals("past"));
            key = past ? "past" : "out_of_reach";
            pointer = refused.errors().get(0).pointer();
        }
        if (key.equals("changed")) {
            return problem("review.plan.error.changed");
        }
        String why = pages.words(visit.context())
                .text("review.plan.error." + key, refused.values().toArray());
        Map<String, Object> model = new HashMap<>();
        model.put("errors", List.of(why));
        model.put("faults", List.of(PlanFaultWords.inForm(pages.words(visit.context()), pointer, why, visit.typed())));
        return model;
    }

    private Map<String, Object> preview(Visit visit, PlanDefinition definition) {
        Principal principal = Requests.principal(visit.context());
        Actor by = Actor.of(principal);
        Map<String, Object> model = new HashMap<>();
        PlanEffect effect = plans.preview(definition, Announcement.LATER, by, principal.channel())
                .effect();
        model.put("effect", effect);
        if (effect.held() > 0) {
            Announcement now = Announcement.NOW;
            model.put(
                    "announced",
                    plans.preview(definition, now, by, principal.channel()).effect());
        }
        Map<String, Object> promise = new LinkedHashMap<>();
        List<LocalDate> next = PlanApi.nextDates(definition, clock.instant());
        promise.put("id", definition.id());
        List<Covered> assets = database.read(plans::assets);
        model.put("assets", assets);
        promise.put("covers", covered(assets, definition));
        promise.put("cadence", CadenceWords.of(pages.words(visit.context()), definition.cadence()));
        promise.put("next", next);
        promise.put("warnings", database.read(handle -> plans.warnings(handle, definition, reader.vocabulary())));
        promise.put("zone", definition.zone().getId());
        model.put("promise", promise);
        if (!next.isEmpty()) {
            LocalDate due = next.get(0);
            LocalDate opens = due.minus(definition.leadTime());
            LocalDate today = LocalTimes.dayOf(clock.instant(), definition.zone());
            LocalDate from = opens.isBefore(today) || definition.onceOn().isPresent() ? today : opens;
            List<LadderAhead.Told> told = ladder.of(from, due, definition.zone());
            model.put(
                    "ladders",
                    List.of(
                            LadderChart.of(definition, from, due, told, false),
                            LadderChart.of(definition, from, due, told, true)));
            model.put("once", definition.onceOn().isPresent());
        }
        return model;
    }

    private static long covered(List<Covered> assets, PlanDefinition plan) {
        return assets.stream()
                .filter(asset -> plan.scope().covers(asset.candidate()))
                .count();
    }

    private static Map<String, Object> problem(String key) {
        return new HashMap<>(Map.of("problem", key));
    }

    private void show(Visit visit, Map<String, Object> model) {
        model.put("id", visit.id());
        model.put("version", visit.version());
        model.putIfAbsent("problem", "");
        for (String name : List.of("effect", "announced", "promise")) {
            model.putIfAbsent(name, null);
        }
        model.putIfAbsent("ladders", List.of());
        model.putIfAbsent("once", false);
        if (visit.form()) {
            form(visit, model);
        } else {
            model.putIfAbsent("errors", List.of());
            model.put("text", visit.text().stripTrailing() + "\n");
            pages.render(visit.context(), "web/plan/edit.peb", model);
        }
    }

    @SuppressWarnings("unchecked")
    private void form(Visit visit, Map<String, Object> model) {
        List<Covered> assets =
                model.get("assets") instanceof List<?> read ? (List<Covered>) read : database.read(plans::assets);
        Typed typed = visit.typed().inOrder();
        model.put(
                "form",
                new FormPage(
                        typed,
                        new PlanOffers(words)
                                .of(assets, pages.words(visit.context()).locale()),
                        (List<FormFault>) model.getOrDefault("faults", List.of())));
        PlanReader.Result scope = reader.one(PlanTree.ofScope(typed));
        model.put("total", assets.size());
        model.put(
                "covers",
                scope.plans().isEmpty() ? -1 : covered(assets, scope.plans().get(0)));
        model.put("zones", database.read(handle -> PlanOffers.zones(handle, reader.zone())));
        model.put("criticalities", FormField.CRITICALITIES);
        pages.render(visit.context(), "web/plan/form.peb", model);
    }
}
