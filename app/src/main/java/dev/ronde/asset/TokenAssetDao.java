package dev.ronde.asset;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on the assets of tokens. */
interface TokenAssetDao {
    /** An asset of a token. */
    record Ref(UUID tokenId, String ref) {}

    @SqlUpdate("insert into token_asset (token_id, asset_id) values (:tokenId, :assetId)")
    void insert(@Bind("tokenId") UUID tokenId, @Bind("assetId") UUID assetId);

    @SqlQuery("select asset_id from token_asset where token_id = :tokenId")
    List<UUID> listAssets(@Bind("tokenId") UUID tokenId);

    @SqlQuery("""
            select t.token_id, a.ref from token_asset t join asset a on a.id = t.asset_id
             where t.token_id in (<tokenIds>)
             order by a.ref""")
    List<Ref> listRefs(@BindList("tokenIds") Collection<UUID> tokenIds);
}
