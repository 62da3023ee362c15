package dev.ronde.evidence.stamp;

import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements over {@code ledger_stamp}. */
interface StampDao {
    @SqlQuery("select exists (select 1 from ledger_stamp where tree_size = :size)")
    boolean exists(long size);

    @SqlUpdate("""
            insert into ledger_stamp (tree_size, query, response, generated_at)
            values (:treeSize, :query, :response, :generatedAt) on conflict do nothing
            """)
    int insert(@BindMethods StampRow stamp);
}
