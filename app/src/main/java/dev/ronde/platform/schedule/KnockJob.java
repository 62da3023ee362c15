package dev.ronde.platform.schedule;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** The one Quartz job: knocks at the tick or lane its trigger names. */
@DisallowConcurrentExecution
public final class KnockJob implements Job {
    static final String NAME = "name";

    private final TickRunner runner;

    KnockJob(TickRunner runner) {
        this.runner = runner;
    }

    @Override
    public void execute(JobExecutionContext context) {
        runner.run(context.getJobDetail().getJobDataMap().getString(NAME));
    }
}
