package dev.ronde.asset;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The inventory as its records know it. */
@RegisterRowMapper(AssetMapper.class)
interface RecordedAssetDao {
    @SqlQuery("select " + AssetDao.COLUMNS + " from asset where id > :after order by id limit :limit")
    List<Asset> listAfter(@Bind("after") UUID after, @Bind("limit") int limit);

    @SqlQuery("""
            select e.asset_ref from evidence_record e
             where e.rec_type = 'asset.created' and not exists (select 1 from asset a where a.ref = e.asset_ref)
             order by e.rec_id limit :limit
            """)
    List<String> listLost(@Bind("limit") int limit);
}
