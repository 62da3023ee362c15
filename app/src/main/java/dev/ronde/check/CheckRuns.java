package dev.ronde.check;

import dev.ronde.check.CheckRunDao.RunFilter;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads results. */
public final class CheckRuns {
    private static final JsonMapper PLAIN = JsonMapper.builder().build();
    /** From here on a count only says "at least". */
    public static final int COUNTED = 10_000;

    /** Returns what is known of each check of an asset, those that never ran included. */
    public List<CheckState> states(Handle handle, UUID assetId) {
        return handle.attach(CheckStateDao.class).list(assetId);
    }

    public List<CheckState> states(Handle handle, Collection<UUID> assetIds) {
        return assetIds.isEmpty()
                ? List.of()
                : handle.attach(CheckStateDao.class).listAll(assetIds);
    }

    /** Throws a {@link Problem} 404 if the run does not exist. */
    public CheckRun get(Handle handle, UUID id) {
        return handle.attach(CheckRunDao.class).find(id).orElseThrow(() -> Problem.notFound("check run", id));
    }

    /** Returns the evidence records of these runs, by run; those that do not exist are left out. */
    public Map<UUID, UUID> records(Handle handle, Collection<UUID> ids) {
        CheckRunDao dao = handle.attach(CheckRunDao.class);
        return Batches.of(List.copyOf(ids)).stream()
                .flatMap(some -> dao.listRecords(some).stream())
                .collect(Collectors.toMap(CheckRunDao.RecordOf::id, CheckRunDao.RecordOf::recordId));
    }

    /** Returns the runs with these ids, in no order; those that do not exist are left out. */
    public List<CheckRun> all(Handle handle, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : handle.attach(CheckRunDao.class).listByIds(ids);
    }

    /** Returns runs, newest first, at most {@code limit} that are older than {@code before}. */
    public List<CheckRun> list(Handle handle, RunFilter filter, @Nullable UUID before, int limit) {
        return handle.attach(CheckRunDao.class).list(filter, before, limit);
    }

    /** In the order in which they ended, at most {@code limit}. */
    public List<CheckRun> ended(Handle handle, RunFilter filter, RunFilter.Stretch stretch, int limit) {
        return handle.attach(CheckRunDao.class).listEnded(filter, stretch, limit);
    }

    /** Returns how many runs match, counted up to {@link #COUNTED}. */
    public long count(Handle handle, RunFilter filter) {
        return handle.attach(CheckRunDao.class).count(filter, COUNTED);
    }

    /** Returns the occurrences of an asset's checks that never ran within their window, oldest first: check id and due time. */
    public Map<String, List<Instant>> missed(Handle handle, UUID assetId) {
        Map<String, List<Instant>> missed = new LinkedHashMap<>();
        handle.attach(CheckRunDao.class)
                .listMissed(assetId)
                .forEach(occurrence -> missed.computeIfAbsent(occurrence.checkId(), id -> new ArrayList<>())
                        .add(occurrence.dueAt()));
        return missed;
    }

    public Map<UUID, JsonNode> details(Handle handle, Collection<CheckRun> runs) {
        Map<UUID, JsonNode> details = withoutFacts(handle, runs);
        details.values().forEach(data -> addFacts(handle, data));
        return details;
    }

    /** Returns the details of several runs as {@link #details}, without facts that are too large to stand in the record. */
    public Map<UUID, JsonNode> withoutFacts(Handle handle, Collection<CheckRun> runs) {
        Map<UUID, byte[]> payloads = new HashMap<>();
        CheckRunDao dao = handle.attach(CheckRunDao.class);
        Batches.of(runs.stream().map(CheckRun::recordId).toList())
                .forEach(some ->
                        dao.listPayloads(some).forEach(record -> payloads.put(record.recId(), record.payload())));
        Map<UUID, JsonNode> details = new HashMap<>();
        runs.forEach(run -> details.put(run.id(), data(payloads.get(run.recordId()))));
        return details;
    }

    /**
     * Returns the {@code data} of the evidence record of a run: facts, assertions, exchanges, parameters. Empty where the payload
     * was purged.
     */
    public JsonNode details(Handle handle, CheckRun run) {
        return details(handle, List.of(run)).getOrDefault(run.id(), PLAIN.createObjectNode());
    }

    private static JsonNode data(byte @Nullable [] payload) {
        return payload == null
                ? PLAIN.createObjectNode()
                : PLAIN.readTree(new String(payload, StandardCharsets.UTF_8)).path("data");
    }

    private static void addFacts(Handle handle, JsonNode data) {
        if (data.has("factsRef") && data instanceof ObjectNode object) {
            handle.attach(CheckRunDao.class)
                    .findBlob(HexFormat.of().parseHex(data.path("factsRef").asString()))
                    .ifPresent(blob -> object.set("facts", PLAIN.readTree(new String(blob, StandardCharsets.UTF_8))));
        }
    }
}
