package dev.ronde.review;

import dev.ronde.review.estate.AcceptedRisk;
import dev.ronde.review.estate.CheckState;
import dev.ronde.review.estate.ChecksSeen;
import dev.ronde.review.estate.NotOn;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Results of every asset alike, in memory; no plan's protections are off. */
public record ListedChecks(List<CheckState> now, List<CheckState> past) implements ChecksSeen {
    @Override
    public Map<UUID, List<CheckState>> states(Handle handle, Collection<UUID> assetIds, Instant at) {
        return assetIds.stream().collect(Collectors.toMap(id -> id, id -> List.copyOf(now)));
    }

    @Override
    public List<CheckState> checksOf(Handle handle, UUID assetId, Collection<String> runs) {
        return past.stream().filter(check -> runs.contains(check.run())).toList();
    }

    @Override
    public List<NotOn> notOn(Handle handle, UUID assetId, List<String> protections, Instant at) {
        return List.of();
    }

    @Override
    public int mostDaysOff(Handle handle, UUID assetId, List<String> off, Instant at) {
        return 30;
    }

    @Override
    public List<AcceptedRisk> accepted(Handle handle, UUID assetId, List<String> protections, Instant at) {
        return List.of();
    }

    @Override
    public Set<String> covered(Handle handle, UUID assetId, List<String> protections, Instant at) {
        return Set.of();
    }
}
