package dev.ronde.webhook;

import dev.ronde.evidence.seal.LeafReader;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.time.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;

/**
 * Makes messages of sealed records: each webhook follows the ledger, whose places have no gaps and one order, so that nothing is left out
 * and nothing is told twice, whichever node does it.
 */
record Gatherer(Database database, InstantSource clock, EventBody bodies) implements Tick {
    private static final int PAGE = 500;
    private static final Duration KEPT = Duration.ofDays(30);

    @Override
    public String name() {
        return "webhook-events";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    /** Reads on where each webhook stands, and drops messages that were settled more than thirty days ago. */
    @Override
    public int run(Instant now) {
        int made = 0;
        for (UUID id : database.read(this::behind)) {
            made += database.inTransaction(tx -> gather(tx, id));
        }
        database.useTransaction(tx -> forget(tx, now.minus(KEPT)));
        return made;
    }

    private List<UUID> behind(Handle handle) {
        WebhookDao dao = handle.attach(WebhookDao.class);
        return dao.behind(Webhooks.ledgerSize(dao));
    }

    private int gather(Handle tx, UUID id) {
        WebhookDao dao = tx.attach(WebhookDao.class);
        Webhook webhook = dao.lock(id).orElse(null);
        if (webhook == null || !webhook.enabled()) {
            return 0;
        }
        long until = Math.min(webhook.nextIndex() + PAGE, Webhooks.ledgerSize(dao));
        EventFilter filter = webhook.filter();
        LeafReader leaves = new LeafReader(tx, webhook.nextIndex(), until);
        while (leaves.hasNext()) {
            LeafReader.Sealed leaf = leaves.next();
            byte[] payload = leaf.payload();
            if (payload == null) {
                continue;
            }
            JsonNode record = Json.tree(new String(payload, StandardCharsets.UTF_8));
            String type = record.path("type").asString("");
            if (filter.takes(type)) {
                tx.attach(DeliveryDao.class)
                        .insert(waiting(id, leaf.recordId(), type, bodies.of(record, leaf.index())));
            }
        }
        dao.advance(id, until);
        return (int) (until - webhook.nextIndex());
    }

    private Delivery waiting(UUID webhook, UUID record, String event, String body) {
        Instant now = clock.instant();
        return new Delivery(Ids.next(clock), webhook, record, event, body, Delivery.State.WAITING, 0, now, now, null);
    }

    private static void forget(Handle tx, Instant before) {
        DeliveryDao dao = tx.attach(DeliveryDao.class);
        for (UUID id : dao.old(before, PAGE)) {
            dao.deleteAttempts(id);
            dao.delete(id);
        }
    }
}
