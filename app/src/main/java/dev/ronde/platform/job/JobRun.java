package dev.ronde.platform.job;

import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** One run of a job, as its kind sees it. */
public interface JobRun {
    UUID id();

    JsonNode params();

    /** Reference of who started it. */
    String startedBy();

    void progress(long done, long total);

    /** How many parts went wrong so far. */
    void failed(long count);

    /** Whether somebody asked to stop; a kind looks between its parts and returns. */
    boolean cancelled();

    /** Where the result lies. */
    void result(String url);
}
