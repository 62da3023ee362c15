package dev.ronde.check.pause;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.check.CheckLookup;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Banner;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stop of every probe and maintenance windows, on a page and over HTTP; a banner says it to everybody signed in while all is stopped.
 */
public record ProbingPages(
        Database database,
        InstantSource clock,
        Assets assets,
        CheckLookup lookup,
        ProbePauses pauses,
        PageRenderer pages)
        implements Routes, Banner.Source {
    private static final String PATH = "/checks/probing";
    private static final String API = "/api/v1/probing";
    private static final String WINDOWS = "/api/v1/maintenance-windows";

    @Override
    public void register(Router router) {
        router.get(PATH, Access.AUDIT, this::show);
        router.post(PATH + "/stop", Access.ADMINS, this::stopByForm);
        router.post(PATH + "/resume", Access.ADMINS, this::resumeByForm);
        router.post(PATH + "/windows", Access.LEADS, this::planByForm);
        router.post(PATH + "/windows/{id}/end", Access.LEADS, this::endByForm);
        router.get(API, Access.READERS, this::status);
        router.post(API + "/stop", Access.ADMINS, this::stop);
        router.post(API + "/resume", Access.ADMINS, this::resume);
        router.get(WINDOWS, Access.AUDIT, this::windows);
        router.post(WINDOWS, Access.LEADS, this::plan);
        router.post(WINDOWS + "/{id}/end", Access.LEADS, this::end);
    }

    /**
     * Whether every probe is stopped.
     *
     * @param since when it began, UTC; this and what follows null where probes run
     */
    public record Status(
            boolean stopped,
            @Nullable Instant since,
            @Nullable String by,
            @Nullable String reason) {}

    /**
     * A maintenance window.
     *
     * @param asset ref of the asset, null for all
     * @param state see {@link ProbePause#stateAt}
     */
    public record Window(
            UUID id,
            @Nullable String asset,
            Instant from,
            @Nullable Instant until,
            String reason,
            String state,
            String createdBy,
            Instant createdAt,
            @Nullable String endedBy,
            @Nullable Instant endedAt) {}

    /** The reason may be null, because a stop may be urgent. */
    record Stop(@Nullable String reason) {}

    @Override
    public List<Banner> banners(Principal principal) {
        return pauses.stop().map(stop -> new Banner("error", "check.probing.banner", List.of(stop.reason()))).stream()
                .toList();
    }

    private Status status() {
        return pauses.stop()
                .map(stop -> new Status(true, stop.startsAt(), assets.actorName(stop.createdBy()), stop.reason()))
                .orElse(new Status(false, null, null, null));
    }

    private Window shown(ProbePause window) {
        return new Window(
                window.id(),
                window.asset(),
                window.startsAt(),
                window.endsAt(),
                window.reason(),
                window.stateAt(clock.instant()),
                window.createdBy(),
                window.createdAt(),
                window.liftedBy(),
                window.liftedAt());
    }

    private ProbePause plan(ProbePauses.Wanted wanted, Principal principal) {
        String ref = wanted.asset();
        Asset asset = ref == null ? null : database.read(handle -> lookup.active(handle, ref, principal));
        return pauses.plan(wanted, asset, Actor.of(principal));
    }

    private static Actor by(Context context) {
        return Actor.of(Requests.principal(context));
    }

    private static UUID id(Context context) {
        return PathIds.of(context, "id", "maintenance window");
    }

    private void status(Context context) {
        Requests.query(context);
        context.json(status());
    }

    private void stop(Context context) {
        pauses.stop(Requests.body(context, Stop.class).reason(), by(context));
        context.json(status());
    }

    private void resume(Context context) {
        Requests.query(context);
        pauses.resume(by(context));
        context.json(status());
    }

    private void windows(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        Requests.list(context, query, asked -> pauses.windows(asked).map(this::shown));
    }

    private void plan(Context context) {
        ProbePauses.Wanted wanted = Requests.body(context, ProbePauses.Wanted.class);
        context.status(HttpStatus.CREATED).json(shown(plan(wanted, Requests.principal(context))));
    }

    private void end(Context context) {
        Requests.query(context);
        context.json(shown(pauses.end(id(context), by(context))));
    }

    private void show(Context context) {
        show(context, Requests.query(context, "limit", "cursor"), Map.of(), "");
    }

    private void show(Context context, Query query, Map<String, String> entered, String wrong) {
        Principal principal = Requests.principal(context);
        PageOf<Window> page = pauses.windows(query).map(this::shown);
        Map<String, Object> model = new HashMap<>();
        model.put("status", status());
        model.put("windows", page.items());
        model.put("count", page.count());
        model.put("next", page.nextCursor() == null ? "" : page.nextCursor());
        model.put("mayStop", principal.role() == Role.ADMIN);
        model.put("mayPlan", principal.lead());
        model.put("wrong", wrong);
        List.of("asset", "from", "until", "reason").forEach(field -> model.put(field, entered.getOrDefault(field, "")));
        pages.render(context, "web/check/probing.peb", model);
    }

    private void stopByForm(Context context) {
        pauses.stop(Requests.form(context).get("reason"), by(context));
        context.redirect(PATH, HttpStatus.SEE_OTHER);
    }

    private void resumeByForm(Context context) {
        pauses.resume(by(context));
        context.redirect(PATH, HttpStatus.SEE_OTHER);
    }

    private void planByForm(Context context) {
        Map<String, String> form = Requests.form(context);
        ZoneId zone = pages.reader(context).zone();
        try {
            plan(
                    new ProbePauses.Wanted(
                            form.get("asset"),
                            instant("from", form.get("from"), zone),
                            instant("until", form.get("until"), zone),
                            form.get("reason")),
                    Requests.principal(context));
            context.redirect(PATH, HttpStatus.SEE_OTHER);
        } catch (Problem problem) {
            if (problem.status() != 422) {
                throw problem;
            }
            context.status(HttpStatus.UNPROCESSABLE_CONTENT);
            show(
                    context,
                    Requests.query(context),
                    form,
                    problem.errors().get(0).pointer().substring(1));
        }
    }

    private void endByForm(Context context) {
        pauses.end(id(context), by(context));
        context.redirect(PATH, HttpStatus.SEE_OTHER);
    }

    /** A time as the browser's field gives it, in the reader's zone. */
    private static @Nullable Instant instant(String field, @Nullable String text, ZoneId zone) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw Problem.invalid("/" + field, "bad_value", "A time looks like 2026-12-31T22:00.");
        }
    }
}
