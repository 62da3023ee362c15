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

    /** Newest results by asset; assets without results are missing. Pass some hundred at a time. */
    Map<UUID, List<CheckState>> states(Handle handle, Collection<UUID> assetIds, Instant now);

    /** Skips unknown runs and those of another asset; does not say whether a run is too old. */
    List<CheckState> checksOf(Handle handle, UUID assetId, Collection<String> runs);

    /** Those of the asset's possible protections that are not known to be on. */
    List<NotOn> notOn(Handle handle, UUID assetId, List<String> protections, Instant now);

    /** The longest acceptance in days, by the worst severity; as for a critical one if nothing verifies them. */
    int mostDaysOff(Handle handle, UUID assetId, List<String> off, Instant now);

    /** Approved waivers that now accept failures of these protections, by number. */
    List<AcceptedRisk> accepted(Handle handle, UUID assetId, List<String> protections, Instant now);

    /** Checks whose failure an approved waiver accepts now, and all checks of these protections. */
    Set<String> covered(Handle handle, UUID assetId, List<String> protections, Instant now);
}
