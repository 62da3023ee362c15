package dev.ronde.finding.waiver;

import dev.ronde.check.WaiverLookup;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The failures that are accepted at a moment. */
public final class ActiveWaivers implements WaiverLookup {
    @Override
    public Map<UUID, Map<String, String>> waived(Handle handle, Collection<UUID> assetIds, Instant now) {
        Map<UUID, Map<String, String>> waived = new HashMap<>();
        if (!assetIds.isEmpty()) {
            handle.attach(WaiverDao.class)
                    .listAccepted(assetIds, LocalDate.ofInstant(now, ZoneOffset.UTC), now)
                    .forEach(accepted -> waived.computeIfAbsent(accepted.assetId(), id -> new HashMap<>())
                            .put(accepted.checkId(), accepted.boundTo()));
        }
        return waived;
    }

    /** The waivers by which present failures of one asset are accepted, in the order of their numbers. */
    public List<Waiver> accepting(Handle handle, UUID assetId, Instant now) {
        return handle.attach(WaiverDao.class).listAccepting(assetId, LocalDate.ofInstant(now, ZoneOffset.UTC), now);
    }

    @Override
    public Map<UUID, List<Cover>> covers(Handle handle, Collection<UUID> assetIds, Instant now) {
        Map<UUID, List<Cover>> covers = new HashMap<>();
        handle.attach(WaiverDao.class)
                .listStanding(assetIds, LocalDate.ofInstant(now, ZoneOffset.UTC), now)
                .forEach(standing -> covers.computeIfAbsent(standing.assetId(), id -> new ArrayList<>())
                        .add(standing.cover()));
        return covers;
    }
}
