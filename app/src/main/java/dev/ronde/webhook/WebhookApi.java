package dev.ronde.webhook;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.PageOf;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Webhooks by API, for administrators. */
final class WebhookApi implements Routes {
    private static final String ALL = "/api/v1/webhooks";
    private static final String ONE = ALL + "/{id}";
    private static final String DELIVERIES = ONE + "/deliveries";
    private static final int MAX_PATCH = 100_000;
    private static final List<String> REQUIRED = List.of("url", "events", "enabled");

    private final Database database;
    private final InstantSource clock;
    private final Webhooks webhooks;
    private final Deliveries deliveries;

    WebhookApi(Database database, InstantSource clock, Webhooks webhooks, Deliveries deliveries) {
        this.database = database;
        this.clock = clock;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    @Override
    public void register(Router router) {
        router.get(ALL, Access.ADMINS, this::list);
        router.post(ALL, Access.ADMINS, this::add);
        router.get(ONE, Access.ADMINS, this::get);
        router.patch(ONE, Access.ADMINS, this::change);
        router.delete(ONE, Access.ADMINS, this::remove);
        router.post(ONE + "/rotate", Access.ADMINS, this::rotate);
        router.post(ONE + "/test", Access.ADMINS, this::test);
        router.get(DELIVERIES, Access.ADMINS, this::deliveries);
        router.get(DELIVERIES + "/{delivery}", Access.ADMINS, this::delivery);
        router.post(DELIVERIES + "/{delivery}/redeliver", Access.ADMINS, this::redeliver);
    }

    private void list(Context context) {
        Query query = Requests.query(context, "sort", "limit", "cursor");
        List<Map<String, @Nullable Object>> all = database.read(webhooks::all).stream()
                .map(webhook -> WebhookView.of(webhook, clock.instant()))
                .toList();
        Requests.list(context, PageOf.whole(all, query, webhook -> String.valueOf(webhook.get("id"))));
    }

    private void add(Context context) {
        Webhooks.Draft draft = Requests.body(context, Webhooks.Draft.class);
        Actor by = Actor.of(Requests.principal(context));
        Webhook webhook = database.inTransaction(tx -> webhooks.add(tx, draft, by));
        Requests.shownOnce(context);
        Requests.etag(context, webhook.version());
        context.status(HttpStatus.CREATED)
                .header("Location", ALL + "/" + webhook.id())
                .json(WebhookView.withSecret(webhook, clock.instant()));
    }

    private void get(Context context) {
        Webhook webhook = database.read(handle -> webhooks.get(handle, id(context)));
        show(context, webhook);
    }

    private void change(Context context) {
        Webhooks.Draft draft = patch(context);
        Actor by = Actor.of(Requests.principal(context));
        show(context, database.inTransaction(tx -> {
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

    private void remove(Context context) {
        Actor by = Actor.of(Requests.principal(context));
        database.useTransaction(tx -> {
            Requests.requireMatch(context, webhooks.locked(tx, id(context)).version());
            webhooks.remove(tx, id(context), by);
        });
        context.status(HttpStatus.NO_CONTENT);
    }

    private void rotate(Context context) {
        Actor by = Actor.of(Requests.principal(context));
        Webhook webhook = database.inTransaction(tx -> webhooks.rotate(tx, id(context), by));
        Requests.shownOnce(context);
        Requests.etag(context, webhook.version());
        context.json(WebhookView.withSecret(webhook, clock.instant()));
    }

    private void test(Context context) {
        context.json(DeliveryView.of(deliveries.test(id(context), Actor.of(Requests.principal(context)))));
    }

    private void deliveries(Context context) {
        Query query = Requests.query(context, "state", "limit", "cursor");
        Requests.list(context, deliveries.list(id(context), query).map(DeliveryView::of));
    }

    private void delivery(Context context) {
        context.json(DeliveryView.of(deliveries.get(id(context), deliveryId(context))));
    }

    private void redeliver(Context context) {
        Actor by = Actor.of(Requests.principal(context));
        context.json(DeliveryView.of(deliveries.redeliver(id(context), deliveryId(context), by)));
    }

    private void show(Context context, Webhook webhook) {
        Requests.etag(context, webhook.version());
        context.json(WebhookView.of(webhook, clock.instant()));
    }

    static UUID id(Context context) {
        return PathIds.of(context, "id", "webhook");
    }

    static UUID deliveryId(Context context) {
        return PathIds.of(context, "delivery", "delivery");
    }
}
