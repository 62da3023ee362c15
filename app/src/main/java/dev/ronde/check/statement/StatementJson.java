package dev.ronde.check.statement;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person stated, as the API and the page show it.
 *
 * @param statedBy their name; a random reference where nobody knows it any more
 * @param standing what it is worth now: {@code counts}; {@code overdue}; {@code outdated} where the check file, or how the asset is reached, is
 *     another one since; {@code replaced} by a newer one
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
        String standing,
        Instant overdueAt,
        UUID record) {
    static StatementJson of(Statement statement, String asset, String name, Duration frequency, String standing) {
        return new StatementJson(
                statement.id(),
                asset,
                statement.checkId(),
                statement.attested(),
                statement.note(),
                statement.statedAt(),
                name,
                statement.channel(),
                standing,
                statement.statedAt().plus(frequency),
                statement.recordId());
    }
}
