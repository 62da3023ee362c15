package dev.ronde.evidence.export;

import dev.ronde.evidence.RecordParts;
import dev.ronde.evidence.seal.HashMapper;
import dev.ronde.evidence.seal.SealedCheckpoint;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterColumnMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** What an export reads beside the leaves, and the list of finished bundles. */
@RegisterColumnMapper(HashMapper.class)
interface ExportDao extends RecordParts {
    String ALL = """
            select export_id, file_name, sha256, size_bytes, from_on, until_on, scope, tree_size, leaves, disclosed,
                requested_by, created_at
            from evidence_export
            """;

    @SqlUpdate("""
            insert into evidence_export (export_id, file_name, sha256, size_bytes, from_on, until_on, scope, tree_size,
                leaves, disclosed, requested_by, created_at)
            values (:exportId, :fileName, :sha256, :sizeBytes, :fromOn, :untilOn, :scope, :treeSize,
                :leaves, :disclosed, :requestedBy, :createdAt)
            """)
    void insert(@BindMethods EvidenceExport export);

    @SqlQuery(ALL + " where export_id = :id")
    Optional<EvidenceExport> find(UUID id);

    @SqlQuery(ALL + """
            where (cast(:beforeAt as timestamp(6) with time zone) is null or created_at < :beforeAt
                   or (created_at = :beforeAt and export_id < :beforeId))
              and (cast(:askedBy as varchar(40)) is null or requested_by = :askedBy)
            order by created_at desc, export_id desc fetch first :limit rows only
            """)
    List<EvidenceExport> list(@Nullable Instant beforeAt, @Nullable UUID beforeId, @Nullable String askedBy, int limit);

    @SqlQuery("""
            select count(*) from evidence_export where cast(:askedBy as varchar(40)) is null or requested_by = :askedBy""")
    long count(@Nullable String askedBy);

    /** The assets somebody sees who does not see all. */
    @SqlQuery("""
            select distinct a.ref from sees_asset s join asset a on a.id = s.asset_id where s.person_id = :personId order by a.ref""")
    List<String> listSeen(UUID personId);

    /** Whether anything was ever recorded about an asset with this ref, even a retired one. */
    @SqlQuery("select exists (select 1 from evidence_record where asset_ref = :ref)")
    boolean existsAsset(String ref);

    /** The newest sealed record that names a person or a token. */
    @SqlQuery("""
            select l.idx, r.payload, p.salt, p.private_text
            from evidence_record r
            join ledger_leaf l on l.rec_id = r.rec_id
            left join evidence_private p on p.rec_id = r.rec_id and p.field = 'name'
            where r.subject_kind in ('person', 'token') and r.subject_id = :ref and l.idx < :size
              and (p.private_text is not null or r.rec_type in ('token.created', 'erasure.executed'))
            order by l.idx desc fetch first 1 row only
            """)
    Optional<NameRow> findName(String ref, long size);

    /** Checkpoints that left the house, newest first: an auditor may hold any of them. */
    @SqlQuery("""
            select c.tree_size, c.root_hash, c.note, c.key_id, c.sealed_at
            from ledger_checkpoint c
            where c.tree_size < :size
              and exists (select 1 from ledger_anchor a where a.tree_size = c.tree_size and a.kind <> 'witness')
            order by c.tree_size desc
            fetch first :limit rows only
            """)
    List<SealedCheckpoint> listAnchored(long size, int limit);

    /** The newest time stamps, newest first. */
    @SqlQuery("""
            select c.root_hash, c.note, s.tree_size, s.query, s.response, s.generated_at
            from ledger_stamp s join ledger_checkpoint c on c.tree_size = s.tree_size
            where s.tree_size <= :size
            order by s.tree_size desc
            fetch first :limit rows only
            """)
    List<StampFile> listStamps(long size, int limit);

    @SqlQuery("""
            select l.idx, r.rec_id, r.payload from evidence_record r join ledger_leaf l on l.rec_id = r.rec_id
            where r.rec_type = 'key.added' and l.idx < :size order by l.idx
            """)
    List<KeyRow> listKeys(long size);

    @SqlQuery("""
            select l.idx, r.rec_id, r.payload from evidence_record r join ledger_leaf l on l.rec_id = r.rec_id
            where r.rec_type = 'review.attested' and r.rec_id > :after and l.idx < :size
            order by r.rec_id fetch first :limit rows only
            """)
    List<KeyRow> listAttestations(UUID after, long size, int limit);

    @SqlQuery("select rec_id, idx from ledger_leaf where rec_id in (<ids>) and idx < :size")
    @KeyColumn("rec_id")
    @ValueColumn("idx")
    Map<UUID, Long> listPlaces(@BindList Collection<UUID> ids, long size);

    @SqlQuery("select content from snapshot_content where digest = :digest")
    Optional<String> findSnapshot(String digest);

    /** The digests by source, as JSON, of a configuration of several. */
    @SqlQuery("""
            select s.sources from config_state s join asset a on a.id = s.asset_id
            where a.ref = :asset and s.digest = :digest order by s.id desc fetch first 1 row only
            """)
    Optional<String> findSources(String asset, String digest);

    /** The first checkpoint with the record at this place. */
    @SqlQuery("""
            select tree_size, root_hash, note, key_id, sealed_at from ledger_checkpoint
            where tree_size > :idx order by tree_size fetch first 1 rows only
            """)
    SealedCheckpoint getCheckpointAfter(long idx);

    @SqlQuery("select test_clock from installation where id = 1")
    Optional<Boolean> findTestClock();
}
