package dev.ronde.asset.inventory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.ronde.account.TokenScope;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Which assets a token may push for: those it was made for, or all where it was made for none in particular. */
public final class TokenAssets implements TokenScope {
    @Override
    public void confine(Handle tx, UUID tokenId, List<String> refs) {
        if (refs.isEmpty()) {
            return;
        }
        Map<String, Asset> known = tx.attach(AssetDao.class).listByRefs(refs).stream()
                .collect(Collectors.toMap(Asset::ref, Function.identity()));
        List<FieldError> errors = new ArrayList<>();
        for (int index = 0; index < refs.size(); index++) {
            String ref = refs.get(index);
            if (!known.containsKey(ref)) {
                errors.add(new FieldError("/assets/" + index, "unknown_asset", "There is no asset " + ref + "."));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        Dao dao = tx.attach(Dao.class);
        known.values().forEach(asset -> dao.insert(tokenId, asset.id()));
    }

    @Override
    public Map<UUID, List<String>> refs(Handle handle, Collection<UUID> tokenIds) {
        return tokenIds.isEmpty()
                ? Map.of()
                : handle.attach(Dao.class).listRefs(tokenIds).stream()
                        .collect(groupingBy(Dao.Ref::tokenId, mapping(Dao.Ref::ref, toList())));
    }

    public static boolean confined(Handle handle, Principal principal) {
        UUID tokenId = principal.tokenId();
        return tokenId != null && !handle.attach(Dao.class).listAssets(tokenId).isEmpty();
    }

    /** The asset to push for; a {@link Problem} 404 if it does not exist or the token is not for it. */
    public static Asset pushable(Handle handle, Assets assets, Principal principal, String ref) {
        UUID tokenId = principal.tokenId();
        Asset asset = assets.get(handle, ref);
        if (tokenId != null) {
            List<UUID> confined = handle.attach(Dao.class).listAssets(tokenId);
            if (!confined.isEmpty() && !confined.contains(asset.id())) {
                throw Problem.notFound("asset", ref);
            }
        }
        return asset;
    }

    interface Dao {
        record Ref(UUID tokenId, String ref) {}

        @SqlUpdate("insert into token_asset (token_id, asset_id) values (:tokenId, :assetId)")
        void insert(UUID tokenId, UUID assetId);

        @SqlQuery("select asset_id from token_asset where token_id = :tokenId")
        List<UUID> listAssets(UUID tokenId);

        @SqlQuery("""
                select t.token_id, a.ref from token_asset t join asset a on a.id = t.asset_id
                 where t.token_id in (<tokenIds>)
                 order by a.ref""")
        List<Ref> listRefs(@BindList Collection<UUID> tokenIds);
    }
}
