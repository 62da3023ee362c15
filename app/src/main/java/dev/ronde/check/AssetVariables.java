package dev.ronde.check;

import dev.ronde.asset.inventory.Asset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An asset as the expressions and targets of check files see it. */
public final class AssetVariables {
    private AssetVariables() {}

    public static Map<String, Object> of(Asset asset) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ref", asset.ref());
        fields.put("name", asset.name());
        fields.put("kind", asset.kind());
        fields.put("criticality", asset.criticality().name().toLowerCase(Locale.ROOT));
        put(fields, "environment", asset.environment());
        put(fields, "data_class", asset.dataClass());
        put(fields, "unit", asset.unit());
        put(fields, "address", asset.address());
        put(fields, "hostname", asset.hostname());
        put(fields, "starttls", asset.starttls());
        Integer port = asset.port();
        put(fields, "port", port == null ? null : Long.valueOf(port));
        fields.put("tags", asset.tags());
        fields.put(
                "declared_ports",
                asset.declaredPorts().stream().map(Long::valueOf).toList());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
