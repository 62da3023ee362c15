package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.check.WaiverLookup;
import dev.ronde.evidence.Actor;
import dev.ronde.finding.Finding;
import dev.ronde.finding.FindingTexts;
import dev.ronde.finding.Findings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The findings of their room, as the reminders see them; what is waived is nobody's news. */
public record FindingsSeen(
        Findings findings, FindingTexts texts, Assets assets, WaiverLookup waivers, InstantSource clock)
        implements FindingLook {
    private static final int PAGE = 500;

    @Override
    public List<Found> untold(Handle handle, Set<UUID> back) {
        List<Found> untold = new ArrayList<>();
        UUID after = null;
        List<Finding> page;
        do {
            page = findings.allOpen(handle, after, PAGE);
            List<Finding> quiet = page.stream()
                    .filter(finding -> finding.notifiedAt() == null || back.contains(finding.id()))
                    .toList();
            counted(handle, quiet)
                    .forEach((finding, asset) -> untold.add(found(finding, asset, finding.summary(), "")));
            after = page.isEmpty() ? after : page.get(page.size() - 1).id();
        } while (page.size() == PAGE);
        return untold;
    }

    @Override
    public List<Found> open(Handle handle, Set<UUID> ids, Locale language) {
        List<Finding> open =
                findings.all(handle, ids).stream().filter(Finding::isOpen).toList();
        return counted(handle, open).entrySet().stream()
                .map(one -> told(handle, one.getKey(), one.getValue(), language))
                .toList();
    }

    private Map<Finding, Asset> counted(Handle handle, List<Finding> some) {
        Map<UUID, Asset> owned =
                assets.byIds(handle, some.stream().map(Finding::assetId).collect(Collectors.toSet()));
        Map<UUID, Map<String, String>> waived = waivers.waived(handle, owned.keySet(), clock.instant());
        Map<Finding, Asset> counted = new LinkedHashMap<>();
        for (Finding finding : some) {
            Asset asset = owned.get(finding.assetId());
            if (asset != null && !waived.getOrDefault(asset.id(), Map.of()).containsKey(finding.checkId())) {
                counted.put(finding, asset);
            }
        }
        return counted;
    }

    @Override
    public Optional<Found> find(Handle handle, UUID id, Locale language) {
        Finding finding = findings.get(handle, id);
        return Optional.of(told(handle, finding, assets.byId(handle, finding.assetId()), language));
    }

    private Found told(Handle handle, Finding finding, Asset asset, Locale language) {
        return found(finding, asset, texts.summary(handle, finding, language), texts.remedy(finding, language));
    }

    @Override
    public void notified(Handle tx, UUID id, Instant at) {
        findings.notified(tx, id, at);
    }

    @Override
    public boolean acknowledge(Handle tx, UUID id, Person by, Actor actor) {
        Finding finding = findings.get(tx, id);
        Asset asset = assets.byId(tx, finding.assetId());
        boolean theirs = by.leads() || asset.answeredBy(Set.of(by.id()));
        boolean over = !finding.isOpen() && finding.acknowledgedAt() == null;
        if (theirs && !over) {
            findings.acknowledge(tx, finding, asset, actor);
        }
        return theirs && !over;
    }

    @Override
    public void firstTold(Handle tx, UUID id, @Nullable Instant at) {
        findings.firstTold(tx, id, at);
    }

    private static Found found(Finding finding, Asset asset, String title, String remedy) {
        return new Found(
                finding.id(),
                asset.id(),
                asset.ownerId(),
                asset.ref(),
                asset.name(),
                finding.checkId(),
                title,
                remedy,
                finding.severity(),
                finding.firstBadAt(),
                finding.detectedAt(),
                finding.isOpen());
    }
}
