package dev.ronde.evidence.redact;

import dev.ronde.evidence.RecordParts;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The scan's place, what it reads and what it found. */
interface RedactionDao extends RecordParts {
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Stored(
            UUID recId, @Nullable String assetRef, @Nullable String checkId, byte[] payload) {}

    record Progress(int rules, UUID afterId, long scanned, long hits, Instant finishedAt) {}

    @SqlQuery("""
            select rec_id, asset_ref, check_id, payload from evidence_record
            where rec_type = 'check.result' and rec_id > :after and recorded_at <= :until and payload is not null
            order by rec_id fetch first :limit rows only
            """)
    List<Stored> listResults(UUID after, Instant until, int limit);

    @SqlQuery("select rules, after_id, scanned, hits, finished_at from redaction_scan where id = 1")
    Optional<Progress> findProgress();

    @SqlUpdate("""
            update redaction_scan set rules = :rules, after_id = :afterId, scanned = :scanned, hits = :hits,
                finished_at = :finishedAt where id = 1
            """)
    int updateProgress(@BindMethods Progress progress);

    @SqlUpdate("""
            insert into redaction_scan (id, rules, after_id, scanned, hits, finished_at)
            values (1, :rules, :afterId, :scanned, :hits, :finishedAt)
            """)
    void insertProgress(@BindMethods Progress progress);

    /**
     * How far a scan came with the texts of a table.
     *
     * @param seenUntil rows that were written until then are looked at
     * @param passUntil what the look under way, or the last one, makes of {@code seenUntil} at its end
     */
    record Place(String name, int rules, UUID afterId, Instant seenUntil, Instant passUntil) {}

    @SqlQuery("select name, rules, after_id, seen_until, pass_until from redaction_place where name = :name")
    Optional<Place> findPlace(String name);

    @SqlUpdate("""
            update redaction_place set rules = :rules, after_id = :afterId, seen_until = :seenUntil, pass_until = :passUntil
            where name = :name
            """)
    int updatePlace(@BindMethods Place place);

    @SqlUpdate("""
            insert into redaction_place (name, rules, after_id, seen_until, pass_until)
            values (:name, :rules, :afterId, :seenUntil, :passUntil)
            """)
    void insertPlace(@BindMethods Place place);

    @SqlBatch("""
            insert into redaction_hit (rec_id, place, rule, asset_ref, check_id, rules, found_at)
            values (:recId, :place, :rule, :assetRef, :checkId, :rules, :foundAt)
            on conflict do nothing
            """)
    void insertHits(@BindMethods List<RedactionHit> hits);

    record Known(UUID recId, String place, String rule) {}

    @SqlQuery("select rec_id, place, rule from redaction_hit where rec_id in (<ids>)")
    Set<Known> listKnown(@BindList Collection<UUID> ids);

    @SqlQuery("""
            select rec_id, place, rule, asset_ref, check_id, rules, found_at from redaction_hit
            order by found_at desc, rec_id desc, place, rule fetch first :limit rows only
            """)
    List<RedactionHit> listHits(int limit);

    @SqlQuery("select count(*) from redaction_hit")
    long countHits();
}
