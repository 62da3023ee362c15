package dev.ronde.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.quartz.SchedulerException;

/** The two opponents of P1 on a PostgreSQL of their own kind, tuned. */
public final class Opponents implements AutoCloseable {
    private static final int QUARTZ_FIRES = 3_000;
    private static final int DB_SCHEDULER_OCCURRENCES = 10_000;

    private final Databases databases = new Databases();
    private final HikariDataSource pool;

    public Opponents() throws IOException, SQLException {
        Map<Setting, String> settings = databases.fresh();
        String url = Objects.requireNonNull(settings.get(Setting.DB_URL));
        Migrations.migrate(new DatabaseUrl(url, "postgres", "postgres"), null, Instant.now());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setPassword("postgres");
        config.setMaximumPoolSize(60);
        pool = new HikariDataSource(config);
    }

    /** Settings of a new, empty database on the same server. */
    public Map<Setting, String> fresh() throws SQLException {
        return databases.fresh();
    }

    /** Occurrences a second of Quartz. */
    public double quartz() throws SQLException, SchedulerException, InterruptedException {
        return QuartzOpponent.run(pool, QUARTZ_FIRES);
    }

    /** Occurrences a second of db-scheduler. */
    public double dbScheduler() throws SQLException, InterruptedException {
        return DbSchedulerOpponent.run(pool, DB_SCHEDULER_OCCURRENCES);
    }

    @Override
    public void close() throws IOException {
        pool.close();
        databases.close();
    }
}
