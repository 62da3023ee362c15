package dev.ronde;

import dev.ronde.WalkWorld.Step;
import dev.ronde.testing.HookReceiver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/** Webhooks, every change of them once, by API and by page. */
final class WebhookSteps {
    private static final String API = "/api/v1/webhooks";
    private static final String PAGE = "/settings/webhooks";

    private final WalkWorld world;
    private final HookReceiver receiver = new HookReceiver();

    WebhookSteps(WalkWorld world) {
        this.world = world;
        world.alsoClose(receiver);
    }

    List<Step> all() {
        return List.of(
                step("POST /api/v1/webhooks", "webhook.created", () -> world.call("POST", API, draft())),
                step(
                        "PATCH /api/v1/webhooks/{id}",
                        "webhook.changed",
                        () -> world.match("PATCH", newest(API), Map.of("description", "Chat of the shop"))),
                step(
                        "POST /api/v1/webhooks/{id}/rotate",
                        "webhook.changed",
                        () -> world.call("POST", newest(API) + "/rotate", null)),
                step(
                        "POST /api/v1/webhooks/{id}/test",
                        "webhook.tested",
                        () -> world.call("POST", newest(API) + "/test", null)),
                step(
                        "POST /api/v1/webhooks/{id}/deliveries/{delivery}/redeliver",
                        "webhook.redelivered",
                        () -> world.call("POST", delivery(API) + "/redeliver", null)),
                form("/disable", "webhook.changed"),
                form("/enable", "webhook.changed"),
                form("/rotate", "webhook.changed"),
                form("/test", "webhook.tested"),
                step(
                        "POST /settings/webhooks/{id}/deliveries/{delivery}/redeliver",
                        "webhook.redelivered",
                        () -> world.form(delivery(PAGE) + "/redeliver", Map.of())),
                form("/remove", "webhook.removed"),
                step(
                        "POST /settings/webhooks",
                        "webhook.created",
                        () -> world.form(PAGE, Map.of("url", receiver.url(), "events", "finding.*"))),
                step(
                        "DELETE /api/v1/webhooks/{id}",
                        "webhook.removed",
                        () -> world.match("DELETE", newest(API), null)));
    }

    private Map<String, Object> draft() {
        Map<String, Object> draft = new HashMap<>();
        draft.put("url", receiver.url());
        draft.put("events", List.of("review.missed"));
        return draft;
    }

    private Step form(String action, String type) {
        return step("POST /settings/webhooks/{id}" + action, type, () -> world.form(newest(PAGE) + action, Map.of()));
    }

    private static Step step(String route, String type, IntSupplier act) {
        return new Step(route, Set.of(type), act);
    }

    private String newest(String under) {
        return under + "/" + world.get(API).at("/items/0/id").asString();
    }

    private String delivery(String under) {
        return newest(under) + "/deliveries/"
                + world.get(newest(API) + "/deliveries").at("/items/0/id").asString();
    }
}
