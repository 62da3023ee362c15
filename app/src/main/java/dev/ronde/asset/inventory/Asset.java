package dev.ronde.asset.inventory;

import dev.ronde.asset.field.Criticality;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thing whose configuration is protected. The id is what tables refer to; the ref is what people and machines outside say.
 *
 * @param zone zone of its due dates; null means the installation's
 * @param tags sorted, each once
 * @param declaredPorts sorted, each once
 * @param expectedClosed whether nothing should answer at its address and port
 * @param probeAuthorisedUntil last day on which it may be probed; null means never
 * @param lastReviewOn day of the last review made before Ronde knew it
 * @param retiredAt when it left the inventory; it is never erased
 * @param version grows with every change
 */
public record Asset(
        UUID id,
        String ref,
        String name,
        String kind,
        @Nullable UUID ownerId,
        @Nullable UUID backupId,
        @Nullable UUID managerId,
        @Nullable String environment,
        Criticality criticality,
        @Nullable String dataClass,
        @Nullable String unit,
        @Nullable String address,
        @Nullable Integer port,
        @Nullable String hostname,
        @Nullable String starttls,
        @Nullable ZoneId zone,
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
    public Asset {
        tags = List.copyOf(tags);
        declaredPorts = List.copyOf(declaredPorts);
    }

    public boolean active() {
        return retiredAt == null;
    }

    public boolean answeredBy(Set<UUID> people) {
        return (ownerId != null && people.contains(ownerId)) || (backupId != null && people.contains(backupId));
    }
}
