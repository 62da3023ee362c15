package dev.ronde.asset;

import dev.ronde.evidence.state.StateRow;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The inventory as its records know it. */
@RegisterRowMapper(StateRow.Mapper.class)
interface RecordedAssetDao {
    @SqlQuery("""
            select cast(a.id as varchar) as place,
                   case when length(a.ref) <= 64 then a.ref else cast(a.id as varchar) end as subject, a.ref as name,
                   a.ref, a.name as called, a.kind, o.actor_ref as owner, b.actor_ref as backup, m.actor_ref as manager, a.environment,
                   a.criticality, a.data_class, a.unit, a.address, a.port, a.hostname, a.starttls, a.zone, a.tags, a.declared_ports,
                   case when a.expected_closed then true end as expected_closed, a.probe_authorised_until, a.last_review_on, a.retired_at
              from asset a left join person o on o.id = a.owner_id left join person b on b.id = a.backup_id
              left join person m on m.id = a.manager_id
             where a.id > :after order by a.id limit :limit
            """)
    List<StateRow> listAfter(@Bind("after") UUID after, @Bind("limit") int limit);

    @SqlQuery("""
            select e.asset_ref from evidence_record e
             where e.rec_type = 'asset.created' and not exists (select 1 from asset a where a.ref = e.asset_ref)
             order by e.rec_id limit :limit
            """)
    List<String> listLost(@Bind("limit") int limit);
}
