package dev.ronde.review.enrolment;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

interface ImportMarkDao {

    @SqlQuery("select asset_id from import_mark order by asset_id")
    List<UUID> list();

    @SqlBatch("insert into import_mark (asset_id) values (:assetId) on conflict do nothing")
    void insert(@Bind("assetId") List<UUID> assetIds);

    @SqlBatch("delete from import_mark where asset_id = :assetId")
    void delete(@Bind("assetId") List<UUID> assetIds);
}
