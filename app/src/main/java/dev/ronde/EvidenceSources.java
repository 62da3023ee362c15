package dev.ronde;

import dev.ronde.account.RecordedAccounts;
import dev.ronde.asset.inventory.RecordedAssets;
import dev.ronde.asset.snapshot.SnapshotTexts;
import dev.ronde.check.log.ProbeLog;
import dev.ronde.check.run.RecordedRuns;
import dev.ronde.evidence.export.EvidenceRoom;
import dev.ronde.finding.RecordedFindings;
import dev.ronde.finding.waiver.RecordedWaivers;
import dev.ronde.review.AttestedTexts;
import dev.ronde.review.RecordedReviews;
import dev.ronde.review.plan.RecordedPlans;
import dev.ronde.webhook.ReceiverAnswers;

/** What the ledger looks after beyond its own tables: texts that the redactor reads again, and tables that follow from records. */
final class EvidenceSources {
    private EvidenceSources() {}

    static void addTo(EvidenceRoom evidence) {
        evidence.addTexts(SnapshotTexts.ALL);
        evidence.addTexts(ProbeLog.TEXTS);
        evidence.addTexts(RecordedFindings.TEXTS);
        evidence.addTexts(AttestedTexts.ALL);
        evidence.addTexts(ReceiverAnswers.ALL);
        evidence.addStates(RecordedAccounts.sources());
        evidence.addStates(RecordedAssets.sources());
        evidence.addStates(RecordedRuns.sources());
        evidence.addStates(RecordedFindings.sources());
        evidence.addStates(RecordedWaivers.sources());
        evidence.addStates(RecordedPlans.sources());
        evidence.addStates(RecordedReviews.sources());
    }
}
