package dev.ronde.webhook;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Looks at messages, and sends one again or a test, at once, because somebody asks. */
record Deliveries(Database database, InstantSource clock, EvidenceLog log, Webhooks webhooks, Courier courier) {
    static final String TEST = "webhook.test";

    record Detail(Delivery delivery, List<Delivery.Attempt> attempts) {
        /** With what is sent, and each sending with its answer. */
        Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> shown = delivery.json();
            shown.put("body", Json.tree(delivery.body()));
            shown.put("attempts", attempts);
            return shown;
        }
    }

    /** Newest first, filtered by {@code state}. */
    PageOf<Delivery> list(UUID webhook, Query query) {
        Delivery.State state = query.oneOf("state", Delivery.State.class).orElse(null);
        String name = state == null ? null : state.name();
        Cursor cursor = query.cursor(2).orElse(null);
        @Nullable Instant beforeAt = cursor == null ? null : cursor.instant(0);
        @Nullable UUID beforeId = cursor == null ? null : cursor.uuid(1);
        int limit = query.limit();
        return database.read(handle -> {
            webhooks.get(handle, webhook);
            DeliveryDao dao = handle.attach(DeliveryDao.class);
            return PageOf.of(
                    dao.list(webhook, name, beforeAt, beforeId, limit + 1),
                    limit,
                    dao.count(webhook, name),
                    last -> Cursor.of(last.createdAt(), last.id()));
        });
    }

    Detail get(UUID webhook, UUID id) {
        return database.read(handle -> {
            Delivery delivery = find(handle, webhook, id);
            return new Detail(delivery, handle.attach(DeliveryDao.class).attempts(id));
        });
    }

    /** Sends a harmless test message and waits for the outcome. */
    Detail test(UUID webhook, Actor by) {
        Instant now = clock.instant();
        UUID id = Ids.next(clock);
        database.useTransaction(tx -> {
            requireEnabled(webhooks.get(tx, webhook));
            String body = EventBody.message(
                    TEST, now.toString(), Map.of("message", "Ronde can reach you. Nothing has happened."));
            tx.attach(DeliveryDao.class)
                    .insert(new Delivery(id, webhook, id, TEST, body, Delivery.State.WAITING, 0, now, now, null));
            log.append(tx, sent("webhook.tested", webhook, id, by));
        });
        courier.send(id).join();
        return get(webhook, id);
    }

    /** Sends in any state and waits for the answer; the message id stays the same. */
    Detail redeliver(UUID webhook, UUID id, Actor by) {
        database.useTransaction(tx -> {
            requireEnabled(webhooks.get(tx, webhook));
            find(tx, webhook, id);
            tx.attach(DeliveryDao.class).sendAgain(id, clock.instant());
            log.append(tx, sent("webhook.redelivered", webhook, id, by));
        });
        courier.send(id).join();
        return get(webhook, id);
    }

    private static Delivery find(Handle handle, UUID webhook, UUID id) {
        return handle.attach(DeliveryDao.class)
                .find(id)
                .filter(delivery -> delivery.webhookId().equals(webhook))
                .orElseThrow(() -> Problem.notFound("delivery", id));
    }

    private static void requireEnabled(Webhook webhook) {
        if (!webhook.enabled()) {
            throw Problem.conflict("disabled", "The webhook is switched off. Switch it on before sending anything.");
        }
    }

    private static Evidence sent(String type, UUID webhook, UUID delivery, Actor by) {
        return Evidence.of(type, by, Subject.of("webhook", webhook)).data("delivery", delivery.toString());
    }
}
