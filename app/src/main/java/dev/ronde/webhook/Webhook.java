package dev.ronde.webhook;

import dev.ronde.platform.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program outside that is told of what happens.
 *
 * @param events kinds of records it hears of, separated by spaces; a kind may end in {@code .*}
 * @param secret signs its messages, {@code whsec_} and base64; shown once, when it is made
 * @param oldSecret signs them too until {@code oldUntil}, so that the receiver has time to change
 * @param nextIndex the first place of the ledger it has not been told of
 * @param disabledAt since when it hears nothing; null while it does
 */
public record Webhook(
        UUID id,
        String url,
        String description,
        String events,
        String secret,
        @Nullable String oldSecret,
        @Nullable Instant oldUntil,
        long nextIndex,
        @Nullable Instant disabledAt,
        @Nullable String disabledReason,
        String createdBy,
        Instant createdAt,
        long version) {
    boolean enabled() {
        return disabledAt == null;
    }

    EventFilter filter() {
        return EventFilter.stored(events);
    }

    List<String> secrets(Instant now) {
        return oldSecret != null && oldUntil != null && now.isBefore(oldUntil)
                ? List.of(secret, oldSecret)
                : List.of(secret);
    }

    Map<String, @Nullable Object> json(Instant now) {
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
                .json(this);
    }

    /** For the answer that made the secret and nowhere else. */
    Map<String, @Nullable Object> jsonWithSecret(Instant now) {
        Map<String, @Nullable Object> shown = json(now);
        shown.put("secret", secret);
        return shown;
    }
}
