package dev.ronde.asset.inventory;

import dev.ronde.platform.json.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An asset on its way into the table: lists as JSON text, enums as words. */
public record AssetRow(Asset asset) {
    public @Nullable String ownerId() {
        return text(asset.ownerId());
    }

    public @Nullable String backupId() {
        return text(asset.backupId());
    }

    public @Nullable String managerId() {
        return text(asset.managerId());
    }

    public String criticality() {
        return asset.criticality().word();
    }

    public String tags() {
        return asset.tags().isEmpty() ? "[]" : Json.write(asset.tags());
    }

    public String ports() {
        return asset.declaredPorts().toString().replace(" ", "");
    }

    public long previousVersion() {
        return asset.version() - 1;
    }

    /** As text: PostgreSQL misreads a null typed as UUID, and mixed types break up a batch. */
    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
