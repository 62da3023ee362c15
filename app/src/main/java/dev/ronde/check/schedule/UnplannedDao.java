package dev.ronde.check.schedule;

import dev.ronde.check.statement.Statements;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Statements on assets that were changed where not all checks are known. Whoever adds to an asset holds its row until the end of the
 * transaction, so that nobody plans the asset as it was before.
 */
interface UnplannedDao {
    /**
     * Such an asset.
     *
     * @param againAt when all its checks became due; null where only the set of them may have changed, or a source said something
     */
    record Unplanned(UUID assetId, @Nullable Instant againAt) {}

    record Said(UUID assetId, String source, Instant saidAt) {}

    @SqlQuery("select asset_id, again_at from check_unplanned order by asset_id limit :limit for update skip locked")
    List<Unplanned> take(@Bind("limit") int limit);

    @SqlQuery("select asset_id, source, said_at from check_unplanned_source where asset_id in (<ids>)")
    List<Said> said(@BindList("ids") List<UUID> ids);

    @SqlQuery("select exists (select 1 from check_unplanned)")
    boolean any();

    @SqlUpdate("delete from check_unplanned_source where asset_id in (<ids>)")
    void deleteSaid(@BindList("ids") List<UUID> ids);

    @SqlUpdate("delete from check_unplanned where asset_id in (<ids>)")
    void deleteAssets(@BindList("ids") List<UUID> ids);

    default void delete(List<UUID> ids) {
        deleteSaid(ids);
        deleteAssets(ids);
    }

    @SqlBatch("insert into check_unplanned (asset_id, again_at) values (:assetId, :againAt) on conflict do nothing")
    void insert(@BindMethods List<Unplanned> rows);

    @SqlBatch("""
            update check_unplanned set again_at = coalesce(cast(:againAt as timestamp(6) with time zone), again_at)
             where asset_id = :assetId
            """)
    int[] again(@BindMethods List<Unplanned> rows);

    @SqlUpdate("""
            insert into check_unplanned_source (asset_id, source, said_at) values (:assetId, :source, :saidAt) on conflict do nothing
            """)
    void insert(@BindMethods Said said);

    @SqlUpdate(
            "update check_unplanned_source set said_at = :saidAt where asset_id = :assetId and source = :source and said_at < :saidAt")
    void later(@BindMethods Said said);

    /** Leaves assets to be planned, many with few statements; in the order of their ids, so that two who do so never wait for each other. */
    default void leave(List<Unplanned> rows) {
        List<Unplanned> open =
                rows.stream().sorted(Comparator.comparing(Unplanned::assetId)).toList();
        while (!open.isEmpty()) {
            insert(open);
            List<Unplanned> tried = open;
            int[] found = again(tried);
            open = IntStream.range(0, found.length)
                    .filter(nth -> found[nth] == 0) // planned by somebody between the two statements
                    .mapToObj(tried::get)
                    .toList();
        }
    }

    /** Leaves the checks that read a source of an asset to be made due. */
    default void leave(Said said) {
        leave(List.of(new Unplanned(said.assetId(), null)));
        insert(said);
        later(said);
    }
}
