package dev.ronde.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.ronde.platform.table.Table;
import dev.ronde.platform.text.Worded;
import java.time.Instant;
import java.util.Map;
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
        State state,
        int attempts,
        @Nullable Instant nextAt,
        Instant createdAt,
        @Nullable Instant deliveredAt) {
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

    Map<String, @Nullable Object> json() {
        return LISTED.json(this);
    }

    /** The header {@code webhook-id}: the same at every attempt, so that a receiver knows a message it has had. */
    String messageId() {
        return "msg_" + id;
    }

    public enum State implements Worded {
        /** Not taken yet; it will be sent, or sent again. */
        WAITING,
        /** Answered with a status of 200 to 299. */
        DELIVERED,
        /** Not taken in any of its attempts, or the receiver said that it is gone (410). */
        FAILED;
    }

    /**
     * One sending of a message.
     *
     * @param status of the answer; null where none came
     * @param answer beginning of the answer, or why none came
     */
    public record Attempt(
            @JsonIgnore UUID deliveryId,
            int number,
            Instant startedAt,
            long tookMs,
            @Nullable Integer status,
            String answer) {}
}
