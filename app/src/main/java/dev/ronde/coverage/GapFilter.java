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
 * @param from ref of the first asset, in the order of refs
 * @param to ref of the last asset
 */
public record GapFilter(
        @Nullable Gap gap,
        @Nullable String asset,
        @Nullable String unit,
        @Nullable String owner,
        @Nullable UUID person,
        @Nullable String from,
        @Nullable String to) {
    GapFilter(
            @Nullable Gap gap,
            @Nullable String asset,
            @Nullable String unit,
            @Nullable String owner,
            @Nullable UUID person) {
        this(gap, asset, unit, owner, person, null, null);
    }

    static GapFilter all(@Nullable UUID person) {
        return new GapFilter(null, null, null, null, person);
    }

    /** The reason that time does not mend: the newest configuration was refused. */
    public String refused() {
        return ProbeFailure.SNAPSHOT_REFUSED.code();
    }

    GapFilter between(@Nullable String first, @Nullable String last) {
        return new GapFilter(gap, asset, unit, owner, person, first, last);
    }

    boolean wholeEstate() {
        return asset == null && unit == null && owner == null && person == null;
    }

    public @Nullable String word() {
        return gap == null ? null : gap.word();
    }
}
