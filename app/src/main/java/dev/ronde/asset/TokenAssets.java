package dev.ronde.asset;

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
        TokenAssetDao dao = tx.attach(TokenAssetDao.class);
        known.values().forEach(asset -> dao.insert(tokenId, asset.id()));
    }

    @Override
    public Map<UUID, List<String>> refs(Handle handle, Collection<UUID> tokenIds) {
        return tokenIds.isEmpty()
                ? Map.of()
                : handle.attach(TokenAssetDao.class).listRefs(tokenIds).stream()
                        .collect(groupingBy(TokenAssetDao.Ref::tokenId, mapping(TokenAssetDao.Ref::ref, toList())));
    }

    /** Whether whoever asks may push for some assets only. */
    public static boolean confined(Handle handle, Principal principal) {
        UUID tokenId = principal.tokenId();
        return tokenId != null
                && !handle.attach(TokenAssetDao.class).listAssets(tokenId).isEmpty();
    }

    /** The asset, for who may push; a {@link Problem} 404 where there is none or the token is not for it. */
    public static Asset pushable(Handle handle, Assets assets, Principal principal, String ref) {
        UUID tokenId = principal.tokenId();
        Asset asset = assets.get(handle, ref);
        if (tokenId != null) {
            List<UUID> confined = handle.attach(TokenAssetDao.class).listAssets(tokenId);
            if (!confined.isEmpty() && !confined.contains(asset.id())) {
                throw Problem.notFound("asset", ref);
            }
        }
        return asset;
    }
}
