package dev.ronde.account;

import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What the records say of people, tokens and running engagements. */
public final class RecordedAccounts {
    /** The hash of what is stored for the password: nobody can guess the password from it. */
    static final String CREDENTIAL = "credential";

    private static final List<String> NAMED = List.of("frameworks", "units", "assets");

    private RecordedAccounts() {}

    public static List<StateSource> sources() {
        return List.of(
                new StateSource(
                        "person",
                        "person",
                        Set.of(
                                "person.added",
                                "person.changed",
                                "person.deactivated",
                                "person.handed-over",
                                "person.absence-planned",
                                "person.absence-ended",
                                "role.granted",
                                "role.revoked",
                                "erasure.executed"),
                        "",
                        RecordedAccounts::people,
                        (handle, limit) -> handle.attach(Dao.class).listLostPeople(limit),
                        RecordedAccounts::person),
                new StateSource(
                        "api_token",
                        "token",
                        Set.of("token.created", "token.revoked"),
                        "",
                        RecordedAccounts::tokens,
                        (handle, limit) -> handle.attach(Dao.class).listLostTokens(limit),
                        RecordedAccounts::token),
                new StateSource(
                        "engagement",
                        "person",
                        Set.of("engagement.agreed", "engagement.ended"),
                        "",
                        RecordedAccounts::engagements,
                        (handle, limit) -> handle.attach(Dao.class).listLostEngagements(limit),
                        RecordedAccounts::engagement));
    }

    private static List<StateRow> people(Handle handle, String after, int limit) {
        return hashed(handle.attach(Dao.class).listPeople(after, limit), CREDENTIAL);
    }

    private static List<StateRow> tokens(Handle handle, String after, int limit) {
        return hashed(handle.attach(Dao.class).listTokens(after, limit), "token_hash");
    }

    private static List<StateRow> hashed(List<StateRow> rows, String field) {
        return rows.stream()
                .map(row -> {
                    Map<String, @Nullable Object> fields = new LinkedHashMap<>(row.fields());
                    fields.computeIfPresent(field, (name, stored) -> Secrets.sha256(stored.toString()));
                    return new StateRow(row.place(), row.subject(), row.name(), fields);
                })
                .toList();
    }

    private static Map<String, @Nullable Object> person(List<Leaf> records) {
        Map<String, @Nullable Object> state = StateSource.newest(records);
        state.put(CREDENTIAL, null);
        state.put("email", StateSource.UNSAID);
        state.put("email_key", StateSource.UNSAID);
        for (Leaf record : records) {
            if (record.data().get("members") instanceof List<?> members) {
                state.put("members", members);
            }
            String email = record.privateText("email");
            if (!email.isEmpty()) {
                state.put("email", email);
                state.put("email_key", new EmailAddress(email).lookupKey());
            }
            if (record.type().equals("erasure.executed")) {
                state.put(CREDENTIAL, null);
                state.put("email", StateSource.UNSAID);
                state.put("email_key", StateSource.UNSAID);
            }
            if (record.data().get("changed") instanceof List<?> changed) {
                if (changed.contains("password")) {
                    state.put(CREDENTIAL, record.data().get(CREDENTIAL));
                } else if (changed.contains("password_reset")) {
                    state.put(CREDENTIAL, null);
                }
            }
        }
        return state;
    }

    private static Map<String, @Nullable Object> token(List<Leaf> records) {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        for (Leaf record : records) {
            if (record.type().equals("token.revoked")) {
                state.put("revoked", true);
                continue;
            }
            state.put("called", record.field("name"));
            state.put("role", record.field("role"));
            state.put("created_by", record.actorRef());
            state.put("expires_at", Instant.parse(record.field("expires")));
            state.put("assets", record.data().get("assets"));
            state.put("origin_ref", record.field("origin"));
            state.put("token_hash", record.field("secret_sha256"));
        }
        return state;
    }

    private static List<StateRow> engagements(Handle handle, String after, int limit) {
        return handle.attach(Dao.class).listEngagements(after, limit).stream()
                .map(row -> {
                    Map<String, @Nullable Object> fields = new LinkedHashMap<>(row.fields());
                    NAMED.forEach(kind -> fields.computeIfPresent(
                            kind, (name, joined) -> List.of(joined.toString().split("\n"))));
                    return new StateRow(row.place(), row.subject(), row.name(), fields);
                })
                .toList();
    }

    /** Nothing once it is said to have ended. */
    private static Map<String, @Nullable Object> engagement(List<Leaf> records) {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        records.get(records.size() - 1).data().forEach((name, value) -> state.put(String.valueOf(name), value));
        return state;
    }

    @RegisterRowMapper(StateRow.Mapper.class)
    interface Dao {
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

        @SqlQuery("""
                select p.actor_ref as place, p.actor_ref as subject, p.actor_ref as name, e.firm, e.from_on as "from", e.until_on as "until",
                       (select string_agg(s.name, chr(10)) from engagement_scope s
                         where s.engagement_id = e.id and s.kind = 'framework') as frameworks,
                       (select string_agg(s.name, chr(10)) from engagement_scope s
                         where s.engagement_id = e.id and s.kind = 'unit') as units,
                       (select string_agg(s.name, chr(10)) from engagement_scope s
                         where s.engagement_id = e.id and s.kind = 'asset') as assets
                  from engagement e join person p on p.id = e.person_id
                 where e.ended_at is null and p.actor_ref > :after order by p.actor_ref limit :limit""")
        List<StateRow> listEngagements(String after, int limit);

        @SqlQuery("""
                select r.subject_id from evidence_record r
                 where r.rec_type = 'engagement.agreed'
                   and not exists (select 1 from evidence_record n
                                    where n.subject_kind = 'person' and n.subject_id = r.subject_id and n.rec_id > r.rec_id
                                      and n.rec_type in ('engagement.agreed', 'engagement.ended'))
                   and not exists (select 1 from engagement e join person p on p.id = e.person_id
                                    where e.ended_at is null and p.actor_ref = r.subject_id)
                 order by r.rec_id limit :limit""")
        List<String> listLostEngagements(int limit);
    }
}
