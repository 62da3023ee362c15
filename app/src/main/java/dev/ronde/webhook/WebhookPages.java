package dev.ronde.webhook;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.ListPage;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.PageRenderer;
import dev.ronde.platform.http.PathIds;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.http.Requests;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Webhooks for administrators, on pages and by API: who is told of what, a test, the log of messages with their answers, and sending one again.
 */
record WebhookPages(
        Database database, InstantSource clock, Webhooks webhooks, Deliveries deliveries, PageRenderer pages)
        implements Routes {
    private static final String ALL = "/settings/webhooks";
    private static final String ONE = ALL + "/{id}";
    private static final String API = "/api/v1/webhooks";
    private static final String API_ONE = API + "/{id}";
    private static final String API_DELIVERIES = API_ONE + "/deliveries";
    private static final int MAX_PATCH = 100_000;
    private static final List<String> REQUIRED = List.of("url", "events", "enabled");

    @Override
    public void register(Router router) {
        router.get(ALL, Access.ADMINS, context -> list(context, Map.of(), null, List.of()));
        router.post(ALL, Access.ADMINS, this::add);
        router.get(ONE, Access.ADMINS, context -> show(context, null));
        router.post(ONE + "/enable", Access.ADMINS, context -> enable(context, true));
        router.post(ONE + "/disable", Access.ADMINS, context -> enable(context, false));
        router.post(ONE + "/rotate", Access.ADMINS, this::rotate);
        router.post(ONE + "/remove", Access.ADMINS, this::remove);
        router.post(ONE + "/test", Access.ADMINS, this::test);
        router.get(ONE + "/deliveries/{delivery}", Access.ADMINS, this::delivery);
        router.post(ONE + "/deliveries/{delivery}/redeliver", Access.ADMINS, this::redeliver);
        router.get(API, Access.ADMINS, this::listJson);
        router.post(API, Access.ADMINS, this::addJson);
        router.get(API_ONE, Access.ADMINS, this::getJson);
        router.patch(API_ONE, Access.ADMINS, this::changeJson);
        router.delete(API_ONE, Access.ADMINS, this::removeJson);
        router.post(API_ONE + "/rotate", Access.ADMINS, this::rotateJson);
        router.post(API_ONE + "/test", Access.ADMINS, this::testJson);
        router.get(API_DELIVERIES, Access.ADMINS, this::deliveriesJson);
        router.get(API_DELIVERIES + "/{delivery}", Access.ADMINS, this::deliveryJson);
        router.post(API_DELIVERIES + "/{delivery}/redeliver", Access.ADMINS, this::redeliverJson);
    }

    private void add(Context context) {
        Map<String, String> form = Requests.form(context);
        Webhooks.Draft draft = new Webhooks.Draft(
                form.getOrDefault("url", ""),
                form.getOrDefault("description", ""),
                Arrays.asList(form.getOrDefault("events", "").split("[\\s,]+")),
                null);
        try {
            Webhook webhook = database.inTransaction(tx -> webhooks.add(tx, draft, by(context)));
            list(context, Map.of(), webhook.secret(), List.of());
        } catch (Problem problem) {
            list(context, form, null, Requests.refused(context, problem));
        }
    }

    private void list(Context context, Map<String, String> form, @Nullable String secret, List<FieldError> errors) {
        Map<String, Object> model = new HashMap<>();
        model.put(
                "webhooks",
                database.read(webhooks::all).stream()
                        .map(webhook -> webhook.json(clock.instant()))
                        .toList());
        model.put("families", EventFilter.families());
        model.put(
                "form",
                Map.of(
                        "url", form.getOrDefault("url", ""),
                        "description", form.getOrDefault("description", ""),
                        "events", form.getOrDefault("events", "")));
        model.put("secret", secret);
        model.put("errors", errors.stream().map(this::error).toList());
        pages.render(context, "web/webhook/list.peb", model);
    }

    private Map<String, String> error(FieldError error) {
        return Map.of("field", error.pointer().substring(1), "message", error.message());
    }

    private void show(Context context, @Nullable String secret) {
        UUID id = id(context);
        var query = context.method().name().equals("GET")
                ? Requests.query(context, "state", "sort", "limit", "cursor")
                : Requests.query(context);
        Webhook webhook = database.read(handle -> webhooks.get(handle, id));
        PageOf<Map<String, @Nullable Object>> page =
                PageOf.listed(query, asked -> deliveries.list(id, asked).map(Delivery::json));
        Map<String, Object> model = ListPage.of(query, page, ALL + "/" + id, List.of("state"));
        model.put("webhook", webhook.json(clock.instant()));
        model.put(
                "states",
                Arrays.stream(Delivery.State.values()).map(Delivery.State::word).toList());
        model.put("secret", secret);
        pages.render(context, "web/webhook/show.peb", model);
    }

    private void enable(Context context, boolean enabled) {
        UUID id = id(context);
        Webhooks.Draft draft = new Webhooks.Draft(null, null, null, enabled);
        database.useTransaction(tx -> webhooks.change(tx, id, draft, by(context)));
        context.redirect(ALL + "/" + id, HttpStatus.SEE_OTHER);
    }

    private void rotate(Context context) {
        show(
                context,
                database.inTransaction(tx -> webhooks.rotate(tx, id(context), by(context)))
                        .secret());
    }

    private void remove(Context context) {
        database.useTransaction(tx -> webhooks.remove(tx, id(context), by(context)));
        context.redirect(ALL, HttpStatus.SEE_OTHER);
    }

    private void test(Context context) {
        UUID id = id(context);
        Deliveries.Detail detail = deliveries.test(id, by(context));
        context.redirect(ALL + "/" + id + "/deliveries/" + detail.delivery().id(), HttpStatus.SEE_OTHER);
    }

    private void delivery(Context context) {
        UUID id = id(context);
        Map<String, Object> model = new HashMap<>();
        model.put("webhook", database.read(handle -> webhooks.get(handle, id)).json(clock.instant()));
        Deliveries.Detail detail = deliveries.get(id, deliveryId(context));
        model.put("delivery", detail.json());
        model.put("body", detail.delivery().body());
        pages.render(context, "web/webhook/delivery.peb", model);
    }

    private void redeliver(Context context) {
        UUID id = id(context);
        UUID delivery = deliveryId(context);
        deliveries.redeliver(id, delivery, by(context));
        context.redirect(ALL + "/" + id + "/deliveries/" + delivery, HttpStatus.SEE_OTHER);
    }

    private static Actor by(Context context) {
        return Actor.of(Requests.principal(context));
    }

    private void listJson(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        List<Map<String, @Nullable Object>> all = database.read(webhooks::all).stream()
                .map(webhook -> webhook.json(clock.instant()))
                .toList();
        Requests.list(context, PageOf.whole(all, query));
    }

    private void addJson(Context context) {
        Webhooks.Draft draft = Requests.body(context, Webhooks.Draft.class);
        Actor by = by(context);
        Webhook webhook = database.inTransaction(tx -> webhooks.add(tx, draft, by));
        Requests.shownOnce(context);
        Requests.etag(context, webhook.version());
        context.status(HttpStatus.CREATED)
                .header("Location", API + "/" + webhook.id())
                .json(webhook.jsonWithSecret(clock.instant()));
    }

    private void getJson(Context context) {
        Webhook webhook = database.read(handle -> webhooks.get(handle, id(context)));
        showJson(context, webhook);
    }

    private void changeJson(Context context) {
        Webhooks.Draft draft = patch(context);
        Actor by = by(context);
        showJson(context, database.inTransaction(tx -> {
            Requests.requireMatch(context, webhooks.locked(tx, id(context)).version());
            return webhooks.change(tx, id(context), draft, by);
        }));
    }

    /** JSON merge patch (RFC 7396): null removes the description; nothing else may be null. */
    private static Webhooks.Draft patch(Context context) {
        Webhooks.Draft draft = Requests.body(context, Webhooks.Draft.class);
        JsonNode body = Requests.tree(context, MAX_PATCH);
        List<FieldError> errors = REQUIRED.stream()
                .filter(field -> isNull(body, field))
                .map(field -> new FieldError(
                        "/" + field, "required", field + " is required; leave it out to keep it as it is."))
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return isNull(body, "description")
                ? new Webhooks.Draft(draft.url(), "", draft.events(), draft.enabled())
                : draft;
    }

    private static boolean isNull(JsonNode body, String field) {
        JsonNode value = body.get(field);
        return value != null && value.isNull();
    }

    private void removeJson(Context context) {
        Actor by = by(context);
        database.useTransaction(tx -> {
            Requests.requireMatch(context, webhooks.locked(tx, id(context)).version());
            webhooks.remove(tx, id(context), by);
        });
        context.status(HttpStatus.NO_CONTENT);
    }

    private void rotateJson(Context context) {
        Actor by = by(context);
        Webhook webhook = database.inTransaction(tx -> webhooks.rotate(tx, id(context), by));
        Requests.shownOnce(context);
        Requests.etag(context, webhook.version());
        context.json(webhook.jsonWithSecret(clock.instant()));
    }

    private void testJson(Context context) {
        context.json(deliveries.test(id(context), by(context)).json());
    }

    private void deliveriesJson(Context context) {
        Query query = Requests.query(context, "state", "sort", "limit", "cursor");
        UUID webhook = id(context);
        Requests.list(context, query, asked -> deliveries.list(webhook, asked).map(Delivery::json));
    }

    private void deliveryJson(Context context) {
        context.json(deliveries.get(id(context), deliveryId(context)).json());
    }

    private void redeliverJson(Context context) {
        Actor by = by(context);
        context.json(deliveries.redeliver(id(context), deliveryId(context), by).json());
    }

    private void showJson(Context context, Webhook webhook) {
        Requests.etag(context, webhook.version());
        context.json(webhook.json(clock.instant()));
    }

    private static UUID id(Context context) {
        return PathIds.of(context, "id", "webhook");
    }

    private static UUID deliveryId(Context context) {
        return PathIds.of(context, "delivery", "delivery");
    }
}
