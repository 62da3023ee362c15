package dev.ronde.asset;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An asset as the API shows it: people by address, everything else named as in a CSV file. */
record AssetJson(
        String ref,
        String name,
        String kind,
        @Nullable String owner,
        @Nullable String backup,
        @Nullable String manager,
        @Nullable String environment,
        Criticality criticality,
        @Nullable String dataClass,
        @Nullable String unit,
        @Nullable String address,
        @Nullable Integer port,
        @Nullable String hostname,
        @Nullable String starttls,
        @Nullable String zone,
        List<String> tags,
        List<Integer> declaredPorts,
        boolean expectedClosed,
        @Nullable LocalDate probeAuthorisedUntil,
        @Nullable LocalDate lastReviewOn,
        @Nullable String notes,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant retiredAt,
        long version) {

    static AssetJson of(Asset asset, Map<UUID, PersonLabel> people) {
        return new AssetJson(
                asset.ref(),
                asset.name(),
                asset.kind(),
                email(asset.ownerId(), people),
                email(asset.backupId(), people),
                email(asset.managerId(), people),
                asset.environment(),
                asset.criticality(),
                asset.dataClass(),
                asset.unit(),
                asset.address(),
                asset.port(),
                asset.hostname(),
                asset.starttls(),
                asset.zone() == null ? null : asset.zone().getId(),
                asset.tags(),
                asset.declaredPorts(),
                asset.expectedClosed(),
                asset.probeAuthorisedUntil(),
                asset.lastReviewOn(),
                asset.notes(),
                asset.createdAt(),
                asset.updatedAt(),
                asset.retiredAt(),
                asset.version());
    }

    private static @Nullable String email(@Nullable UUID id, Map<UUID, PersonLabel> people) {
        PersonLabel person = id == null ? null : people.get(id);
        return person == null ? null : person.email();
    }
}
