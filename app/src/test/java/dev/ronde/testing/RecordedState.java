package dev.ronde.testing;

import dev.ronde.account.RecordedAccounts;
import dev.ronde.asset.inventory.RecordedAssets;
import dev.ronde.check.run.RecordedRuns;
import dev.ronde.evidence.state.StateAudit;
import dev.ronde.evidence.state.StateReport;
import dev.ronde.evidence.state.StateSource;
import dev.ronde.finding.RecordedFindings;
import dev.ronde.finding.waiver.RecordedWaivers;
import dev.ronde.platform.db.Database;
import dev.ronde.review.RecordedReviews;
import dev.ronde.review.plan.RecordedPlans;
import java.util.List;
import java.util.stream.Stream;

/** Whether the tables of a database without a server are what its records say. */
public final class RecordedState {
    private RecordedState() {}

    public static StateReport compare(Database database) {
        List<StateSource> sources = Stream.of(
                        RecordedAccounts.sources(),
                        RecordedAssets.sources(),
                        RecordedRuns.sources(),
                        RecordedFindings.sources(),
                        RecordedWaivers.sources(),
                        RecordedPlans.sources(),
                        RecordedReviews.sources())
                .flatMap(List::stream)
                .toList();
        return new StateAudit(database, sources).run();
    }
}
