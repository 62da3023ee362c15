package dev.ronde.check;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person stated, as the API and the page show it.
 *
 * @param statedBy their name; a random reference where nobody knows it any more
 * @param overdueAt instant from which it no longer counts, whatever came after it
 */
public record StatementJson(
        UUID id,
        String asset,
        String check,
        boolean attested,
        @Nullable String note,
        Instant statedAt,
        String statedBy,
        String channel,
        Instant overdueAt,
        UUID record) {
    static StatementJson of(Statement statement, String asset, String name, Duration frequency) {
        return new StatementJson(
                statement.id(),
                asset,
                statement.checkId(),
                statement.attested(),
                statement.note(),
                statement.statedAt(),
                name,
                statement.channel(),
                statement.statedAt().plus(frequency),
                statement.recordId());
    }
}
