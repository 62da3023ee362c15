package dev.ronde.platform.schedule;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;

/** The one Quartz job: knocks at the tick or lane its trigger names. */
@DisallowConcurrentExecution
public final class KnockJob implements Job {
    static final String RUNNER = "runner";
    static final String NAME = "name";

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            TickRunner runner = (TickRunner) context.getScheduler().getContext().get(RUNNER);
            if (runner == null) {
                throw new JobExecutionException("this scheduler has no ticks");
            }
            runner.run(context.getJobDetail().getJobDataMap().getString(NAME));
        } catch (SchedulerException e) {
            throw new JobExecutionException(e);
        }
    }
}
