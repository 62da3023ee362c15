package dev.ronde.check.agent;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on work for agents. */
interface ProbeTaskDao {
    record Open(UUID id, String task) {}

    record Progress(@Nullable String claimedBy, @Nullable String answer) {}

    record Late(
            UUID assetId,
            String checkId,
            String zone,
            @Nullable String answer) {}

    @SqlUpdate("""
            insert into probe_task (id, zone, task, asset_id, check_id, created_at)
            values (:id, :zone, :task, :asset, :check, :createdAt)
            """)
    void insert(
            @Bind("id") UUID id,
            @Bind("zone") String zone,
            @Bind("task") String task,
            @BindMethods RemoteVantage.Errand errand,
            @Bind("createdAt") Instant createdAt);

    @SqlQuery("""
            select id, task from probe_task where zone = :zone and claimed_by is null order by id limit :limit
            """)
    List<Open> listOpen(@Bind("zone") String zone, @Bind("limit") int limit);

    /** 1 for the one agent that gets the work. */
    @SqlUpdate("update probe_task set claimed_by = :agent where id = :id and claimed_by is null")
    int claim(@Bind("id") UUID id, @Bind("agent") String agent);

    @SqlUpdate("""
            update probe_task set answer = :answer
            where id = :id and claimed_by = :agent and answer is null and not abandoned
            """)
    int answer(@Bind("id") UUID id, @Bind("agent") String agent, @Bind("answer") String answer);

    @SqlQuery("select claimed_by, answer from probe_task where id = :id")
    Optional<Progress> find(@Bind("id") UUID id);

    @SqlQuery("""
            select id from probe_task where id in (<ids>) and claimed_by = :agent and answer is null and not abandoned
            """)
    List<UUID> listWanted(@BindList("ids") Collection<UUID> ids, @Bind("agent") String agent);

    /** 1 if an agent is still at work: the row stays until the agent tells what it exchanged. */
    @SqlUpdate("update probe_task set abandoned = true where id = :id and claimed_by is not null and answer is null")
    int abandon(@Bind("id") UUID id);

    @SqlQuery("select asset_id, check_id, zone, answer from probe_task where id = :id")
    Optional<Late> findLate(@Bind("id") UUID id);

    @SqlUpdate("delete from probe_task where id = :id and (claimed_by is null or answer is not null)")
    int deleteIdle(@Bind("id") UUID id);

    /** 1 for the one answer that came too late. */
    @SqlUpdate("delete from probe_task where id = :id and claimed_by = :agent and abandoned")
    int deleteAbandoned(@Bind("id") UUID id, @Bind("agent") String agent);

    @SqlUpdate("delete from probe_task where created_at < :before")
    int deleteOld(@Bind("before") Instant before);

    @SqlUpdate("update probe_agent set zone = :zone, seen_at = :seenAt where agent_ref = :agent")
    int updateSeen(@Bind("agent") String agent, @Bind("zone") String zone, @Bind("seenAt") Instant seenAt);

    @SqlUpdate(
            "insert into probe_agent (agent_ref, zone, seen_at) values (:agent, :zone, :seenAt) on conflict do nothing")
    int insertSeen(@Bind("agent") String agent, @Bind("zone") String zone, @Bind("seenAt") Instant seenAt);

    @SqlQuery("select count(*) from probe_agent where zone = :zone and seen_at > :since")
    int countSeen(@Bind("zone") String zone, @Bind("since") Instant since);
}
