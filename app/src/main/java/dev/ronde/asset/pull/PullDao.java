package dev.ronde.asset.pull;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface PullDao {
    /**
     * The last readings of a source.
     *
     * @param taken snapshots the last reading brought
     * @param problem why it could not be read; null where it could
     */
    record State(
            String id,
            Instant nextAt,
            @Nullable Instant readAt,
            int taken,
            @Nullable String problem,
            @Nullable Instant problemSince) {}

    @SqlQuery("select id, next_at, read_at, taken, problem, problem_since from pull_source order by id")
    List<State> list();

    @SqlUpdate("insert into pull_source (id, next_at, taken) values (:id, :nextAt, 0) on conflict do nothing")
    int insert(String id, Instant nextAt);

    /** 1 for the one node that may read the source now. */
    @SqlUpdate("update pull_source set next_at = :nextAt where id = :id and next_at <= :now")
    int claim(String id, Instant now, Instant nextAt);

    @SqlUpdate("update pull_source set next_at = :nextAt where id = :id and next_at > :nextAt")
    int hasten(String id, Instant nextAt);

    @SqlUpdate("""
            update pull_source set read_at = :now, taken = :taken, problem = :problem,
              problem_since = case when cast(:problem as varchar) is null then null else coalesce(problem_since, :now) end
             where id = :id
            """)
    int settle(String id, Instant now, int taken, @Nullable String problem);

    /**
     * What was taken from a place last.
     *
     * @param stamp when it counts as collected; never after it was read
     * @param saidAt when the place said that it was changed, which may lie in the future
     */
    record Stamp(Instant stamp, Instant saidAt) {
        /** Whether it says it was changed after {@code saidAt} but not after {@code stamp}. */
        boolean outlives(Instant said) {
            return said.isAfter(saidAt) && !said.isAfter(stamp);
        }
    }

    @SqlQuery("select stamp, said_at from pull_stamp where source_id = :id and place = :place")
    Optional<Stamp> findStamp(String id, String place);

    @SqlUpdate("update pull_stamp set stamp = :stamp, said_at = :saidAt where source_id = :id and place = :place")
    int updateStamp(String id, String place, @BindMethods Stamp stamp);

    /** The change time of the last document if it was refused; empty if it was accepted. */
    @SqlQuery("select said_at from pull_refused where source_id = :id and place = :place")
    Optional<Instant> findRefused(String id, String place);

    @SqlUpdate("update pull_refused set said_at = :saidAt where source_id = :id and place = :place")
    int updateRefused(String id, String place, Instant saidAt);

    @SqlUpdate("insert into pull_refused (source_id, place, said_at) values (:id, :place, :saidAt)")
    void insertRefused(String id, String place, Instant saidAt);

    @SqlUpdate("delete from pull_refused where source_id = :id and place = :place")
    void deleteRefused(String id, String place);

    /** The places that were still being written at the last reading. */
    @SqlQuery("select place from pull_unsettled where source_id = :id")
    Set<String> listUnsettled(String id);

    @SqlUpdate("delete from pull_unsettled where source_id = :id")
    void deleteUnsettled(String id);

    /** Two readings of one source may end at the same time. */
    @SqlBatch("insert into pull_unsettled (source_id, place) values (:id, :place) on conflict do nothing")
    void insertUnsettled(String id, @Bind("place") Collection<String> places);

    @SqlUpdate("insert into pull_stamp (source_id, place, stamp, said_at) values (:id, :place, :stamp, :saidAt)")
    void insertStamp(String id, String place, @BindMethods Stamp stamp);
}
