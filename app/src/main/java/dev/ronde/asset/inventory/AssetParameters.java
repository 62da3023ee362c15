package dev.ronde.asset.inventory;

import dev.ronde.asset.field.Criticality;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The filter of a request, the same in API and pages; an owner's is narrowed to their own assets. */
public final class AssetParameters {
    public static final List<String> NAMES = List.of(
            "q",
            "kind",
            "unit",
            "environment",
            "criticality",
            "tag",
            "owner",
            "backup",
            "manager",
            "unowned",
            "state",
            "retired");

    private AssetParameters() {}

    public static String[] and(String... more) {
        return Stream.concat(NAMES.stream(), Stream.of(more)).toArray(String[]::new);
    }

    public static AssetFilter filter(Query query, Principal principal) {
        AssetFilter filter = new AssetFilter(
                query.text("q").orElse(null),
                query.text("kind")
                        .map(text -> Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .filter(kind -> !kind.isEmpty())
                                .limit(50)
                                .toList())
                        .orElse(List.of()),
                query.text("unit").orElse(null),
                query.text("environment").orElse(null),
                query.oneOf("criticality", Criticality.class).orElse(null),
                query.text("tag").orElse(null),
                query.text("owner").orElse(null),
                query.text("backup").orElse(null),
                query.text("manager").orElse(null),
                query.flag("unowned").orElse(null),
                query.text("state").orElse(null),
                query.flag("retired").orElse(false),
                null);
        UUID own = principal.confinedTo();
        return own == null ? filter : filter.answeredBy(own);
    }
}
