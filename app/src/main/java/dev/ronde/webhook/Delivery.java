package dev.ronde.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message to one webhook.
 *
 * @param recordId the evidence record it tells of; for a test its own id
 * @param nextAt when it is sent, or sent again; null where it will not be
 * @param attempts how often it was sent
 */
public record Delivery(
        UUID id,
        UUID webhookId,
        UUID recordId,
        String event,
        String body,
        DeliveryState state,
        int attempts,
        @Nullable Instant nextAt,
        Instant createdAt,
        @Nullable Instant deliveredAt) {
    /** The header {@code webhook-id}: the same at every attempt, so that a receiver knows a message it has had. */
    String messageId() {
        return "msg_" + id;
    }
}
