package dev.ronde.evidence;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Reads what lies beside records: the texts behind their commitments, in index order, and attachments. */
public interface RecordParts {
    @SuppressWarnings("ArrayRecordComponent") // a row, never compared
    record Text(
            long idx,
            String field,
            byte @Nullable [] salt,
            @Nullable String privateText) {}

    @SqlQuery("""
            select l.idx, p.field, p.salt, p.private_text
            from ledger_leaf l join evidence_private p on p.rec_id = l.rec_id
            where l.idx >= :from and l.idx < :until
            order by l.idx, p.field
            """)
    List<Text> listPrivates(long from, long until);

    /** The record of the settings that a server began with last. */
    @SqlQuery("""
            select payload from evidence_record where rec_type = 'config.changed' and subject_kind = 'settings'
            order by rec_id desc fetch first 1 row only
            """)
    Optional<byte[]> findSettings();

    @SuppressWarnings("ArrayRecordComponent") // a row, never compared
    record Sealed(long idx, byte[] payload) {}

    /** The sealed records of a type before this size of the log, in index order. */
    @SqlQuery("""
            select l.idx, r.payload from evidence_record r join ledger_leaf l on l.rec_id = r.rec_id
            where r.rec_type = :type and l.idx < :size order by l.idx
            """)
    List<Sealed> listSealed(String type, long size);

    @SqlQuery("select content from evidence_blob where sha256 = :sha256")
    Optional<byte[]> findBlob(byte[] sha256);
}
