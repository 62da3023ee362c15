package dev.ronde.finding.waiver;

import dev.ronde.finding.AcceptanceLookup;
import dev.ronde.finding.Finding;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The waivers of findings, with the one each was renewed from. */
record Acceptances(WaiverReader reader) implements AcceptanceLookup {
    @Override
    public Map<UUID, List<Acceptance>> of(Handle handle, Collection<Finding> findings) {
        Map<UUID, List<Acceptance>> all = new HashMap<>();
        if (findings.isEmpty()) {
            return all;
        }
        List<Waiver> waivers = handle.attach(WaiverDao.class)
                .listOn(findings.stream().map(Finding::assetId).collect(Collectors.toSet()));
        findings.forEach(finding -> all.put(
                finding.id(),
                reader
                        .views(
                                handle,
                                waivers.stream()
                                        .filter(waiver -> concerns(waiver, finding))
                                        .toList())
                        .stream()
                        .map(view -> acceptance(view, before(waivers, finding, view.ref())))
                        .toList()));
        return all;
    }

    /** It was requested for this finding, or accepts the failure that came back as this finding. */
    private static boolean concerns(Waiver waiver, Finding finding) {
        return waiver.findingId().equals(finding.id())
                || (finding.isOpen()
                        && ofSame(waiver, finding)
                        && waiver.boundTo().equals(finding.fingerprint()));
    }

    private static boolean ofSame(Waiver waiver, Finding finding) {
        return waiver.assetId().equals(finding.assetId()) && waiver.checkId().equals(finding.checkId());
    }

    /** The newest approved waiver before this one; the list is newest first. */
    private static @Nullable String before(List<Waiver> waivers, Finding finding, String ref) {
        return waivers.stream()
                .filter(waiver -> ofSame(waiver, finding) && Boolean.TRUE.equals(waiver.approved()))
                .filter(waiver -> waiver.waiverNumber() < Waiver.number(ref))
                .map(Waiver::ref)
                .findFirst()
                .orElse(null);
    }

    private static Acceptance acceptance(WaiverJson view, @Nullable String renewedFrom) {
        return new Acceptance(
                view.ref(), view.state(), view.suspendedBy(), view.from(), view.until(), view.renewals(), renewedFrom);
    }
}
