package dev.ronde.finding.waiver;

import dev.ronde.account.People;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetAccess;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.finding.Finding;
import dev.ronde.finding.Findings;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads waivers for API and pages; to a reader, waivers they may not see do not exist. */
record WaiverReader(Findings findings, Assets assets, People people, InstantSource clock) {
    private static final UUID NO_ASSET = new UUID(0, 0);
    static final String[] PARAMETERS = {"open", "asset", "sort", "limit", "cursor"};

    PageOf<WaiverJson> list(Handle handle, Query query, Principal principal) {
        WaiverDao.Wanted wanted = new WaiverDao.Wanted(
                query.text("asset")
                        .map(ref -> assets.find(handle, ref).map(Asset::id).orElse(NO_ASSET))
                        .orElse(null),
                principal.confinedTo(),
                query.flag("open").orElse(null));
        long before = query.cursor(1).map(cursor -> cursor.number(0)).orElse(Long.MAX_VALUE);
        WaiverDao dao = handle.attach(WaiverDao.class);
        List<Waiver> rows = dao.list(wanted, before, query.limit() + 1);
        return PageOf.of(rows, query.limit(), dao.count(wanted), waiver -> Cursor.of(waiver.waiverNumber()))
                .together(page -> views(handle, page));
    }

    Waiver get(Handle handle, String ref, Principal principal) {
        Waiver waiver = handle.attach(WaiverDao.class)
                .find(Waiver.number(ref))
                .orElseThrow(() -> Problem.notFound("waiver", ref));
        if (!AssetAccess.sees(handle, principal, assets.byId(handle, waiver.assetId()))) {
            throw Problem.notFound("waiver", ref);
        }
        return waiver;
    }

    Finding finding(Handle handle, Waiver waiver) {
        return findings.get(handle, waiver.findingId());
    }

    WaiverJson view(Handle handle, Waiver waiver) {
        return views(handle, List.of(waiver)).get(0);
    }

    List<WaiverJson> ofFinding(Handle handle, UUID findingId) {
        return views(handle, handle.attach(WaiverDao.class).listOfFinding(findingId));
    }

    List<WaiverJson> views(Handle handle, List<Waiver> waivers) {
        if (waivers.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        Set<UUID> holding = new HashSet<>(handle.attach(WaiverDao.class)
                .listHolding(waivers.stream().map(Waiver::id).toList(), now));
        Map<UUID, Asset> byId =
                assets.byIds(handle, waivers.stream().map(Waiver::assetId).collect(Collectors.toSet()));
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return waivers.stream()
                .map(waiver -> view(handle, waiver, waiver.stateOn(today, holding.contains(waiver.id())), byId))
                .toList();
    }

    private WaiverJson view(Handle handle, Waiver waiver, Waiver.State state, Map<UUID, Asset> byId) {
        Optional<Asset> asset = Optional.ofNullable(byId.get(waiver.assetId()));
        return new WaiverJson(
                waiver.ref(),
                waiver.ref(),
                state.word(),
                state == Waiver.State.SUSPENDED ? suspendedBy(handle, waiver) : null,
                asset.map(Asset::ref).orElse(""),
                asset.map(Asset::name).orElse(""),
                waiver.checkId(),
                waiver.findingId(),
                waiver.assertionIds(),
                waiver.boundTo(),
                waiver.severity(),
                waiver.category(),
                waiver.compensatingCheck(),
                waiver.reason(),
                waiver.ticket(),
                waiver.fromOn(),
                waiver.untilOn(),
                waiver.renewals(),
                name(waiver.requestedBy()),
                waiver.requestedAt(),
                waiver.decidedBy() == null ? null : name(waiver.decidedBy()),
                waiver.decidedAt(),
                waiver.revokedBy() == null ? null : name(waiver.revokedBy()),
                waiver.revokedAt(),
                waiver.version());
    }

    private String suspendedBy(Handle handle, Waiver waiver) {
        Optional<Finding> same = findings.open(handle, waiver.assetId()).stream()
                .filter(finding -> finding.checkId().equals(waiver.checkId())
                        && finding.fingerprint().equals(waiver.boundTo()))
                .findFirst();
        if (same.isEmpty()) {
            return "other_facts";
        }
        if (!waiver.bears(same.get().severity())) {
            return "severity";
        }
        return handle.attach(WaiverDao.class).countLost(waiver.id(), clock.instant()) > 0
                ? "approver"
                : "compensating_check";
    }

    private String name(String actorRef) {
        return people.nameOf(actorRef).orElse(actorRef);
    }
}
