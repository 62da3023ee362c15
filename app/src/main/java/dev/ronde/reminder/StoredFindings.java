package dev.ronde.reminder;

import dev.ronde.asset.Asset;
import dev.ronde.asset.Assets;
import dev.ronde.control.Catalogue;
import dev.ronde.finding.Finding;
import dev.ronde.finding.Findings;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Findings with the words their mails need. */
public final class StoredFindings implements FindingLook {
    private static final int PAGE = 500;

    private final Findings findings;
    private final Assets assets;
    private final Catalogue catalogue;

    public StoredFindings(Findings findings, Assets assets, Catalogue catalogue) {
        this.findings = findings;
        this.assets = assets;
        this.catalogue = catalogue;
    }

    @Override
    public List<Found> untold(Handle handle) {
        List<Found> untold = new ArrayList<>();
        UUID after = null;
        List<Finding> page = findings.allOpen(handle, null, PAGE);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(finding -> finding.notifiedAt() == null)
                    .map(finding -> found(handle, finding))
                    .forEach(untold::add);
            after = page.get(page.size() - 1).id();
            page = findings.allOpen(handle, after, PAGE);
        }
        untold.sort(Comparator.comparing(Found::detectedAt).thenComparing(Found::id));
        return untold;
    }

    @Override
    public Optional<Found> find(Handle handle, UUID id) {
        try {
            return Optional.of(found(handle, findings.get(handle, id)));
        } catch (Problem gone) {
            return Optional.empty();
        }
    }

    @Override
    public void notified(Handle tx, UUID id, Instant at) {
        findings.notified(tx, id, at);
    }

    private Found found(Handle handle, Finding finding) {
        Asset asset = assets.byId(handle, finding.assetId());
        String title = catalogue
                .find(finding.checkId())
                .map(entry -> entry.outline().title())
                .orElse(finding.checkId());
        return new Found(
                finding.id(),
                finding.assetId(),
                asset.ownerId(),
                asset.ref(),
                asset.name(),
                finding.checkId(),
                title,
                finding.severity(),
                finding.firstBadAt(),
                finding.detectedAt(),
                finding.isOpen());
    }
}
