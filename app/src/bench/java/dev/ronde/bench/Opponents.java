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

    public Opponents() throws IOException {}

    /** Settings of a new, empty database on the same server. */
    public Map<Setting, String> fresh() throws SQLException {
        return databases.fresh();
    }

    /** Runs both opponents as often as ours ran and prints the ratios. */
    public void compare(double[] postgres, double[] h2, int rounds)
            throws SQLException, SchedulerException, InterruptedException {
        Map<Setting, String> settings = databases.fresh();
        String url = Objects.requireNonNull(settings.get(Setting.DB_URL));
        Migrations.migrate(new DatabaseUrl(url, "postgres", "postgres"), null, Instant.now());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setPassword("postgres");
        config.setMaximumPoolSize(60);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            double[] quartz = new double[rounds];
            double[] dbScheduler = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                quartz[round] = QuartzOpponent.run(pool, QUARTZ_FIRES);
                dbScheduler[round] = DbSchedulerOpponent.run(pool, DB_SCHEDULER_OCCURRENCES);
            }
            Ratio.print("p1_postgresql_two_nodes_vs_quartz", "occurrences/s", postgres, quartz);
            Ratio.print("p1_postgresql_two_nodes_vs_db_scheduler", "occurrences/s", postgres, dbScheduler);
            Ratio.print("p1_h2_one_node", "occurrences/s", h2);
        }
    }

    @Override
    public void close() throws IOException {
        databases.close();
    }
}
