package dev.ronde.asset.snapshot;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Remembers, for each asset and source, that the newest document could not be read (decision 082). */
public record Refusals(InstantSource clock) {
    private static final int LONGEST = 400;
    private static final Duration KEPT = Duration.ofDays(400);

    /**
     * Remembers a refusal, unless something newer is known.
     *
     * @param known the locked row of the source
     * @param ahead how far ahead of ours the clock of a source may be
     * @return whether nothing was refused before it
     */
    boolean remember(
            Handle tx,
            Asset asset,
            String source,
            SnapshotDao.SourceRow known,
            PushHeaders headers,
            Duration ahead,
            Problem problem,
            Actor by) {
        Optional<Unreadable> why = Unreadable.of(problem);
        if (why.isEmpty() || replayed(headers, known)) {
            return false;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // a clock that runs far ahead says nothing of when it was
        Instant said = headers.collectedAt() != null && headers.collectedAt().isAfter(now.plus(ahead))
                ? null
                : headers.collectedAt();
        RefusalDao dao = tx.attach(RefusalDao.class);
        Refusal open = dao.findOpen(asset.id(), source).orElse(null);
        if (open != null
                && (headers.repeats(open.pushSequence()) || (said != null && said.isBefore(open.lookedAt())))) {
            return false;
        }
        Instant looked = said == null ? now.minus(ahead) : said.isAfter(now) ? now : said;
        Refusal next = new Refusal(
                open == null ? Ids.next(clock) : open.id(),
                asset.id(),
                source,
                open == null ? now : open.firstAt(),
                now,
                open == null ? 1 : open.times() + 1,
                open != null && open.lookedAt().isAfter(looked) ? open.lookedAt() : looked,
                said,
                by.ref(),
                why.get().code(),
                place(problem),
                null,
                headers.sequence() != null || open == null ? headers.sequence() : open.pushSequence());
        if (open == null) {
            dao.forget(asset.id(), source, now.minus(KEPT));
            dao.insert(next);
        } else {
            dao.update(next);
        }
        return open == null;
    }

    private static boolean replayed(PushHeaders headers, SnapshotDao.SourceRow known) {
        Instant said = headers.collectedAt();
        Instant newest = known.collectedAt();
        return (said != null && newest != null && said.isBefore(newest)) || headers.repeats(known.pushSequence());
    }

    /** Whether a problem says something of the configuration that was refused, so that it can be remembered. */
    public static boolean isOne(Problem problem) {
        return Unreadable.of(problem).isPresent();
    }

    /** Pointers hold only numbers and names that the source knows, nothing of the document. */
    private static @Nullable String place(Problem problem) {
        String pointer =
                problem.errors().isEmpty() ? "" : problem.errors().get(0).pointer();
        return pointer.isEmpty() ? null : Cut.to(pointer, LONGEST);
    }

    /** Ends refusals that came before an accepted document, by collection time and, if both have one, sequence. */
    void end(Handle tx, UUID assetId, String source, Instant collectedAt, @Nullable Long sequence, Instant now) {
        tx.attach(RefusalDao.class).end(assetId, source, collectedAt, sequence, now);
    }

    /** What was refused last and not followed by anything that could be read, by source. */
    public List<Refusal> open(Handle handle, UUID assetId) {
        return handle.attach(RefusalDao.class).listOpen(assetId);
    }

    public Optional<Refusal> open(Handle handle, UUID assetId, String source) {
        return handle.attach(RefusalDao.class).findOpen(assetId, source);
    }

    /** The same of these sources of each of these assets. */
    public List<Refusal> openOf(Handle handle, Collection<UUID> assetIds, Collection<String> sources) {
        return assetIds.isEmpty() || sources.isEmpty()
                ? List.of()
                : handle.attach(RefusalDao.class).listOpenOf(assetIds, sources);
    }

    /** Refusals that began at or before the instant, ended or not, newest first. */
    List<Refusal> listUntil(Handle handle, UUID assetId, Instant at, int limit) {
        return handle.attach(RefusalDao.class).listUntil(assetId, at, limit);
    }

    interface RefusalDao {
        String COLUMNS = """
                id, asset_id, source, first_at, last_at, times, looked_at, collected_at, actor_ref, code, place, ended_at, push_sequence
                """;

        @SqlQuery("select " + COLUMNS + """
                 from snapshot_refusal where asset_id = :assetId and source = :source and ended_at is null
                """)
        Optional<Refusal> findOpen(UUID assetId, String source);

        @SqlQuery("select " + COLUMNS + """
                 from snapshot_refusal where asset_id = :assetId and ended_at is null order by source
                """)
        List<Refusal> listOpen(UUID assetId);

        @SqlQuery("select " + COLUMNS + """
                 from snapshot_refusal
                where asset_id in (<assetIds>) and source in (<sources>) and ended_at is null order by asset_id, source
                """)
        List<Refusal> listOpenOf(@BindList Collection<UUID> assetIds, @BindList Collection<String> sources);

        @SqlQuery("select " + COLUMNS + """
                 from snapshot_refusal where asset_id = :assetId and first_at <= :at order by first_at desc, id desc limit :limit
                """)
        List<Refusal> listUntil(UUID assetId, Instant at, int limit);

        @SqlUpdate("""
                insert into snapshot_refusal (id, asset_id, source, first_at, last_at, times, looked_at, collected_at, actor_ref, code, place,
                    push_sequence)
                values (:id, :assetId, :source, :firstAt, :lastAt, :times, :lookedAt, cast(:collectedAt as timestamp with time zone),
                    :actorRef, :code, cast(:place as varchar), cast(:pushSequence as bigint))
                """)
        void insert(@BindMethods Refusal refusal);

        @SqlUpdate("""
                update snapshot_refusal set last_at = :lastAt, times = :times, looked_at = :lookedAt,
                    collected_at = cast(:collectedAt as timestamp with time zone), actor_ref = :actorRef, code = :code,
                    place = cast(:place as varchar), push_sequence = cast(:pushSequence as bigint)
                where id = :id
                """)
        void update(@BindMethods Refusal refusal);

        /** Ends refusals not newer than {@code collectedAt} nor after {@code sequence}; the same number is a retry. */
        @SqlUpdate("""
                update snapshot_refusal set ended_at = :now
                where asset_id = :assetId and source = :source and ended_at is null and looked_at <= :collectedAt
                  and (push_sequence is null or cast(:sequence as bigint) is null or push_sequence <= cast(:sequence as bigint))
                """)
        void end(UUID assetId, String source, Instant collectedAt, @Nullable Long sequence, Instant now);

        @SqlUpdate("delete from snapshot_refusal where asset_id = :assetId and source = :source and ended_at < :before")
        void forget(UUID assetId, String source, Instant before);
    }
}
