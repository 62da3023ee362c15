package dev.ronde.evidence.stamp;

import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface StampDao {
    @SqlQuery("select exists (select 1 from ledger_stamp where tree_size = :size)")
    boolean exists(long size);

    @SqlQuery("""
            select tree_size, query, response, generated_at from ledger_stamp
            order by tree_size desc fetch first 1 rows only
            """)
    Optional<StampRow> findNewest();

    @SqlUpdate("""
            insert into ledger_stamp (tree_size, query, response, generated_at)
            values (:treeSize, :query, :response, :generatedAt) on conflict do nothing
            """)
    int insert(@BindMethods StampRow stamp);
}
