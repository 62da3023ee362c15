package dev.ronde.check;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on work for agents. */
interface ProbeTaskDao {
    /** Work as it is handed out. */
    record Open(UUID id, String task) {}

    /** How far it is. */
    record Progress(@Nullable String claimedBy, @Nullable String answer) {}

    @SqlUpdate("insert into probe_task (id, zone, task, created_at) values (:id, :zone, :task, :createdAt)")
    void insert(
            @Bind("id") UUID id,
            @Bind("zone") String zone,
            @Bind("task") String task,
            @Bind("createdAt") Instant createdAt);

    @SqlQuery("""
            select id, task from probe_task where zone = :zone and claimed_by is null order by id limit :limit
            """)
    List<Open> listOpen(@Bind("zone") String zone, @Bind("limit") int limit);

    /** 1 for the one agent that has it. */
    @SqlUpdate("update probe_task set claimed_by = :agent where id = :id and claimed_by is null")
    int claim(@Bind("id") UUID id, @Bind("agent") String agent);

    @SqlUpdate("update probe_task set answer = :answer where id = :id and claimed_by = :agent and answer is null")
    int answer(@Bind("id") UUID id, @Bind("agent") String agent, @Bind("answer") String answer);

    @SqlQuery("select claimed_by, answer from probe_task where id = :id")
    Optional<Progress> find(@Bind("id") UUID id);

    @SqlQuery("select id from probe_task where id in (<ids>) and claimed_by = :agent and answer is null")
    List<UUID> listWanted(@BindList("ids") Collection<UUID> ids, @Bind("agent") String agent);

    @SqlUpdate("delete from probe_task where id = :id")
    int delete(@Bind("id") UUID id);

    /** What nobody waits for any more: its server was stopped. */
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
