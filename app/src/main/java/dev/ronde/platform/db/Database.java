package dev.ronde.platform.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;

/**
 * The pooled database of one process. Transactions are read committed; nested calls on one thread join the outer transaction. On H2 one
 * transaction writes at a time, see {@link WriteTurn}.
 */
public final class Database implements AutoCloseable {
    /** Generic plans and incremental sorts look cheap but may read a whole estate for one page. */
    private static final String PLANS_FOR_PAGES =
            "set plan_cache_mode = force_custom_plan; set enable_incremental_sort = off";

    /** One for all databases of a process: reading a statement takes longer than many a small one runs. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final DatabaseUrl url;
    private final @Nullable Connection keeper;
    private final WriteTurn turn;
    private final @Nullable LossWatch watch;
    private volatile Consumer<Handle> first = tx -> {};

    private Database(HikariDataSource pool, Jdbi jdbi, DatabaseUrl url, @Nullable Connection keeper) {
        this.keeper = keeper;
        this.pool = pool;
        this.jdbi = jdbi;
        this.url = url;
        this.turn = new WriteTurn(url.dialect());
        this.watch = keeper == null ? null : new LossWatch(keeper, url);
    }

    /**
     * Migrates the database, then opens the pool on it; an H2 file is opened once for both.
     *
     * @param backups folder for the automatic backup of an H2 file before an upgrade
     * @param now names the backup
     * @throws DatabaseException where the database cannot be reached or is newer than this program
     */
    public static Database openMigrated(DatabaseUrl url, int connections, Path backups, Instant now) {
        Connection keeper = keepOpen(url);
        try {
            Migrations.migrate(url, backups, now);
            return open(url, connections, keeper);
        } catch (RuntimeException e) {
            close(keeper);
            throw e;
        }
    }

    /** Opens the pool on a migrated database (see {@link Migrations}). */
    public static Database open(DatabaseUrl url, int connections) {
        return open(url, connections, keepOpen(url));
    }

    private static Database open(DatabaseUrl url, int connections, @Nullable Connection keeper) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url.appUrl());
        config.setUsername(url.appUser());
        config.setPassword(url.appPassword());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(15_000);
        config.setPoolName("ronde-db");
        config.setAutoCommit(true);
        if (url.dialect() == Dialect.POSTGRESQL) {
            config.addDataSourceProperty("reWriteBatchedInserts", "true");
            config.addDataSourceProperty("ApplicationName", "ronde");
            config.setConnectionInitSql(PLANS_FOR_PAGES);
        }
        HikariDataSource pool = new HikariDataSource(config);
        Jdbi jdbi = Jdbi.create(pool).installPlugin(new SqlObjectPlugin());
        jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER);
        Mappers.register(jdbi);
        Daos.register(jdbi);
        Database database = new Database(pool, jdbi, url, keeper);
        if (database.watch != null) {
            database.watch.start();
        }
        return database;
    }

    /** H2 keeps database-wide settings only while the connection that set them is open. */
    private static @Nullable Connection keepOpen(DatabaseUrl url) {
        if (url.dialect() != Dialect.H2) {
            return null;
        }
        try {
            return Migrations.connectAsOwner(url);
        } catch (SQLException e) {
            throw Migrations.unreachable(url, e);
        }
    }

    /** Completes, with what to tell the operator, once the database is closed for good though nobody closed it here. PostgreSQL comes back. */
    public CompletableFuture<String> lost() {
        return watch == null ? new CompletableFuture<>() : watch.lost();
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public DataSource dataSource() {
        return pool;
    }

    public DatabaseUrl url() {
        return url;
    }

    public Dialect dialect() {
        return url.dialect();
    }

    void beginWith(Consumer<Handle> step) {
        first = step;
    }

    /** Runs the work without the step with which all other transactions begin. */
    void useBareTransaction(Consumer<Handle> work) {
        turn.take(() -> {
            jdbi.useTransaction(work::accept);
            return true;
        });
    }

    /** Runs the work in a transaction; a thrown exception rolls it back. */
    public <T> T inTransaction(Function<Handle, T> work) {
        return turn.take(() -> jdbi.inTransaction(tx -> {
            first.accept(tx);
            return work.apply(tx);
        }));
    }

    public void useTransaction(Consumer<Handle> work) {
        inTransaction(tx -> {
            work.accept(tx);
            return true;
        });
    }

    public <T> T read(Function<Handle, T> work) {
        return jdbi.withHandle(work::apply);
    }

    /** Gives room in the file of an H2 database back, a bounded amount at a time; PostgreSQL looks after its files itself. */
    public void compact() {
        if (keeper != null) {
            turn.take(() -> {
                try {
                    H2File.compact(keeper);
                } catch (SQLException e) {
                    throw new IllegalStateException("the H2 file could not be compacted", e);
                }
                return true;
            });
        }
    }

    /**
     * Reads at length from one moment: what others commit meanwhile is not seen. H2 takes the moment of a table when it is
     * first read unless the level is serializable; PostgreSQL takes one moment for all from repeatable read on.
     */
    public <T> T readSnapshot(Function<Handle, T> work) {
        return jdbi.inTransaction(
                dialect() == Dialect.H2
                        ? TransactionIsolationLevel.SERIALIZABLE
                        : TransactionIsolationLevel.REPEATABLE_READ,
                work::apply);
    }

    /** Whether a unique constraint was broken (SQLSTATE 23505), the sign that somebody else was first. */
    public static boolean isUniqueViolation(Throwable failure) {
        return hasState(failure, "23505");
    }

    /** Whether the database ended the transaction because two waited for each other (SQLSTATE 40P01, H2 40001); the same may succeed now. */
    public static boolean isDeadlock(Throwable failure) {
        return hasState(failure, "40P01|40001");
    }

    /**
     * Whether the database could not be reached or was lost on the way, so that the same may succeed later: SQLSTATE 08
     * (connection), 57P (PostgreSQL going down or starting), 53300 (no connection left), the codes of H2 for a database that is
     * closed, or a pool that got no connection in its time.
     */
    public static boolean isUnavailable(Throwable failure) {
        return hasState(failure, "08...|57P0.|53300|90067|90098|90121")
                || causes(failure)
                        .anyMatch(cause -> cause instanceof SQLTransientConnectionException
                                || cause instanceof SQLNonTransientConnectionException);
    }

    /** Whether the time to wait for a lock ran out (PostgreSQL, SQLSTATE 55P03). */
    static boolean isLockTimeout(Throwable failure) {
        return hasState(failure, "55P03");
    }

    /** Whether the data itself could not be stored (SQLSTATE 22 and 23): the same statement would fail again for ever. */
    public static boolean isDataFault(Throwable failure) {
        return hasState(failure, "2[23]...");
    }

    private static boolean hasState(Throwable failure, String states) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof SQLException sql
                        && sql.getSQLState() != null
                        && sql.getSQLState().matches(states));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        pool.close();
        close(keeper);
    }

    private static void close(@Nullable Connection keeper) {
        if (keeper != null) {
            try {
                keeper.close();
            } catch (SQLException e) {
                throw new IllegalStateException("the H2 database did not close", e);
            }
        }
    }
}
