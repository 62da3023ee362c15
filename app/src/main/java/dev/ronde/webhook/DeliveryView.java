package dev.ronde.webhook;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.table.Table;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages as API and pages show them. */
final class DeliveryView {
    private static final Table<Delivery> LISTED = Table.<Delivery>empty()
            .with("id", Delivery::id)
            .with("message_id", Delivery::messageId)
            .with("record_id", Delivery::recordId)
            .with("event", Delivery::event)
            .with("state", delivery -> delivery.state().word())
            .with("attempt_count", Delivery::attempts)
            .with("created_at", Delivery::createdAt)
            .with("next_at", Delivery::nextAt)
            .with("delivered_at", Delivery::deliveredAt);

    private DeliveryView() {}

    static Map<String, @Nullable Object> of(Delivery delivery) {
        return LISTED.json(delivery);
    }

    /** With what is sent, and each sending with its answer. */
    static Map<String, @Nullable Object> of(Deliveries.Detail detail) {
        Map<String, @Nullable Object> shown = of(detail.delivery());
        shown.put("body", Json.tree(detail.delivery().body()));
        shown.put("attempts", detail.attempts());
        return shown;
    }
}
