package dev.ronde.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message as API and pages show it.
 *
 * @param state waiting, delivered or failed
 * @param body what is sent; only where one message is shown
 * @param attempts each sending with its answer; only where one message is shown
 */
record DeliveryView(
        UUID id,
        String messageId,
        UUID recordId,
        String event,
        String state,
        int attemptCount,
        Instant createdAt,
        @Nullable Instant nextAt,
        @Nullable Instant deliveredAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode body,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<AttemptView> attempts) {
    record AttemptView(
            int number,
            Instant startedAt,
            long tookMs,
            @Nullable Integer status,
            String answer) {}

    static DeliveryView of(Delivery delivery) {
        return view(delivery, null, null);
    }

    static DeliveryView of(Deliveries.Detail detail) {
        return view(
                detail.delivery(),
                Json.tree(detail.delivery().body()),
                detail.attempts().stream()
                        .map(attempt -> new AttemptView(
                                attempt.number(),
                                attempt.startedAt(),
                                attempt.tookMs(),
                                attempt.status(),
                                attempt.answer()))
                        .toList());
    }

    private static DeliveryView view(Delivery delivery, @Nullable JsonNode body, @Nullable List<AttemptView> attempts) {
        return new DeliveryView(
                delivery.id(),
                delivery.messageId(),
                delivery.recordId(),
                delivery.event(),
                delivery.state().word(),
                delivery.attempts(),
                delivery.createdAt(),
                delivery.nextAt(),
                delivery.deliveredAt(),
                body,
                attempts);
    }
}
