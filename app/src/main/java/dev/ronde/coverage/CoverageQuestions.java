package dev.ronde.coverage;

import dev.ronde.platform.http.Principal;
import dev.ronde.platform.http.Query;
import java.util.ArrayList;
import java.util.List;

/** What pages, API and files are asked with; whoever sees only their own is answered about that. */
final class CoverageQuestions {
    private static final List<String> OF_ASSETS = List.of("kind", "unit");
    private static final List<String> OF_GAPS = List.of("gap", "asset", "unit", "owner");

    private CoverageQuestions() {}

    static String[] ofAssets(String... more) {
        return with(OF_ASSETS, more);
    }

    static String[] ofGaps(String... more) {
        return with(OF_GAPS, more);
    }

    private static String[] with(List<String> names, String... more) {
        List<String> all = new ArrayList<>(names);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    static GapFilter gapFilter(Query query, Principal principal) {
        return new GapFilter(
                query.oneOf("gap", Gap.class).orElse(null),
                query.text("asset").orElse(null),
                query.text("unit").orElse(null),
                query.text("owner").orElse(null),
                principal.confinedTo());
    }
}
