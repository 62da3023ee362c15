package dev.ronde.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** db-scheduler, two nodes, lock-and-fetch polling, tuned: each occurrence writes one result row and nothing else. */
final class DbSchedulerOpponent {
    private static final int NODES = 2;

    private DbSchedulerOpponent() {}

    /** Runs that many occurrences that are due now and returns occurrences a second. */
    static double run(DataSource pool, int occurrences) throws SQLException, InterruptedException {
        createTables(pool);
        CountDownLatch left = new CountDownLatch(occurrences);
        OneTimeTask<Void> task = Tasks.oneTime("occurrence", Void.class).execute((instance, context) -> {
            insertResult(pool, instance.getId());
            left.countDown();
        });
        fill(pool, occurrences);
        Scheduler[] nodes = new Scheduler[NODES];
        for (int node = 0; node < NODES; node++) {
            nodes[node] = Scheduler.create(pool, task)
                    .threads(10)
                    .pollUsingLockAndFetch(1.0, 4.0)
                    .pollingInterval(Duration.ofMillis(100))
                    .schedulerName(new com.github.kagkarlsson.scheduler.SchedulerName.Fixed("node" + node))
                    .build();
        }
        long start = System.nanoTime();
        for (Scheduler node : nodes) {
            node.start();
        }
        boolean all = left.await(120, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        for (Scheduler node : nodes) {
            node.stop();
        }
        return (all ? occurrences : occurrences - left.getCount()) / seconds;
    }

    private static void createTables(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop table if exists scheduled_tasks");
            statement.execute("drop table if exists bench_result");
            statement.execute("""
                    create table scheduled_tasks (
                      task_name text not null, task_instance text not null, task_data bytea,
                      execution_time timestamp with time zone not null, picked boolean not null, picked_by text,
                      last_success timestamp with time zone, last_failure timestamp with time zone,
                      consecutive_failures int, last_heartbeat timestamp with time zone, version bigint not null,
                      priority smallint, primary key (task_name, task_instance))""");
            statement.execute("create index execution_time_idx on scheduled_tasks (execution_time)");
            statement.execute("create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)");
            statement.execute(
                    "create table bench_result (id uuid primary key, occurrence text not null, outcome text not null)");
        }
    }

    private static void fill(DataSource pool, int occurrences) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into scheduled_tasks(task_name, task_instance, execution_time, picked, version) values ('occurrence', ?, ?, false, 1)")) {
            Instant due = Instant.now().minusSeconds(60);
            for (int i = 0; i < occurrences; i++) {
                insert.setString(1, "o" + i);
                insert.setObject(2, due.atOffset(java.time.ZoneOffset.UTC));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static void insertResult(DataSource pool, String occurrence) {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into bench_result(id, occurrence, outcome) values (?, ?, 'pass')")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, occurrence);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
