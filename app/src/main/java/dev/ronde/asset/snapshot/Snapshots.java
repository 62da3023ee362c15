package dev.ronde.asset.snapshot;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.snapshot.SettingDiff.Moving;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes, keeps and compares configuration snapshots ({@code reviews.md} §4). */
public final class Snapshots {
    public static final int MAX_BYTES = SnapshotBody.MAX_BYTES;

    private static final Duration MOST_AHEAD = Duration.ofMinutes(5);

    private final SourceSchemas schemas;
    private final ConfigStates states;
    private final Refusals refusals;
    private final EvidenceLog evidence;
    private final InstantSource clock;
    private final List<SnapshotListener> listeners = new CopyOnWriteArrayList<>();

    public Snapshots(SourceSchemas schemas, EvidenceLog evidence, InstantSource clock) {
        this.schemas = schemas;
        this.states = new ConfigStates(schemas);
        this.refusals = new Refusals(clock);
        this.evidence = evidence;
        this.clock = clock;
    }

    /** The listener runs in the transaction of the push. */
    public void addListener(SnapshotListener listener) {
        listeners.add(listener);
    }

    /**
     * Reads a document. It takes time: call it outside of transactions, then {@link #push}.
     *
     * @throws Problem 404 unknown source; 400 not JSON, too deep; 413 over 5 MiB; 422 where it does not fit the source or its bounds
     */
    public Document read(Database database, String source, byte[] body) {
        return Canonicaliser.canonicalise(schemas.get(source), SnapshotBody.read(body), key(database));
    }

    /** Whether a document differs from the newest snapshot, so that it would be stored. */
    boolean isNews(Handle handle, UUID assetId, Document document) {
        return handle.attach(SnapshotDao.class)
                .findLatestRow(assetId, document.schema().source())
                .filter(document::isSame)
                .isEmpty();
    }

    /**
     * Takes one document of a source. The same configuration again stores nothing but when it was seen, by the time of collection where
     * the push says one: an old document does not get younger by being sent again.
     *
     * @throws Problem 422 where it was collected in the future; 409 where the asset is retired, the sequence does not grow or something
     *     newer was collected already
     */
    public Pushed push(Handle tx, Asset asset, Document document, PushHeaders headers, Actor by) {
        String source = document.schema().source();
        if (!asset.active()) {
            throw Problem.conflict("retired", "The asset " + asset.ref() + " is retired and takes no snapshots.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        SnapshotDao dao = tx.attach(SnapshotDao.class);
        SnapshotDao.SourceRow known = lock(dao, asset, source);
        Instant collectedAt = collectedAt(headers, known, now);
        refuseReplay(headers, known);
        UUID latestId = known.snapshotId();
        Instant seenAt = collectedAt.isAfter(now) ? now : collectedAt;
        Optional<Snapshot.Row> latest = latestId == null ? Optional.empty() : dao.findRow(latestId);
        boolean changed = latest.isEmpty() || !document.isSame(latest.get());
        Snapshot snapshot;
        if (changed) {
            snapshot = store(tx, asset, document, collectedAt, seenAt, now);
        } else {
            dao.updateSeen(latest.get().id(), seenAt);
            snapshot = Snapshot.of(dao.findRow(latest.get().id()).orElseThrow(), document.content());
        }
        Long sequence = headers.sequence() == null ? known.pushSequence() : headers.sequence();
        // what names no time was collected when it arrived, as well as clocks agree
        Instant looked = headers.collectedAt() == null ? now.minus(MOST_AHEAD) : collectedAt;
        Instant newest =
                known.collectedAt() == null || looked.isAfter(known.collectedAt()) ? looked : known.collectedAt();
        dao.updateSource(asset.id(), source, snapshot.id(), newest, sequence);
        refusals.end(tx, asset.id(), source, collectedAt, headers.sequence(), now);
        if (changed) {
            states.record(tx, asset.id(), Ids.next(clock), now);
            record(tx, asset, snapshot, latest.map(Snapshot.Row::digest).orElse(null), by);
        }
        listeners.forEach(listener -> listener.stored(tx, asset, snapshot, changed));
        return new Pushed(snapshot, changed, document.dropped());
    }

    /**
     * Remembers a refused push whose document could not be read: the known configuration is then no longer the newest.
     * Call in a transaction of its own, and only for who may push.
     *
     * @return whether it is the first since something was accepted, so that there is something to look at anew
     */
    public boolean refused(Handle tx, Asset asset, String source, PushHeaders headers, Problem problem, Actor by) {
        if (!asset.active() || schemas.find(source).isEmpty()) {
            return false;
        }
        SnapshotDao.SourceRow known = lock(tx.attach(SnapshotDao.class), asset, source);
        boolean first = refusals.remember(tx, asset, source, known, headers, MOST_AHEAD, problem, by);
        if (first) {
            listeners.forEach(listener -> listener.refused(tx, asset, source));
        }
        return first;
    }

    public Refusals refusals() {
        return refusals;
    }

    private static SnapshotDao.SourceRow lock(SnapshotDao dao, Asset asset, String source) {
        return dao.findSourceForUpdate(asset.id(), source).orElseGet(() -> {
            dao.insertSource(asset.id(), source);
            return dao.findSourceForUpdate(asset.id(), source).orElseThrow();
        });
    }

    private static Instant collectedAt(PushHeaders headers, SnapshotDao.SourceRow known, Instant now) {
        Instant said = headers.collectedAt();
        if (said == null) {
            return now;
        }
        if (said.isAfter(now.plus(MOST_AHEAD))) {
            throw Problem.invalid(
                    "/Ronde-Collected-At",
                    "collected_in_future",
                    "Ronde-Collected-At is " + said + ", ahead of " + now + ". Set the clock of the source.");
        }
        Instant newest = known.collectedAt();
        if (newest != null && said.isBefore(newest)) {
            throw Problem.conflict(
                    "older_snapshot",
                    "This was collected at " + said + "; something collected at " + newest + " is known already.");
        }
        return said;
    }

    private static void refuseReplay(PushHeaders headers, SnapshotDao.SourceRow known) {
        if (headers.repeats(known.pushSequence())) {
            throw Problem.conflict(
                    "sequence_not_growing",
                    "Ronde-Sequence is " + headers.sequence() + ", but " + known.pushSequence()
                            + " was seen already. It grows with every accepted push.");
        }
    }

    private Snapshot store(
            Handle tx, Asset asset, Document document, Instant collectedAt, Instant seenAt, Instant now) {
        SourceSchema schema = document.schema();
        SnapshotDao dao = tx.attach(SnapshotDao.class);
        dao.insertContent(document.digest(), schema.source(), schema.canon(), document.text(), now);
        Snapshot snapshot = new Snapshot(
                Ids.next(clock),
                asset.id(),
                schema.source(),
                document.digest(),
                schema.canon(),
                collectedAt,
                now,
                seenAt,
                document.content());
        dao.insert(snapshot);
        return snapshot;
    }

    private void record(Handle tx, Asset asset, Snapshot snapshot, @Nullable String previous, Actor by) {
        String subject = asset.ref().length() <= 64 ? asset.ref() : asset.id().toString();
        evidence.append(
                tx,
                Evidence.of("snapshot.received", by, Subject.of("asset", subject, asset.version()))
                        .asset(asset.ref())
                        .data("source", snapshot.source())
                        .data("digest", snapshot.digest())
                        .data("previous", previous)
                        .data("canon_version", snapshot.canonVersion())
                        .occurredAt(snapshot.collectedAt()));
    }

    /** Key of the hash that stands for secrets, made once per installation. */
    private byte[] key(Database database) {
        return database.read(handle -> handle.attach(SnapshotDao.class).findKey())
                .orElseGet(() -> database.inTransaction(tx -> {
                    SnapshotDao dao = tx.attach(SnapshotDao.class);
                    byte[] fresh = new byte[32];
                    new SecureRandom().nextBytes(fresh);
                    dao.insertKey(fresh, clock.instant());
                    return dao.findKey().orElseThrow();
                }));
    }

    public Optional<Snapshot> latest(Handle handle, UUID assetId, String source) {
        return handle.attach(SnapshotDao.class).findLatest(assetId, source);
    }

    public List<Snapshot> latestBySource(Handle handle, UUID assetId) {
        return handle.attach(SnapshotDao.class).listLatest(assetId);
    }

    /** The newest snapshot of each of these sources of each of these assets. */
    public List<Snapshot> latestOf(Handle handle, Collection<UUID> assetIds, Collection<String> sources) {
        return assetIds.isEmpty() || sources.isEmpty()
                ? List.of()
                : handle.attach(SnapshotDao.class).listLatestOf(assetIds, sources);
    }

    /** The snapshots of an asset, newest first, of one source or all, from before an id. */
    public List<Snapshot.Row> list(
            Handle handle, UUID assetId, @Nullable String source, @Nullable UUID before, int limit) {
        return handle.attach(SnapshotDao.class).list(assetId, source, before == null ? null : before.toString(), limit);
    }

    /** The snapshots of an asset received at or before an instant, newest first. */
    public List<Snapshot.Row> listUntil(Handle handle, UUID assetId, Instant at, int limit) {
        return handle.attach(SnapshotDao.class).listUntil(assetId, at, limit);
    }

    public Optional<Snapshot> byDigest(Handle handle, UUID assetId, String digest) {
        return handle.attach(SnapshotDao.class).findByDigest(assetId, digest);
    }

    public long count(Handle handle, UUID assetId, @Nullable String source) {
        return handle.attach(SnapshotDao.class).count(assetId, source);
    }

    /** The digests of the present states of these assets, by asset; an asset without a state is left out. At most some 200 assets. */
    public Map<UUID, String> digests(Handle handle, Collection<UUID> assetIds) {
        return assetIds.isEmpty() ? Map.of() : handle.attach(StateDao.class).listNewest(assetIds);
    }

    /** The states the configuration was in, newest first. */
    public List<ConfigState> states(Handle handle, UUID assetId, int limit) {
        return states.list(handle, assetId, limit);
    }

    public static String notComparable(Locale locale) {
        return new Words(locale).notComparable();
    }

    ConfigStates configStates() {
        return states;
    }

    /**
     * What changed between two states (or snapshots) of an asset, in words.
     *
     * @param fromDigest null compares with nothing: no changes
     * @throws Problem 404 for a digest this asset never had; 409 {@code not_comparable} across versions of the canonical form
     */
    public List<Change> diffStates(
            Handle handle, UUID assetId, @Nullable String fromDigest, String toDigest, Locale locale) {
        return changes(handle, assetId, fromDigest, toDigest, locale, Moving.ALL);
    }

    /**
     * As {@link #diffStates(Handle, UUID, String, String, Locale)}, without values that moved by themselves and not for the worse: nobody
     * decides about those.
     */
    public List<Change> changesToDecide(
            Handle handle, UUID assetId, @Nullable String fromDigest, String toDigest, Locale locale) {
        return changes(handle, assetId, fromDigest, toDigest, locale, Moving.WORSE);
    }

    private List<Change> changes(
            Handle handle, UUID assetId, @Nullable String from, String to, Locale locale, Moving moving) {
        return from == null || from.equals(to)
                ? List.of()
                : states.diff(
                        handle, states.get(handle, assetId, from), states.get(handle, assetId, to), locale, moving);
    }

    /**
     * Whether two states differ by more than values that move by themselves, such as the time of the last backup.
     *
     * @throws Problem as {@link #diffStates(Handle, UUID, String, String, Locale)}
     */
    public boolean drifted(Handle handle, UUID assetId, String fromDigest, String toDigest) {
        return !fromDigest.equals(toDigest)
                && states.differs(
                        handle, states.get(handle, assetId, fromDigest), states.get(handle, assetId, toDigest));
    }

    /** Commands that make and push a document of a source, REF standing for the ref of the asset. */
    public List<String> pushCommands(String source) {
        return schemas.find(source)
                .map(SourceSchema::push)
                .orElse(List.of("ronde snapshot push REF " + source + " FILE"));
    }

    public String title(String source, Locale locale) {
        return schemas.get(source).titleIn(locale);
    }

    /** Every setting of a snapshot in words, for a first snapshot; {@code before} is always null. */
    public List<Change> settings(Snapshot snapshot, Locale locale) {
        return SettingDiff.all(schemas.get(snapshot.source()), snapshot.content(), new Words(locale));
    }

    /**
     * The answer to a push.
     *
     * @param changed whether this configuration differs from the one before, or is the first
     * @param dropped paths that were sent and are not in the allow-list; their values were not kept
     */
    public record Pushed(Snapshot snapshot, boolean changed, List<String> dropped) {}
}
