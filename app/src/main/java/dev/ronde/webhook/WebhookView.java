package dev.ronde.webhook;

import dev.ronde.platform.table.Table;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Webhooks as API and pages show them. */
final class WebhookView {
    private WebhookView() {}

    static Map<String, @Nullable Object> of(Webhook webhook, Instant now) {
        return Table.<Webhook>empty()
                .with("id", Webhook::id)
                .with("url", Webhook::url)
                .with("description", Webhook::description)
                .with("events", shown -> shown.filter().patterns())
                .with("enabled", Webhook::enabled)
                .with("disabled_at", Webhook::disabledAt)
                .with("disabled_reason", Webhook::disabledReason)
                .with("old_secret_until", shown -> shown.secrets(now).size() > 1 ? shown.oldUntil() : null)
                .with("created_at", Webhook::createdAt)
                .with("created_by", Webhook::createdBy)
                .json(webhook);
    }

    /** For the answer that made the secret and nowhere else. */
    static Map<String, @Nullable Object> withSecret(Webhook webhook, Instant now) {
        Map<String, @Nullable Object> shown = of(webhook, now);
        shown.put("secret", webhook.secret());
        return shown;
    }
}
