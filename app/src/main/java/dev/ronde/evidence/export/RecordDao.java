package dev.ronde.evidence.export;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Lists records, newest first by their id, which orders by time. */
interface RecordDao {

    @SqlQuery("""
            select r.rec_id, r.payload, l.idx, r.rec_type, r.occurred_at, r.recorded_at
            from evidence_record r left join ledger_leaf l on l.rec_id = r.rec_id
            where (cast(:type as varchar(64)) is null or r.rec_type = :type)
              and (cast(:asset as varchar(100)) is null or r.asset_ref = :asset)
              and (cast(:from as timestamp(6) with time zone) is null or r.occurred_at >= :from)
              and (cast(:until as timestamp(6) with time zone) is null or r.occurred_at < :until)
              and (cast(:seenBy as uuid) is null or r.asset_ref in (
                      select a.ref from sees_asset s join asset a on a.id = s.asset_id where s.person_id = cast(:seenBy as uuid)))
              and (cast(:before as uuid) is null or r.rec_id < :before)
            order by r.rec_id desc
            fetch first :limit rows only
            """)
    List<RecordItem> list(
            @Nullable String type,
            @Nullable String asset,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable UUID seenBy,
            @Nullable UUID before,
            int limit);

    @SqlQuery("""
            select count(*) from evidence_record r
            where (cast(:type as varchar(64)) is null or r.rec_type = :type)
              and (cast(:asset as varchar(100)) is null or r.asset_ref = :asset)
              and (cast(:from as timestamp(6) with time zone) is null or r.occurred_at >= :from)
              and (cast(:until as timestamp(6) with time zone) is null or r.occurred_at < :until)
              and (cast(:seenBy as uuid) is null or r.asset_ref in (
                      select a.ref from sees_asset s join asset a on a.id = s.asset_id where s.person_id = cast(:seenBy as uuid)))
            """)
    long count(
            @Nullable String type,
            @Nullable String asset,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable UUID seenBy);
}
