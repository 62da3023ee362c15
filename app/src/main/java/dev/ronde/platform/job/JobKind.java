package dev.ronde.platform.job;

/** One kind of background work. It may be run again after a crash, so it starts over or goes on, and never doubles. */
public interface JobKind {
    String name();

    /** An exception makes the job fail with its message. */
    void run(JobRun run) throws Exception;
}
