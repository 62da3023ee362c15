package dev.ronde.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface HoldDao {
    /** Whether a hold covers the record {@code r} at {@code :now}. */
    String HELD = """
            exists (select 1 from legal_hold h
                     where h.released_at is null and (h.ends_at is null or h.ends_at > :now)
                       and (h.asset_ref is null or h.asset_ref = r.asset_ref)
                       and (h.actor_ref is null or h.actor_ref = r.actor_ref
                            or (r.subject_kind = 'person' and r.subject_id = h.actor_ref))
                       and (h.from_at is null or r.occurred_at >= h.from_at)
                       and (h.until_at is null or r.occurred_at < h.until_at))
            """;

    String SELECT = """
            select id, asset_ref as asset, actor_ref as person, from_at as "from", until_at as "until", reason, ends_at, set_by, set_at,
                   released_by, released_at
              from legal_hold
            """;

    @SqlUpdate("""
            insert into legal_hold (id, asset_ref, actor_ref, from_at, until_at, reason, ends_at, set_by, set_at)
            values (:id, :asset, :person, :from, :until, :reason, :endsAt, :setBy, :setAt)
            """)
    void insert(@BindMethods Hold hold);

    @SqlUpdate("""
            update legal_hold set released_by = :by, released_at = :now
             where id = :id and released_at is null and (ends_at is null or ends_at > :now)
            """)
    int release(UUID id, String by, Instant now);

    @SqlQuery(SELECT + " where id = :id")
    Optional<Hold> find(UUID id);

    @SqlQuery(SELECT + " order by id desc")
    List<Hold> list();

    @SqlQuery("select exists (select 1 from asset where ref = :ref)")
    boolean existsAsset(String ref);
}
