package dev.ronde.check.statement;

import dev.ronde.platform.table.Table;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person stated, as the API and the page show it.
 *
 * @param name of who stated it; a random reference where nobody knows it any more
 * @param standing what it is worth now: {@code counts}; {@code overdue}; {@code outdated} where the check file, or how the asset is reached, is
 *     another one since; {@code replaced} by a newer one
 * @param frequency how long it counts, whatever came after it
 */
record StatementJson(Statement statement, String asset, String name, String standing, Duration frequency) {
    private static final Table<StatementJson> JSON = Table.<StatementJson>empty()
            .with("id", said -> said.statement.id())
            .with("asset", StatementJson::asset)
            .with("check", said -> said.statement.checkId())
            .with("attested", said -> said.statement.attested())
            .with("note", said -> said.statement.note())
            .with("stated_at", said -> said.statement.statedAt())
            .with("stated_by", StatementJson::name)
            .with("channel", said -> said.statement.channel())
            .with("standing", StatementJson::standing)
            .with("overdue_at", said -> said.statement.statedAt().plus(said.frequency))
            .with("record", said -> said.statement.recordId());

    Map<String, @Nullable Object> json() {
        return JSON.json(this);
    }
}
