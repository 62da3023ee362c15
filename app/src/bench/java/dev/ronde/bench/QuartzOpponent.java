package dev.ronde.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** Quartz with one trigger a pair, two clustered nodes, batch acquisition: each fire writes one result row and nothing else. */
final class QuartzOpponent {
    private static final int NODES = 2;

    private QuartzOpponent() {}

    /** The job of each trigger. */
    public static final class Fire implements Job {
        @Override
        public void execute(JobExecutionContext context) throws JobExecutionException {
            try {
                Map<String, Object> shared = context.getScheduler().getContext().getWrappedMap();
                DbSchedulerOpponent.insertResult(
                        (DataSource) shared.get("pool"),
                        context.getTrigger().getKey().getName());
                ((CountDownLatch) shared.get("left")).countDown();
            } catch (SchedulerException e) {
                throw new JobExecutionException(e);
            }
        }
    }

    /** Fires that many triggers once and returns fires a second. */
    static double run(DataSource pool, int triggers) throws SchedulerException, SQLException, InterruptedException {
        clear(pool);
        CountDownLatch left = new CountDownLatch(triggers);
        Scheduler[] nodes = new Scheduler[NODES];
        for (int node = 0; node < NODES; node++) {
            nodes[node] = node(pool, "node" + node, left);
        }
        JobDetail job = JobBuilder.newJob(Fire.class)
                .withIdentity("fire")
                .storeDurably()
                .build();
        Map<JobDetail, Set<? extends Trigger>> all = new HashMap<>();
        Set<Trigger> made = new java.util.HashSet<>();
        for (int i = 0; i < triggers; i++) {
            made.add(TriggerBuilder.newTrigger()
                    .withIdentity("t" + i)
                    .forJob(job)
                    .startNow()
                    .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                            .withIntervalInHours(1)
                            .repeatForever()
                            .withMisfireHandlingInstructionFireNow())
                    .build());
        }
        all.put(job, made);
        nodes[0].scheduleJobs(all, true);
        long start = System.nanoTime();
        for (Scheduler node : nodes) {
            node.start();
        }
        boolean complete = left.await(120, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        for (Scheduler node : nodes) {
            node.shutdown(true);
        }
        return (complete ? triggers : triggers - left.getCount()) / seconds;
    }

    private static void clear(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : new String[] {
                "qrtz_fired_triggers",
                "qrtz_simple_triggers",
                "qrtz_cron_triggers",
                "qrtz_triggers",
                "qrtz_job_details",
                "qrtz_scheduler_state"
            }) {
                statement.execute("delete from " + table);
            }
            statement.execute("drop table if exists bench_result");
            statement.execute(
                    "create table bench_result (id uuid primary key, occurrence text not null, outcome text not null)");
        }
    }

    private static Scheduler node(DataSource pool, String name, CountDownLatch left) throws SchedulerException {
        DBConnectionManager.getInstance().addConnectionProvider(name, new ConnectionProvider() {
            @Override
            public Connection getConnection() throws SQLException {
                return pool.getConnection();
            }

            @Override
            public void shutdown() {}

            @Override
            public void initialize() {}
        });
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "bench");
        properties.setProperty("org.quartz.scheduler.instanceId", name);
        properties.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "50");
        properties.setProperty("org.quartz.scheduler.idleWaitTime", "1000");
        properties.setProperty("org.quartz.threadPool.threadCount", "20");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty("org.quartz.jobStore.useProperties", "true");
        properties.setProperty("org.quartz.jobStore.dataSource", name);
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        properties.setProperty("org.quartz.jobStore.misfireThreshold", "600000");
        SchedulerRepository.getInstance().remove("bench");
        Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
        scheduler.getContext().put("pool", pool);
        scheduler.getContext().put("left", left);
        return scheduler;
    }
}
