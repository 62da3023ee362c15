package dev.ronde.check.run;

import dev.ronde.platform.job.JobRun;
import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A job as its kind sees it; it keeps what it is told, and nobody cancels it unless told otherwise. */
final class TestJob implements JobRun {
    final List<String> said = new ArrayList<>();
    volatile boolean cancelled;
    volatile long failed = -1;
    private final JsonNode params;

    TestJob(String params) {
        this.params = Json.tree(params.replace('\'', '"'));
    }

    @Override
    public UUID id() {
        return new UUID(0, 1);
    }

    @Override
    public JsonNode params() {
        return params;
    }

    @Override
    public String startedBy() {
        return "somebody";
    }

    @Override
    public void progress(long done, long total) {
        said.add(done + " of " + total);
    }

    @Override
    public void failed(long count) {
        failed = count;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void result(String url) {
        said.add(url);
    }
}
