package dev.ronde.catalogue;

import dev.ronde.catalogue.cel.FactType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields of an asset that expressions and probe targets may name as {@code asset.<field>}. */
public final class AssetType {
    private static final FactType TEXT = new FactType.Text(List.of(), 10_000);
    private static final FactType WHOLE = new FactType.Whole(null, null);

    static final FactType.ObjectType TYPE = type();

    private AssetType() {}

    private static FactType.ObjectType type() {
        Map<String, FactType.Field> fields = new LinkedHashMap<>();
        for (String required : List.of("ref", "name", "kind", "criticality")) {
            fields.put(required, new FactType.Field(TEXT, true));
        }
        for (String optional : List.of("environment", "data_class", "unit", "address", "hostname", "starttls")) {
            fields.put(optional, new FactType.Field(TEXT, false));
        }
        fields.put("port", new FactType.Field(WHOLE, false));
        fields.put("tags", new FactType.Field(new FactType.ListOf(TEXT, 1_000), true));
        fields.put("declared_ports", new FactType.Field(new FactType.ListOf(WHOLE, 65_536), true));
        return new FactType.ObjectType("asset", fields);
    }
}
