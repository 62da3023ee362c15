package dev.ronde.review;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.plan.PlanText;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The pages about plans. A plan is written as its file is; a preview tells the numbers before anything happens. */
public final class PlanPages implements Routes {

    private static final String PROMISE = "ronde.plan.promise";
    private static final String ANNOUNCED = "ronde.plan.announced";

    private final Database database;
    private final InstantSource clock;
    private final Plans plans;
    private final PlanReader reader;
    private final PageRenderer pages;
    private final CadenceWords words;
    private final PlanFaultWords faults;
    private final Rounds rounds;

    public PlanPages(Database database, InstantSource clock, ReviewRoom room, PlanReader reader, PageRenderer pages) {
        this.database = database;
        this.clock = clock;
        this.plans = room.plans();
        this.reader = reader;
        this.pages = pages;
        this.words = new CadenceWords();
        this.faults = new PlanFaultWords();
        this.rounds = room.rounds();
    }

    @Override
    public void register(Router router) {
        router.get("/plans", Access.READERS, this::list);
        router.get("/plans/new", Access.LEADS, this::blank);
        router.post("/plans", Access.LEADS, context -> save(context, ""));
        router.get("/plans/{id}", Access.READERS, this::show);
        router.get("/plans/{id}/edit", Access.LEADS, this::edit);
        router.post("/plans/{id}", Access.LEADS, context -> save(context, context.pathParam("id")));
        router.post("/plans/{id}/announce", Access.LEADS, this::announce);
    }

    private void list(Context context) {
        Map<String, Object> model = new HashMap<>();
        model.put(
                "plans",
                database.read(handle -> plans.list(handle).stream()
                        .map(plan -> facts(context, handle, plan))
                        .toList()));
        model.put("lead", Requests.principal(context).lead());
        pages.render(context, "web/plan/list.peb", model);
    }

    private void show(Context context) {
        Query query = Requests.query(context, "opened", "mails");
        Principal principal = Requests.principal(context);
        String id = context.pathParam("id");
        Map<String, Object> model = new HashMap<>();
        Plan plan = database.read(handle -> plans.get(handle, id));
        Map<String, Object> facts = database.read(handle -> facts(context, handle, plan));
        model.put("plan", facts);
        model.put("definition", plan.read());
        model.put("once", plan.read().onceOn().orElse(null));
        model.put("opened", query.integer("opened").orElse(-1));
        model.put("mails", query.integer("mails").orElse(0));
        model.put("lead", principal.lead());
        boolean announces = principal.lead() && !Integer.valueOf(0).equals(facts.get("held"));
        model.put(
                "announcement",
                announces
                        ? plans.previewAnnouncement(id, Actor.of(principal), principal.channel())
                                .effect()
                        : null);
        pages.render(context, "web/plan/show.peb", model);
    }

    private Map<String, Object> facts(Context context, Handle handle, Plan plan) {
        PlanDefinition definition = plan.read();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", plan.id());
        facts.put("title", plan.title());
        facts.put("version", plan.planVersion());
        facts.put("cadence", words.of(pages.words(context), definition.cadence()));
        facts.put("next", PlanApi.nextDates(definition, clock.instant()));
        facts.put("warnings", warnings(definition));
        facts.put("assets", handle.attach(EnrolmentDao.class).countActive(plan.id()));
        facts.put("held", handle.attach(ReviewDao.class).countHeld(plan.id()));
        Principal principal = Requests.principal(context);
        facts.put("progress", rounds.of(plan.id(), principal.confinedTo()));
        return facts;
    }

    private void blank(Context context) {
        form(context, "", 0, PlanText.EXAMPLE, List.of(), "", null);
    }

    private void edit(Context context) {
        Plan plan = database.read(handle -> plans.get(handle, context.pathParam("id")));
        form(context, plan.id(), plan.planVersion(), PlanText.of(plan.read()), List.of(), "", null);
    }

    private void save(Context context, String id) {
        Principal principal = Requests.principal(context);
        Map<String, String> form = Requests.form(context);
        String text = form.getOrDefault("text", "");
        int version = form.getOrDefault("v", "").matches("\\d{1,9}") ? Integer.parseInt(form.get("v")) : 0;
        PlanReader.Result read = read(id, text);
        boolean one = read.plans().size() == 1;
        boolean sameId = one && (id.isEmpty() || read.plans().get(0).id().equals(id));
        if (!read.faults().isEmpty() || !sameId) {
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            String problem = read.faults().isEmpty() ? "review.plan.error." + (one ? "other_id" : "one_plan") : "";
            List<String> errors = faults.of(pages.words(context), read.faults());
            form(context, id, version, text, errors, problem, null);
            return;
        }
        PlanDefinition definition = read.plans().get(0);
        Actor by = Actor.of(principal);
        try {
            if ("preview".equals(form.get("do"))) {
                PlanEffect effect = plans.preview(definition, Announcement.LATER, by, principal.channel())
                        .effect();
                promise(context, definition);
                if (effect.held() > 0) {
                    Announcement now = Announcement.NOW;
                    context.attribute(
                            ANNOUNCED,
                            plans.preview(definition, now, by, principal.channel())
                                    .effect());
                }
                form(context, id, version, text, List.of(), "", effect);
                return;
            }
            PlanChange done = id.isEmpty()
                    ? plans.add(definition, Announcement.LATER, by, principal.channel())
                    : plans.change(
                            definition,
                            present -> requireSeen(present, version),
                            Announcement.LATER,
                            by,
                            principal.channel());
            context.redirect("/plans/" + done.plan().id(), HttpStatus.SEE_OTHER);
        } catch (Problem refused) {
            if (refused.status() != 409 && refused.status() != 412 && refused.status() != 422) {
                throw refused;
            }
            context.status(refused.status());
            if (refused.status() == 422) {
                boolean past =
                        refused.errors().stream().anyMatch(error -> error.code().equals("past"));
                String key = "review.plan.error." + (past ? "past" : "out_of_reach");
                String why = pages.words(context).text(key, refused.values().toArray());
                form(context, id, version, text, List.of(why), "", null);
                return;
            }
            String key = refused.code().equals("plan_exists") ? "exists" : "changed";
            form(context, id, version, text, List.of(), "review.plan.error." + key, null);
        }
    }

    private List<PlanWarning> warnings(PlanDefinition plan) {
        return PlanWarning.of(plan, LocalTimes.dayOf(clock.instant(), plan.zone()));
    }

    private PlanReader.Result read(String id, String text) {
        PlanReader words = database.read(handle -> plans.find(handle, id))
                .map(plan -> reader.changing(plan.read()))
                .orElse(reader);
        return PlanReader.isFile(text) ? words.readFile(text) : words.readOne(text);
    }

    private static void requireSeen(int present, int seen) {
        if (present != seen) {
            throw Problem.preconditionFailed("The plan was changed meanwhile.");
        }
    }

    private void announce(Context context) {
        Principal principal = Requests.principal(context);
        String id = context.pathParam("id");
        PlanEffect done =
                plans.announce(id, Actor.of(principal), principal.channel()).effect();
        context.redirect("/plans/" + id + "?opened=" + done.opened() + "&mails=" + done.mails(), HttpStatus.SEE_OTHER);
    }

    /** What the plan as it is written means: how many assets, how often, and the next dates. */
    private void promise(Context context, PlanDefinition definition) {
        Map<String, Object> promise = new LinkedHashMap<>();
        promise.put("covers", database.read(handle -> plans.covered(handle, definition)));
        promise.put("cadence", words.of(pages.words(context), definition.cadence()));
        promise.put("next", PlanApi.nextDates(definition, clock.instant()));
        promise.put("warnings", warnings(definition));
        promise.put("zone", definition.zone().getId());
        context.attribute(PROMISE, promise);
    }

    private void form(
            Context context,
            String id,
            int version,
            String text,
            List<String> errors,
            String problem,
            @Nullable PlanEffect effect) {
        Map<String, Object> model = new HashMap<>();
        model.put("id", id);
        model.put("version", version);
        model.put("text", text);
        model.put("errors", errors);
        model.put("problem", problem);
        model.put("effect", effect);
        model.put("promise", context.attribute(PROMISE));
        model.put("announced", context.attribute(ANNOUNCED));
        pages.render(context, "web/plan/edit.peb", model);
    }
}
