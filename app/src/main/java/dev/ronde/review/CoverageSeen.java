package dev.ronde.review;

import dev.ronde.asset.Assets;
import dev.ronde.check.Coverage;
import dev.ronde.check.CoverageReader;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What reviewers see of checks, read from coverage: the same states as everywhere else. */
public final class CoverageSeen implements ChecksSeen {
    private final Assets assets;
    private final CoverageReader coverage;

    public CoverageSeen(Assets assets, CoverageReader coverage) {
        this.assets = assets;
        this.coverage = coverage;
    }

    @Override
    public List<CheckState> states(Handle handle, UUID assetId, Instant now) {
        return coverage.of(handle, assets.byId(handle, assetId), now).protections().stream()
                .flatMap(protection -> protection.checks().stream())
                .map(check -> new CheckState(
                        check.check(),
                        check.outcome().code(),
                        check.stale(),
                        check.severity(),
                        check.run() == null ? null : check.run().toString()))
                .distinct()
                .toList();
    }

    @Override
    public List<String> off(Handle handle, UUID assetId, List<String> protections, Instant now) {
        return coverage.of(handle, assets.byId(handle, assetId), now).protections().stream()
                .filter(protection -> protections.contains(protection.key()))
                .filter(protection -> protection.state() != Coverage.State.ENABLED
                        && protection.state() != Coverage.State.NOT_APPLICABLE)
                .map(Coverage.Protection::key)
                .toList();
    }
}
