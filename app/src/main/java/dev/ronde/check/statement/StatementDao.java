package dev.ronde.check.statement;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements of people on checks. */
public interface StatementDao {
    String SELECT = """
            select s.id, s.asset_id, s.check_id, s.attested, s.stated_at, s.stated_by, s.channel, p.private_text as note, s.record_id,
                   s.check_sha256, s.reach_sha256
            from check_statement s left join evidence_private p on p.rec_id = s.record_id and p.field = 'note'
            """;

    @SqlUpdate("""
            insert into check_statement (id, asset_id, check_id, attested, stated_at, stated_by, channel, record_id, check_sha256, reach_sha256)
            values (:id, :assetId, :checkId, :attested, :statedAt, :statedBy, :channel, :recordId, :checkSha256, :reachSha256)
            """)
    void insert(@BindMethods Statement statement);

    @SqlQuery(SELECT + """
            where s.asset_id in (<assets>) and s.check_id in (<checks>)
              and not exists (select 1 from check_statement n
                               where n.asset_id = s.asset_id and n.check_id = s.check_id and n.id > s.id)
            order by s.asset_id, s.check_id
            """)
    List<Statement> listNewest(
            @BindList("assets") Collection<UUID> assets, @BindList("checks") Collection<String> checks);

    /** Newest first; a null {@code before} does not restrict. */
    @SqlQuery(SELECT + """
            where s.asset_id = :assetId and s.check_id = :checkId
              and (cast(:before as uuid) is null or s.id < cast(:before as uuid))
            order by s.id desc limit :limit
            """)
    List<Statement> list(
            @Bind("assetId") UUID assetId,
            @Bind("checkId") String checkId,
            @Bind("before") @Nullable UUID before,
            @Bind("limit") int limit);

    @SqlQuery(SELECT + """
            where s.asset_id = :assetId and s.stated_at <= :until
            order by s.stated_at desc, s.id desc limit :limit
            """)
    List<Statement> listUntil(@Bind("assetId") UUID assetId, @Bind("until") Instant until, @Bind("limit") int limit);

    @SqlQuery("select count(*) from check_statement where asset_id = :assetId and check_id = :checkId")
    long count(@Bind("assetId") UUID assetId, @Bind("checkId") String checkId);
}
