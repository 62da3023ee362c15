package dev.ronde.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.db.Database;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever can write Quartz's tables puts objects there: none is brought to life, and the scheduler goes on. */
@Timeout(120)
final class QuartzObjectsTest {
    private static final AtomicInteger ALIVE = new AtomicInteger();

    @AutoClose
    private final TestDatabase test = TestDatabase.open(DatabaseKind.POSTGRESQL);

    /** Tells that it was brought to life. */
    static final class Canary implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            ALIVE.incrementAndGet();
        }
    }

    private record Knock(String name, CountDownLatch knocked) implements Tick {
        @Override
        public Duration every() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int run(Instant now) {
            knocked.countDown();
            return 0;
        }
    }

    /** A canary, and behind it the set whose hash takes for ever: each set holds two equal neighbours of the next. */
    private static byte[] bomb() throws IOException {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int depth = 0; depth < 60; depth++) {
            Set<Object> nextLeft = new HashSet<>();
            Set<Object> nextRight = new HashSet<>();
            nextLeft.add("x");
            left.add(nextLeft);
            left.add(nextRight);
            right.add(nextLeft);
            right.add(nextRight);
            left = nextLeft;
            right = nextRight;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Object[] {new Canary(), root});
        }
        return bytes.toByteArray();
    }

    private void serve(String node, String... names) throws Exception {
        Database database = test.database();
        TickRunner runner = new TickRunner(database, new TestClock(), node);
        CountDownLatch all = new CountDownLatch(names.length);
        for (String name : names) {
            runner.add(new Knock(name, all));
        }
        try (QuartzScheduler quartz = new QuartzScheduler(runner, database, 1, node)) {
            quartz.start();
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void noRowBringsAnObjectToLife() throws Exception {
        serve("first", "known");
        byte[] bomb = bomb();
        test.database().useTransaction(tx -> {
            put(
                    tx,
                    "insert into qrtz_calendars (sched_name, calendar_name, calendar)"
                            + " select distinct sched_name, 'evil', cast(:bomb as bytea) from qrtz_triggers",
                    bomb);
            put(tx, "update qrtz_triggers set calendar_name = 'evil', job_data = :bomb", bomb);
            put(tx, "update qrtz_job_details set job_data = :bomb", bomb);
            String copied = "insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group,"
                    + " next_fire_time, prev_fire_time, priority, trigger_state, trigger_type, start_time, end_time,"
                    + " misfire_instr) select sched_name, 'object', trigger_group, job_name, job_group, next_fire_time,"
                    + " prev_fire_time, 9, 'WAITING', 'BLOB', start_time, end_time, misfire_instr from qrtz_triggers";
            tx.execute(copied);
            put(
                    tx,
                    "insert into qrtz_blob_triggers (sched_name, trigger_name, trigger_group, blob_data)"
                            + " select sched_name, 'object', trigger_group, cast(:bomb as bytea)"
                            + " from qrtz_triggers where trigger_name = 'object'",
                    bomb);
        });
        serve("second", "known-no-more", "another");
        assertThat(ALIVE).hasValue(0);
    }

    private static void put(Handle tx, String sql, byte[] bomb) {
        assertThat(tx.createUpdate(sql).bind("bomb", bomb).execute()).isPositive();
    }
}
