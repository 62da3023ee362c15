package dev.ronde.platform.job;

/** One kind of background work. It may be run again after a crash, so it starts over or goes on, and never doubles. */
public interface JobKind {
    String name();

    /** Does the work; what it throws makes the job fail with that message. */
    void run(JobRun run) throws Exception;
}
