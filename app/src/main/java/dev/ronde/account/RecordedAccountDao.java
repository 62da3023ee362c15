package dev.ronde.account;

import dev.ronde.evidence.state.StateRow;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** People and tokens as their records know them. */
@RegisterRowMapper(StateRow.Mapper.class)
interface RecordedAccountDao {
    @SqlQuery("""
            select p.actor_ref as place, p.actor_ref as subject, p.actor_ref as name, lower(p.role) as role, p.active, p.language, p.zone,
                   p.email, p.email_key, p.password_hash as credential,
                   (select string_agg(m.actor_ref, ', ') from team_member t join person m on m.id = t.member_id
                     where t.team_id = p.id) as members
              from person p where p.actor_ref > :after order by p.actor_ref limit :limit""")
    List<StateRow> listPeople(String after, int limit);

    @SqlQuery("""
            select e.subject_id from evidence_record e
             where e.rec_type = 'person.added' and not exists (select 1 from person p where p.actor_ref = e.subject_id)
             order by e.rec_id limit :limit""")
    List<String> listLostPeople(int limit);

    @SqlQuery("""
            select t.actor_ref as place, t.actor_ref as subject, t.actor_ref as name, t.name as called, lower(t.role) as role,
                   t.created_by, t.origin_ref, t.expires_at, t.token_hash,
                   case when t.revoked_at is not null then true end as revoked,
                   (select string_agg(a.ref, ', ') from token_asset x join asset a on a.id = x.asset_id
                     where x.token_id = t.id) as assets
              from api_token t where t.actor_ref > :after order by t.actor_ref limit :limit""")
    List<StateRow> listTokens(String after, int limit);

    @SqlQuery("""
            select e.subject_id from evidence_record e
             where e.rec_type = 'token.created' and not exists (select 1 from api_token t where t.actor_ref = e.subject_id)
             order by e.rec_id limit :limit""")
    List<String> listLostTokens(int limit);
}
