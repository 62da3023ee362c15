package dev.ronde.review;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What the check room says about an asset. */
public interface ChecksSeen {

    /** The newest result of every check of these assets, by asset; without those of which there is none. Ask for some hundred at once. */
    Map<UUID, List<CheckState>> states(Handle handle, Collection<UUID> assetIds, Instant now);

    /** Those of the protections that the asset could have and that are not known to be on. */
    List<String> off(Handle handle, UUID assetId, List<String> protections, Instant now);

    /** The approved waivers by which failures of these protections are accepted now, in the order of their numbers. */
    List<AcceptedRisk> accepted(Handle handle, UUID assetId, List<String> protections, Instant now);
}
