package dev.ronde.asset.inventory;

import dev.ronde.asset.field.AssetField;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * One state an asset was in. Notes are named when they change, but not kept: what is kept here can never be erased.
 *
 * @param rev version of the asset after the change
 * @param recId evidence record of the change
 * @param what created, updated, retired or restored
 * @param changed names of the changed fields as in JSON, comma separated
 * @param state the state after, as JSON with the field names of the API; people by their evidence reference
 */
public record AssetVersion(
        UUID assetId,
        long rev,
        UUID recId,
        String what,
        String actorRef,
        Instant recordedAt,
        String changed,
        String state) {
    /** The text after the change, with people by evidence reference; empty if the field was empty. */
    Optional<String> text(AssetField field) {
        return Json.tree(state).optional(field.json()).map(JsonNode::stringValue);
    }

    public List<String> fields() {
        return changed.isEmpty() ? List.of() : List.of(changed.split(",", -1));
    }
}
