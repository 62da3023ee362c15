package dev.ronde.review.estate;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What the check room says about an asset. */
public interface ChecksSeen {

    /** The newest result of every check of these assets, by asset; without those of which there is none. Ask for some hundred at once. */
    Map<UUID, List<CheckState>> states(Handle handle, Collection<UUID> assetIds, Instant now);

    /** What these runs of the asset said; those that there are not, or of another asset, are left out. Whether they are too old is not said. */
    List<CheckState> checksOf(Handle handle, UUID assetId, Collection<String> runs);

    /** Those of the protections that the asset could have and that are not known to be on. */
    List<NotOn> notOn(Handle handle, UUID assetId, List<String> protections, Instant now);

    /**
     * For how many days at the longest these protections may be accepted to be off: by the worst severity of what keeps them from being
     * on, and as for a critical one where nothing verifies them.
     */
    int mostDaysOff(Handle handle, UUID assetId, List<String> off, Instant now);

    /** The approved waivers by which failures of these protections are accepted now, in the order of their numbers. */
    List<AcceptedRisk> accepted(Handle handle, UUID assetId, List<String> protections, Instant now);

    /** The checks whose failure an approved waiver accepts now, and those of these protections. */
    Set<String> covered(Handle handle, UUID assetId, List<String> protections, Instant now);
}
