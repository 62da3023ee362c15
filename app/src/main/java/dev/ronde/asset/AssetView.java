package dev.ronde.asset;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An asset as pages show it: people by name, lists as text. */
public record AssetView(
        String ref,
        String name,
        String kind,
        @Nullable PersonLabel owner,
        @Nullable PersonLabel backup,
        @Nullable PersonLabel manager,
        @Nullable String environment,
        String criticality,
        @Nullable String dataClass,
        @Nullable String unit,
        @Nullable String address,
        @Nullable Integer port,
        @Nullable String hostname,
        @Nullable String starttls,
        @Nullable String zone,
        List<String> tags,
        String declaredPorts,
        @Nullable LocalDate probeAuthorisedUntil,
        @Nullable LocalDate lastReviewOn,
        @Nullable String notes,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant retiredAt,
        long version) {
    static AssetView of(Asset asset, Map<UUID, PersonLabel> people) {
        return new AssetView(
                asset.ref(),
                asset.name(),
                asset.kind(),
                person(asset.ownerId(), people),
                person(asset.backupId(), people),
                person(asset.managerId(), people),
                asset.environment(),
                asset.criticality().word(),
                asset.dataClass(),
                asset.unit(),
                asset.address(),
                asset.port(),
                asset.hostname(),
                asset.starttls(),
                asset.zone() == null ? null : asset.zone().getId(),
                asset.tags(),
                asset.declaredPorts().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                asset.probeAuthorisedUntil(),
                asset.lastReviewOn(),
                asset.notes(),
                asset.createdAt(),
                asset.updatedAt(),
                asset.retiredAt(),
                asset.version());
    }

    private static @Nullable PersonLabel person(@Nullable UUID id, Map<UUID, PersonLabel> people) {
        return id == null ? null : people.get(id);
    }
}
