package dev.ronde.platform.schedule;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Quartz, clustered by its JDBC store on PostgreSQL; on H2, which one process has to itself, it remembers its triggers in memory. It holds
 * one trigger a tick and a few a lane, never one an asset, computes no due date, and only knocks.
 */
public final class QuartzScheduler implements AutoCloseable {
    private static final Duration LANE_EVERY = Duration.ofSeconds(1);
    private static final String GROUP = "ronde";

    private final TickRunner runner;
    private final Database database;
    private final int lanes;
    private final String node;
    private final boolean clustered;
    private final Scheduler scheduler;

    /**
     * Prepares the scheduler without starting it.
     *
     * @param lanes how many identical triggers each lane gets
     * @param node unique name of this process
     */
    public QuartzScheduler(TickRunner runner, Database database, int lanes, String node) throws SchedulerException {
        this.runner = runner;
        this.database = database;
        this.lanes = lanes;
        this.node = node;
        this.clustered = database.dialect() == Dialect.POSTGRESQL;
        this.scheduler = new StdSchedulerFactory(properties()).getScheduler();
        // whatever class a row names, there is one job
        scheduler.setJobFactory((fired, within) -> new KnockJob(runner));
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "ronde-" + node);
        properties.setProperty("org.quartz.scheduler.instanceId", node);
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        properties.setProperty("org.quartz.threadPool.threadCount", String.valueOf(Math.max(6, lanes + 4)));
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", "quartz");
        properties.setProperty("org.quartz.jobStore.misfireThreshold", "60000");
        if (!clustered) {
            properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
            return properties;
        }
        DBConnectionManager.getInstance().addConnectionProvider(node, new PoolConnections(database));
        // Nodes of one database share one scheduler name; only the instance differs.
        properties.setProperty("org.quartz.scheduler.instanceName", "ronde");
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        properties.setProperty("org.quartz.jobStore.driverDelegateClass", ObjectlessDelegate.class.getName());
        properties.setProperty("org.quartz.jobStore.useProperties", "true");
        properties.setProperty("org.quartz.jobStore.dataSource", node);
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "5000");
        return properties;
    }

    /** Creates missing triggers, removes those of deleted ticks, and starts them. */
    public void start() throws SchedulerException {
        Set<JobKey> wanted = new HashSet<>();
        for (Tick tick : runner.ticks()) {
            wanted.add(ensure(tick.name(), tick.name(), tick.every()));
        }
        for (Lane lane : runner.lanes()) {
            for (int index = 1; index <= lanes; index++) {
                wanted.add(ensure(lane.name() + "-" + index, lane.name(), LANE_EVERY));
            }
        }
        for (JobKey key : scheduler.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))) {
            if (!wanted.contains(key)) {
                scheduler.deleteJob(key);
            }
        }
        scheduler.start();
    }

    private JobKey ensure(String jobName, String name, Duration every) throws SchedulerException {
        JobKey key = JobKey.jobKey(jobName, GROUP);
        JobDetail job = JobBuilder.newJob(KnockJob.class)
                .withIdentity(key)
                .usingJobData(KnockJob.NAME, name)
                .storeDurably()
                .build();
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(jobName, GROUP)
                .forJob(key)
                .startNow()
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(every.toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
        if (!scheduler.checkExists(key)) {
            try {
                scheduler.scheduleJob(job, Set.of(trigger), true);
            } catch (SchedulerException e) {
                if (!scheduler.checkExists(key)) {
                    throw e;
                }
            }
        }
        return key;
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler did not stop", e);
        }
        if (clustered) {
            checkOut();
        }
    }

    /** Quartz leaves its check-in behind; without this a stopped node counts as running. */
    private void checkOut() {
        try {
            database.useTransaction(
                    tx -> tx.createUpdate("delete from qrtz_scheduler_state where instance_name = :node")
                            .bind("node", node)
                            .execute());
        } catch (RuntimeException e) {
            if (!Database.isUnavailable(e)) {
                throw e;
            }
        }
    }

    private record PoolConnections(Database database) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return database.dataSource().getConnection();
        }

        @Override
        public void shutdown() {}

        @Override
        public void initialize() {}
    }
}
