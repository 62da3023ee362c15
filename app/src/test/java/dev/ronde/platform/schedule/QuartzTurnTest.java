package dev.ronde.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ronde.platform.db.Database;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.SchedulerRepository;

/**
 * On H2 one of Quartz's threads has its connection, and with it the turn to write, when it wants Quartz's lock; another wants the lock
 * first. Whichever comes first, neither waits for the other for ever.
 */
final class QuartzTurnTest {
    @Test
    void whoHasTheTurnWaitsForNobodyWhoWantsIt() {
        assertTimeoutPreemptively(Duration.ofSeconds(40), () -> {
            try (TestDatabase kept = TestDatabase.open(DatabaseKind.H2)) {
                Database database = kept.database();
                TickRunner runner = new TickRunner(database, new TestClock(), "n");
                try (QuartzScheduler quartz = new QuartzScheduler(runner, database, 1, "n")) {
                    Scheduler scheduler = SchedulerRepository.getInstance().lookup("ronde-single");
                    quartz.start();
                    AtomicReference<Throwable> failed = new AtomicReference<>();
                    Thread other = new Thread(() -> add(scheduler, "other", failed), "other");
                    database.useTransaction(tx -> {
                        other.start();
                        waitFor(other);
                        add(scheduler, "mine", failed);
                    });
                    other.join();
                    assertThat(failed).hasNullValue();
                }
            }
        });
    }

    private static void add(Scheduler scheduler, String name, AtomicReference<Throwable> failed) {
        JobDetail job = JobBuilder.newJob(KnockJob.class)
                .withIdentity(name)
                .storeDurably()
                .build();
        try {
            scheduler.addJob(job, true);
        } catch (SchedulerException e) {
            failed.set(e);
        }
    }

    /** Until the thread stands still: it wants the turn. */
    private static void waitFor(Thread thread) {
        try {
            while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
                Thread.sleep(20);
            }
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
