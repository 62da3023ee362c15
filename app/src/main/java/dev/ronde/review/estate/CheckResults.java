package dev.ronde.review.estate;

import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Severity;
import dev.ronde.check.CheckRuns;
import dev.ronde.check.protection.Coverage;
import dev.ronde.check.protection.Coverage.State;
import dev.ronde.check.protection.CoverageReader;
import dev.ronde.finding.waiver.ActiveWaivers;
import dev.ronde.finding.waiver.WaiverRules;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Results and coverage of the check room, as reviews see them. */
public record CheckResults(CheckRuns runs, CoverageReader coverage, Assets assets, ActiveWaivers waivers)
        implements ChecksSeen {
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    @Override
    public Map<UUID, List<CheckState>> states(Handle handle, Collection<UUID> assetIds, Instant now) {
        List<dev.ronde.check.CheckState> states = runs.states(handle, assetIds);
        Map<UUID, UUID> records = runs.records(
                handle,
                states.stream()
                        .map(dev.ronde.check.CheckState::runId)
                        .filter(Objects::nonNull)
                        .toList());
        return states.stream()
                .collect(Collectors.groupingBy(
                        dev.ronde.check.CheckState::assetId,
                        Collectors.mapping(state -> shown(state, records, now), Collectors.toList())));
    }

    @Override
    public List<CheckState> checksOf(Handle handle, UUID assetId, Collection<String> ids) {
        List<UUID> known = ids.stream()
                .filter(id -> UUID_TEXT.matcher(id).matches())
                .map(UUID::fromString)
                .toList();
        return runs.all(handle, known).stream()
                .filter(run -> run.assetId().equals(assetId))
                .map(run -> new CheckState(
                        run.checkId(),
                        run.outcome().code(),
                        false,
                        run.severity().code(),
                        run.id().toString(),
                        run.recordId().toString()))
                .toList();
    }

    private static CheckState shown(dev.ronde.check.CheckState state, Map<UUID, UUID> records, Instant now) {
        UUID run = state.runId();
        return new CheckState(
                state.checkId(),
                state.outcome().code(),
                state.staleAt(now),
                state.severity().code(),
                text(run),
                run == null ? null : text(records.get(run)));
    }

    @Override
    public List<NotOn> notOn(Handle handle, UUID assetId, List<String> protections, Instant now) {
        if (protections.isEmpty()) {
            return List.of();
        }
        return coverage.of(handle, assets.byId(handle, assetId), now).protections().stream()
                .filter(protection -> protections.contains(protection.key()) && !settled(protection.state()))
                .map(protection -> new NotOn(protection.key(), why(protection)))
                .sorted(Comparator.comparing(NotOn::protection))
                .toList();
    }

    @Override
    public int mostDaysOff(Handle handle, UUID assetId, List<String> off, Instant now) {
        Map<String, Severity> known = coverage.of(handle, assets.byId(handle, assetId), now).protections().stream()
                .collect(Collectors.toMap(Coverage.Protection::key, CheckResults::severity));
        Severity worst = off.stream()
                .map(key -> known.getOrDefault(key, Severity.CRITICAL))
                .max(Comparator.naturalOrder())
                .orElse(Severity.CRITICAL);
        return WaiverRules.mostDays(worst);
    }

    private static Severity severity(Coverage.Protection protection) {
        return protection.checks().stream()
                .filter(check -> check.outcome() != Outcome.NOT_APPLICABLE
                        && !check.waived()
                        && (check.outcome() != Outcome.PASS || check.stale()))
                .map(check -> Severity.find(check.severity()).orElse(Severity.CRITICAL))
                .max(Comparator.naturalOrder())
                .orElse(Severity.CRITICAL);
    }

    @Override
    public List<AcceptedRisk> accepted(Handle handle, UUID assetId, List<String> protections, Instant now) {
        if (protections.isEmpty()) {
            return List.of();
        }
        Set<String> waived = coverage.of(handle, assets.byId(handle, assetId), now).protections().stream()
                .filter(protection -> protections.contains(protection.key()))
                .flatMap(protection -> protection.checks().stream())
                .filter(Coverage.CheckOf::waived)
                .map(Coverage.CheckOf::check)
                .collect(Collectors.toSet());
        return waivers.accepting(handle, assetId, now).stream()
                .filter(one -> waived.contains(one.checkId()))
                .map(one -> new AcceptedRisk(one.ref(), one.reason(), one.untilOn()))
                .toList();
    }

    @Override
    public Set<String> covered(Handle handle, UUID assetId, List<String> protections, Instant now) {
        return coverage.of(handle, assets.byId(handle, assetId), now).protections().stream()
                .flatMap(protection -> protection.checks().stream()
                        .filter(check -> check.waived() || protections.contains(protection.key())))
                .map(Coverage.CheckOf::check)
                .collect(Collectors.toSet());
    }

    /** Only a failing check with a result that counts and no waiver says that it is off. */
    private static NotOn.Why why(Coverage.Protection protection) {
        if (protection.state() == State.NO_CHECK_YET) {
            return NotOn.Why.UNCHECKED;
        }
        return protection.checks().stream()
                        .anyMatch(check -> check.outcome() == Outcome.FAIL && !check.stale() && !check.waived())
                ? NotOn.Why.OFF
                : NotOn.Why.UNVERIFIED;
    }

    /** On, proven irrelevant, or accepted by a waiver; an unknown state is not on. */
    private static boolean settled(State state) {
        return switch (state) {
            case ENABLED, NOT_APPLICABLE, ACCEPTED_RISK -> true;
            case PARTLY, OFF, NOT_VERIFIABLE, NO_CHECK_YET -> false;
        };
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
