package dev.ronde.asset.inventory;

import dev.ronde.asset.field.Criticality;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which assets. Null and empty do not restrict.
 *
 * @param text part of ref, name, address or host name, in any case
 * @param kinds kinds, or prefixes of kinds that end in {@code .*}
 * @param owner address of the owner
 * @param backup address of the backup owner
 * @param manager address of the manager
 * @param unowned only those without (true) or with (false) an owner
 * @param state a word of {@link AssetStates}
 * @param retired false: the inventory; true: what left it; null: both
 * @param answeredBy owner or backup owner, for those who see only what is theirs
 */
public record AssetFilter(
        @Nullable String text,
        List<String> kinds,
        @Nullable String unit,
        @Nullable String environment,
        @Nullable Criticality criticality,
        @Nullable String tag,
        @Nullable String owner,
        @Nullable String backup,
        @Nullable String manager,
        @Nullable Boolean unowned,
        @Nullable String state,
        @Nullable Boolean retired,
        @Nullable UUID answeredBy) {
    public static final AssetFilter ACTIVE =
            new AssetFilter(null, List.of(), null, null, null, null, null, null, null, null, null, false, null);

    public AssetFilter answeredBy(UUID person) {
        return new AssetFilter(
                text,
                kinds,
                unit,
                environment,
                criticality,
                tag,
                owner,
                backup,
                manager,
                unowned,
                state,
                retired,
                person);
    }
}
