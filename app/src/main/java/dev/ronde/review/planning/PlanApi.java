package dev.ronde.review.planning;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.Intake;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.json.Json;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanReader;
import dev.ronde.review.round.OnTime;
import dev.ronde.review.round.Progress;
import dev.ronde.review.round.Rounds;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Plans over the API. A body is one plan in the shape of a plan file, as JSON or YAML. */
public record PlanApi(Database database, InstantSource clock, Plans plans, Rounds rounds, PlanReader reader)
        implements Routes {
    private static final String ROOT = "/api/v1/plans";
    private static final int MAX_BODY = 200_000;
    private static final int MAX_FILE = 10 * MAX_BODY;
    private static final int DATES = 5;

    @Override
    public void register(Router router) {
        router.get(ROOT, Access.READERS, this::list);
        router.post(ROOT, Access.LEADS, this::add);
        router.post(ROOT + "/preview", Access.LEADS, Intake.of(MAX_FILE), this::previewAll);
        router.get(ROOT + "/{id}", Access.READERS, this::get);
        router.put(ROOT + "/{id}", Access.LEADS, this::change);
        router.get(ROOT + "/{id}/progress", Access.READERS, this::progress);
        router.post(ROOT + "/{id}/preview", Access.LEADS, this::preview);
        router.post(ROOT + "/{id}/announce", Access.LEADS, this::announce);
        router.post(ROOT + "/{id}/retire", Access.LEADS, this::retire);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Requests.list(
                context,
                query,
                asked -> database.read(handle -> {
                    Cursor cursor = asked.cursor(2).orElse(null);
                    Instant before = cursor == null ? null : cursor.instant(0);
                    String after = cursor == null ? null : cursor.get(1);
                    int limit = asked.limit();
                    PlanDao dao = handle.attach(PlanDao.class);
                    PageOf<Plan> page = PageOf.of(
                            dao.list(before, after, limit + 1),
                            limit,
                            dao.count(),
                            plan -> Cursor.of(plan.createdAt(), plan.id()));
                    return page.map(plan -> json(handle, plan));
                }));
    }

    private void get(Context context) {
        Requests.query(context);
        answer(context, database.read(handle -> plans.get(handle, context.pathParam("id"))), null);
    }

    private void add(Context context) {
        Principal principal = Requests.principal(context);
        Announcement announcement = announcement(context);
        PlanChange change =
                plans.add(definition(context, null), announcement, Actor.of(principal), principal.channel());
        context.status(201).header("Location", ROOT + "/" + change.plan().id());
        answer(context, change.plan(), change.effect());
    }

    private void change(Context context) {
        Principal principal = Requests.principal(context);
        Requests.requireIfMatch(context);
        Announcement announcement = announcement(context);
        PlanDefinition definition = definition(context, context.pathParam("id"));
        PlanChange change = plans.change(
                definition,
                present -> Requests.requireMatch(context, present),
                announcement,
                Actor.of(principal),
                principal.channel());
        answer(context, change.plan(), change.effect());
    }

    private void preview(Context context) {
        Principal principal = Requests.principal(context);
        String id = context.pathParam("id");
        Announcement announcement = announcement(context);
        PlanChange change = PlanBody.absent(body(context))
                ? plans.previewAnnouncement(id, Actor.of(principal), principal.channel())
                : plans.preview(definition(context, id), announcement, Actor.of(principal), principal.channel());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("plan", id);
        json.put("change", change.kind().word());
        json.putAll(fields(change.effect()));
        PlanDefinition read = change.plan().read();
        json.put("covers", database.read(handle -> plans.covered(handle, read)));
        json.put("next_dates", nextDates(read));
        json.put("warnings", database.read(handle -> warnings(handle, read)));
        context.json(json);
    }

    /** Previews the plans together, because mails to a person who hears of several are gathered. */
    private void previewAll(Context context) {
        Principal principal = Requests.principal(context);
        Announcement announcement = announcement(context);
        List<PlanDefinition> all =
                new PlanBody(reader).readAll(new String(Requests.bytes(context, MAX_FILE), StandardCharsets.UTF_8));
        MailsAhead ahead = plans.mailsOfAll(all, announcement, Actor.of(principal), principal.channel());
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("plans", all.stream().map(PlanDefinition::id).toList());
        json.put("mails", ahead.mails());
        json.put("people", ahead.people());
        json.put("held_mails", ahead.held());
        json.put("first_mail", ahead.first());
        context.json(json);
    }

    private void announce(Context context) {
        Principal principal = Requests.principal(context);
        PlanChange change = plans.announce(context.pathParam("id"), Actor.of(principal), principal.channel());
        answer(context, change.plan(), change.effect());
    }

    private record RetireBody(
            @Nullable String reason, @Nullable String open) {}

    private void retire(Context context) {
        Principal principal = Requests.principal(context);
        boolean dryRun = Requests.query(context, "dry_run").flag("dry_run").orElse(false);
        String id = context.pathParam("id");
        Actor by = Actor.of(principal);
        if (!dryRun) {
            Requests.requireIfMatch(context);
        }
        RetireBody body = Requests.body(context, RetireBody.class);
        OpenReviews open = OpenReviews.of(body.open());
        Retirement done = dryRun
                ? plans.previewRetirement(id, open, by, principal.channel())
                : plans.retire(
                        id,
                        present -> Requests.requireMatch(context, present.planVersion()),
                        open,
                        body.reason(),
                        by,
                        principal.channel());
        Plan plan = database.read(handle -> plans.get(handle, id));
        Map<String, @Nullable Object> json = database.read(handle -> json(handle, plan));
        json.put("effect", effect(done));
        Requests.etag(context, plan.planVersion());
        context.json(json);
    }

    private static Map<String, @Nullable Object> effect(Retirement done) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("change", done.changed() ? "retired" : PlanChange.Kind.UNCHANGED.word());
        json.put("open", done.open().word());
        json.putAll(fields(done.ended()));
        return json;
    }

    private static Map<String, Object> onTime(OnTime counted) {
        return Map.of("due", counted.due(), "on_time", counted.onTime(), "percent", counted.percent());
    }

    private void progress(Context context) {
        Requests.query(context);
        String id = context.pathParam("id");
        UUID person = Requests.principal(context).confinedTo();
        Progress progress =
                rounds.of(database.read(handle -> plans.get(handle, id).id()), person);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("plan", id);
        json.put("as_of", progress.asOf());
        json.put("all", progress.all());
        json.put("on_time", onTime(progress.onTime()));
        json.put("units", progress.units());
        json.put("owners", progress.owners());
        context.json(json);
    }

    private void answer(Context context, Plan plan, @Nullable PlanEffect effect) {
        Requests.etag(context, plan.planVersion());
        Map<String, @Nullable Object> json = database.read(handle -> json(handle, plan));
        if (effect != null) {
            json.put("effect", fields(effect));
        }
        context.json(json);
    }

    private Map<String, @Nullable Object> json(Handle handle, Plan plan) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : plan.tree().properties()) {
            json.put(field.getKey(), field.getValue());
        }
        json.put("version", plan.planVersion());
        json.put("assets", handle.attach(EnrolmentDao.class).countActive(plan.id()));
        json.put("held", handle.attach(ReviewDao.class).countHeld(plan.id()));
        json.put("announced_at", plan.announcedAt());
        json.put("retired_at", plan.retiredAt());
        json.put("retire_reason", plan.retireReason());
        json.put("next_dates", plan.retiredAt() == null ? nextDates(plan.read()) : List.of());
        json.put("warnings", plan.retiredAt() == null ? warnings(handle, plan.read()) : List.of());
        json.put("created_at", plan.createdAt());
        json.put("updated_at", plan.updatedAt());
        return json;
    }

    private List<LocalDate> nextDates(PlanDefinition plan) {
        return nextDates(plan, clock.instant());
    }

    private List<Map<String, String>> warnings(Handle handle, PlanDefinition plan) {
        return plans.warnings(handle, plan, reader.vocabulary()).stream()
                .map(warning -> Map.of("code", warning.code(), "message", warning.message()))
                .toList();
    }

    /** The next dates of a plan for an asset that would be enrolled today. */
    public static List<LocalDate> nextDates(PlanDefinition plan, Instant now) {
        LocalDate today = LocalTimes.dayOf(now, plan.zone());
        return plan.cadence().from(today).upcoming(today, DATES);
    }

    private static Map<String, @Nullable Object> fields(Record effect) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : Json.tree(Json.write(effect)).properties()) {
            json.put(field.getKey(), field.getValue());
        }
        return json;
    }

    private static Announcement announcement(Context context) {
        return Requests.query(context, "announce").flag("announce").orElse(false)
                ? Announcement.NOW
                : Announcement.LATER;
    }

    private PlanDefinition definition(Context context, @Nullable String id) {
        return new PlanBody(reader).read(context.contentType(), body(context), id);
    }

    private static String body(Context context) {
        return new String(Requests.bytes(context, MAX_BODY), StandardCharsets.UTF_8);
    }
}
