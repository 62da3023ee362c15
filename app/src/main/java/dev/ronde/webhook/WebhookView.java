package dev.ronde.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as API and pages show it.
 *
 * @param secret in the answer that made it and nowhere else
 * @param oldSecretUntil until when the secret before it signs too
 */
record WebhookView(
        UUID id,
        String url,
        String description,
        List<String> events,
        boolean enabled,
        @Nullable Instant disabledAt,
        @Nullable String disabledReason,
        @Nullable Instant oldSecretUntil,
        Instant createdAt,
        String createdBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {
    static WebhookView of(Webhook webhook, Instant now) {
        return view(webhook, now, null);
    }

    static WebhookView withSecret(Webhook webhook, Instant now) {
        return view(webhook, now, webhook.secret());
    }

    private static WebhookView view(Webhook webhook, Instant now, @Nullable String secret) {
        Instant until = webhook.oldUntil();
        return new WebhookView(
                webhook.id(),
                webhook.url(),
                webhook.description(),
                webhook.filter().patterns(),
                webhook.enabled(),
                webhook.disabledAt(),
                webhook.disabledReason(),
                until != null && now.isBefore(until) ? until : null,
                webhook.createdAt(),
                webhook.createdBy(),
                secret);
    }
}
