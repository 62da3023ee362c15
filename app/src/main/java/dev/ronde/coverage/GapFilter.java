package dev.ronde.coverage;

import dev.ronde.check.probe.ProbeFailure;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which gaps; null does not restrict.
 *
 * @param asset ref of the asset
 * @param owner address of the owner
 * @param person owner or backup owner, for those who see only what is theirs
 */
public record GapFilter(
        @Nullable Gap gap,
        @Nullable String asset,
        @Nullable String unit,
        @Nullable String owner,
        @Nullable UUID person) {
    /** Every gap of the estate, or of what a person answers for. */
    static GapFilter all(@Nullable UUID person) {
        return new GapFilter(null, null, null, null, person);
    }

    /** The reason that no time mends: the newest configuration was refused. */
    public String refused() {
        return ProbeFailure.SNAPSHOT_REFUSED.code();
    }

    /** The word to compare with in a statement. */
    public @Nullable String word() {
        return gap == null ? null : gap.word();
    }
}
