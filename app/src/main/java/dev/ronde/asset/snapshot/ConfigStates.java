package dev.ronde.asset.snapshot;

import dev.ronde.asset.snapshot.SettingDiff.Moving;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The states a configuration was in, all sources together, and what differs between two of them. */
final class ConfigStates {
    private static final int REMEMBERED = 1_000;
    private final SourceSchemas schemas;
    /** Remembers which states differ, so that comparisons made before a transaction are not repeated in it. */
    private final Map<List<Map<String, String>>, Boolean> differing = new ConcurrentHashMap<>();

    ConfigStates(SourceSchemas schemas) {
        this.schemas = schemas;
    }

    void record(Handle tx, UUID assetId, UUID stateId, Instant now) {
        List<Snapshot.Row> latest = tx.attach(SnapshotDao.class).listLatestRows(assetId);
        Map<String, String> sources = new TreeMap<>();
        latest.forEach(snapshot -> sources.put(snapshot.source(), snapshot.digest()));
        Instant collectedAt = latest.stream()
                .map(Snapshot.Row::collectedAt)
                .max(Instant::compareTo)
                .orElse(now);
        int canon = latest.stream().mapToInt(Snapshot.Row::canonVersion).max().orElse(1);
        ConfigState state = new ConfigState(stateId, assetId, digest(sources), canon, sources, collectedAt, now);
        tx.attach(StateDao.class).insert(state, Json.write(sources));
    }

    private static String digest(Map<String, String> sources) {
        return sources.size() == 1
                ? sources.values().iterator().next()
                : Document.digest(sources.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    List<ConfigState> list(Handle handle, UUID assetId, int limit) {
        return handle.attach(StateDao.class).list(assetId, limit);
    }

    /** The newest state with this digest, or the single-source state of the newest snapshot with it. */
    ConfigState get(Handle handle, UUID assetId, String digest) {
        return handle.attach(StateDao.class)
                .findByDigest(assetId, digest)
                .or(() -> handle.attach(SnapshotDao.class)
                        .findRowByDigest(assetId, digest)
                        .map(ConfigStates::alone))
                .orElseThrow(() -> Problem.notFound("snapshot of this asset with digest", digest));
    }

    /** The state with this id, or the one that the snapshot with this id made. */
    ConfigState get(Handle handle, UUID assetId, UUID id) {
        StateDao dao = handle.attach(StateDao.class);
        return dao.find(assetId, id)
                .or(() -> handle.attach(SnapshotDao.class)
                        .findRow(id)
                        .filter(snapshot -> snapshot.assetId().equals(assetId))
                        .map(snapshot ->
                                dao.findRecorded(assetId, snapshot.receivedAt()).orElseGet(() -> alone(snapshot))))
                .orElseThrow(() -> Problem.notFound("snapshot of this asset with id", id));
    }

    /** The state before this one; for a single snapshot, what its source said before. */
    Optional<ConfigState> before(Handle handle, ConfigState state) {
        StateDao dao = handle.attach(StateDao.class);
        if (dao.find(state.assetId(), state.id()).isPresent()) {
            return dao.findBefore(state.assetId(), state.id());
        }
        String source = state.sources().keySet().iterator().next();
        return handle
                .attach(SnapshotDao.class)
                .list(state.assetId(), source, state.id().toString(), 1)
                .stream()
                .findFirst()
                .map(ConfigStates::alone);
    }

    Optional<Instant> end(Handle handle, ConfigState state) {
        return handle.attach(StateDao.class).findEnd(state.assetId(), state.id());
    }

    private static ConfigState alone(Snapshot.Row snapshot) {
        return new ConfigState(
                snapshot.id(),
                snapshot.assetId(),
                snapshot.digest(),
                snapshot.canonVersion(),
                Map.of(snapshot.source(), snapshot.digest()),
                snapshot.collectedAt(),
                snapshot.receivedAt());
    }

    boolean differs(Handle handle, ConfigState from, ConfigState to) {
        List<Map<String, String>> pair = List.of(from.sources(), to.sources());
        Boolean known = differing.get(pair);
        if (known == null) {
            known = !diff(handle, from, to, Locale.ENGLISH, Moving.NONE).isEmpty();
            if (differing.size() >= REMEMBERED) {
                differing.clear();
            }
            differing.put(pair, known);
        }
        return known;
    }

    List<Change> diff(Handle handle, ConfigState from, ConfigState to, Locale locale, Moving moving) {
        Words words = new Words(locale);
        TreeSet<String> sources = new TreeSet<>(from.sources().keySet());
        sources.addAll(to.sources().keySet());
        List<Change> changes = new ArrayList<>();
        for (String source : sources) {
            List<Change> some = ofSource(
                    handle,
                    from.assetId(),
                    source,
                    from.sources().get(source),
                    to.sources().get(source),
                    words,
                    moving);
            boolean named = sources.size() > 1;
            some.forEach(change -> changes.add(named ? named(source, change) : change));
        }
        return List.copyOf(changes);
    }

    private static Change named(String source, Change change) {
        return change.path().equals(source)
                ? change
                : new Change(
                        source + ":" + change.path(), change.title(), change.before(), change.after(), change.effect());
    }

    private List<Change> ofSource(
            Handle handle,
            UUID assetId,
            String source,
            @Nullable String from,
            @Nullable String to,
            Words words,
            Moving moving) {
        if (from != null && from.equals(to)) {
            return List.of();
        }
        SourceSchema schema = schemas.get(source);
        String title = schema.titleIn(words.locale());
        if (from == null || to == null) {
            String here = words.firstSnapshot();
            return List.of(new Change(
                    source, title, from == null ? null : here, to == null ? null : here, Effect.NEUTRAL.word()));
        }
        SnapshotDao dao = handle.attach(SnapshotDao.class);
        Snapshot before = dao.findByDigest(assetId, from).orElseThrow(() -> Problem.notFound("snapshot", from));
        Snapshot after = dao.findByDigest(assetId, to).orElseThrow(() -> Problem.notFound("snapshot", to));
        if (before.canonVersion() != after.canonVersion()) {
            throw Problem.conflict(
                    "not_comparable",
                    "The two snapshots of " + source
                            + " were made by different versions of its rules and cannot be compared.");
        }
        return SettingDiff.between(schema, before.content(), after.content(), words, moving);
    }
}
