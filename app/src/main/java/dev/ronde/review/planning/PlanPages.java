package dev.ronde.review.planning;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.Part;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanVocabulary;
import dev.ronde.review.round.Progress;
import dev.ronde.review.round.Rounds;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The pages about the plans there are: what they promise, how far they have come, and their announcement. */
public record PlanPages(
        Database database,
        InstantSource clock,
        Plans plans,
        Rounds rounds,
        PlanVocabulary vocabulary,
        PageRenderer pages)
        implements Routes {
    private static final int LINES = 20;

    @Override
    public void register(Router router) {
        router.get("/plans", Access.READERS, this::list);
        router.get("/plans/{id}", Access.READERS, this::show);
        router.post("/plans/{id}/announce", Access.LEADS, this::announce);
        router.get("/plans/{id}/retire", Access.LEADS, context -> ending(context, Map.of(), ""));
        router.post("/plans/{id}/retire", Access.LEADS, this::retire);
    }

    private void list(Context context) {
        Principal principal = Requests.principal(context);
        Map<String, Object> model = new HashMap<>();
        List<Map<String, Object>> listed = database.read(handle -> plans.list(handle).stream()
                .map(plan -> facts(context, handle, plan))
                .toList());
        // each reads by a connection of its own, so only once that of the list is given back
        listed.forEach(plan -> plan.put("progress", rounds.of(String.valueOf(plan.get("id")), principal.confinedTo())));
        model.put("plans", listed);
        model.put("lead", principal.lead());
        pages.render(context, "web/plan/list.peb", model);
    }

    private void show(Context context) {
        Query query = Requests.query(context, "opened", "mails", "units", "owners");
        Principal principal = Requests.principal(context);
        String id = context.pathParam("id");
        Map<String, Object> model = new HashMap<>();
        Plan plan = database.read(handle -> plans.get(handle, id));
        Progress progress = rounds.of(id, principal.confinedTo());
        Map<String, Object> facts = database.read(handle -> facts(context, handle, plan));
        facts.put("progress", progress);
        model.put("plan", facts);
        model.put("units", Part.of(progress.units(), query.integer("units").orElse(1), LINES));
        model.put("owners", Part.of(progress.owners(), query.integer("owners").orElse(1), LINES));
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
        facts.put("cadence", CadenceWords.of(pages.words(context), definition.cadence()));
        facts.put("zone", definition.zone().getId());
        facts.put("retired", plan.retiredAt());
        facts.put("retireReason", plan.retireReason());
        boolean over = plan.retiredAt() != null;
        facts.put("next", over ? List.of() : PlanApi.nextDates(definition, clock.instant()));
        facts.put("warnings", over ? List.of() : plans.warnings(handle, definition, vocabulary));
        facts.put("assets", handle.attach(EnrolmentDao.class).countActive(plan.id()));
        facts.put("held", handle.attach(ReviewDao.class).countHeld(plan.id()));
        return facts;
    }

    private void announce(Context context) {
        Principal principal = Requests.principal(context);
        String id = context.pathParam("id");
        PlanEffect done =
                plans.announce(id, Actor.of(principal), principal.channel()).effect();
        context.redirect("/plans/" + id + "?opened=" + done.opened() + "&mails=" + done.mails(), HttpStatus.SEE_OTHER);
    }

    private void ending(Context context, Map<String, String> form, String error) {
        Principal principal = Requests.principal(context);
        String id = context.pathParam("id");
        Plan plan = database.read(handle -> plans.get(handle, id)).inForce();
        Retirement preview = plans.previewRetirement(id, OpenReviews.FINISH, Actor.of(principal), principal.channel());
        Map<String, Object> model = new HashMap<>();
        model.put("id", id);
        model.put("title", plan.title());
        model.put("version", plan.planVersion());
        model.put("effect", preview.ended());
        model.put("reason", form.getOrDefault("reason", ""));
        model.put("open", form.getOrDefault("open", OpenReviews.FINISH.word()));
        model.put("error", error);
        pages.render(context, "web/plan/retire.peb", model);
    }

    private void retire(Context context) {
        Principal principal = Requests.principal(context);
        String id = context.pathParam("id");
        Map<String, String> form = Requests.form(context);
        try {
            plans.retire(
                    id,
                    plan -> requireSeen(plan, form.getOrDefault("v", "")),
                    OpenReviews.of(form.get("open")),
                    form.get("reason"),
                    Actor.of(principal),
                    principal.channel());
            context.redirect("/plans/" + id, HttpStatus.SEE_OTHER);
        } catch (Problem refused) {
            if (refused.status() != 412 && refused.status() != 422) {
                throw refused;
            }
            context.status(refused.status());
            ending(
                    context,
                    form,
                    refused.status() == 412
                            ? "changed"
                            : refused.errors().get(0).code());
        }
    }

    private static void requireSeen(Plan plan, String version) {
        if (plan.retiredAt() == null && !version.equals(String.valueOf(plan.planVersion()))) {
            throw Problem.preconditionFailed("The plan was changed meanwhile.");
        }
    }
}
