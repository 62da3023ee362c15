package dev.ronde.asset;

import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An asset on its way into the table: lists as JSON text, enums as words. */
public record AssetRow(Asset asset) {
    public UUID id() {
        return asset.id();
    }

    public String ref() {
        return asset.ref();
    }

    public String name() {
        return asset.name();
    }

    public String kind() {
        return asset.kind();
    }

    public @Nullable String ownerId() {
        return text(asset.ownerId());
    }

    public @Nullable String backupId() {
        return text(asset.backupId());
    }

    public @Nullable String managerId() {
        return text(asset.managerId());
    }

    public @Nullable String environment() {
        return asset.environment();
    }

    public String criticalityWord() {
        return asset.criticality().word();
    }

    public @Nullable String dataClass() {
        return asset.dataClass();
    }

    public @Nullable String unit() {
        return asset.unit();
    }

    public @Nullable String address() {
        return asset.address();
    }

    public @Nullable Integer port() {
        return asset.port();
    }

    public @Nullable String hostname() {
        return asset.hostname();
    }

    public @Nullable String starttls() {
        return asset.starttls();
    }

    public @Nullable ZoneId zone() {
        return asset.zone();
    }

    public String tagsJson() {
        return asset.tags().isEmpty() ? "[]" : Json.write(asset.tags());
    }

    public String portsJson() {
        return asset.declaredPorts().toString().replace(" ", "");
    }

    public boolean expectedClosed() {
        return asset.expectedClosed();
    }

    public @Nullable LocalDate probeAuthorisedUntil() {
        return asset.probeAuthorisedUntil();
    }

    public @Nullable LocalDate lastReviewOn() {
        return asset.lastReviewOn();
    }

    public @Nullable String notes() {
        return asset.notes();
    }

    public Instant createdAt() {
        return asset.createdAt();
    }

    public Instant updatedAt() {
        return asset.updatedAt();
    }

    public @Nullable Instant retiredAt() {
        return asset.retiredAt();
    }

    /** As text: a null that says UUID is no UUID to PostgreSQL, and mixed types break up a batch. */
    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    public long version() {
        return asset.version();
    }

    public long previousVersion() {
        return asset.version() - 1;
    }
}
