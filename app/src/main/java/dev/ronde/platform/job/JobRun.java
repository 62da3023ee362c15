package dev.ronde.platform.job;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One run of a job, as its kind sees it. */
public interface JobRun {
    UUID id();

    JsonNode params();

    String startedBy();

    void progress(long done, long total);

    void failed(long count);

    /** Whether somebody asked to stop; a kind checks this between its parts and returns. */
    boolean cancelled();

    void result(String url);
}
