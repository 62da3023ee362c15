package dev.ronde.evidence.population;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which tables a bundle has and how they count; the manifest says it, so that each bundle is verified as it was written.
 *
 * @param tables paths in the bundle
 * @param openCounted whether reviews that are not over are late, and their gaps as long, as of the newest record of the period; else as
 *     of their own last record
 * @param missesApart whether what leads hear of a miss is no first notice of the review; else it is one like any other
 * @param received whether a window of exposure says when somebody acknowledged it
 * @param attested whether a definition says that its results stand on the word of a person
 */
public record Layout(Set<String> tables, boolean openCounted, boolean missesApart, boolean received, boolean attested) {
    private static final String TABLES = "tables";
    private static final String OPEN_COUNTED = "openReviewsCounted";
    private static final String MISSES_APART = "missedNoticesApart";
    private static final String RECEIVED = "acknowledgedFindings";
    private static final String ATTESTED = "attestedChecks";
    private static final Set<String> FOUR =
            Set.of("population/assets.csv", "population/checks.csv", RunTable.PATH, "population/reviews.csv");

    /** Bundles whose manifest names no tables have those there were at first. */
    static final Layout FIRST = new Layout(FOUR, false, false, false, false);

    /** Every bundle that is made today. */
    public static final Layout TODAY = new Layout(today(), true, true, true, true);

    private static Set<String> today() {
        Set<String> paths = new TreeSet<>(FOUR);
        paths.add(WaiverTable.PATH);
        paths.add(ExposureTable.PATH);
        return paths;
    }

    /** Copies the paths. */
    public Layout {
        tables = Set.copyOf(tables);
    }

    /** The layout that the manifest of a bundle states. */
    public static Layout of(Map<String, Object> manifest) {
        return manifest.get(TABLES) instanceof List<?> named
                ? new Layout(
                        named.stream().map(String::valueOf).collect(Collectors.toSet()),
                        Boolean.TRUE.equals(manifest.get(OPEN_COUNTED)),
                        Boolean.TRUE.equals(manifest.get(MISSES_APART)),
                        Boolean.TRUE.equals(manifest.get(RECEIVED)),
                        Boolean.TRUE.equals(manifest.get(ATTESTED)))
                : FIRST;
    }

    /** Whether it is that of the first bundles. */
    public boolean isFirst() {
        return equals(FIRST);
    }

    /** States it in a manifest. */
    public void writeTo(Map<String, Object> manifest) {
        manifest.put(TABLES, tables.stream().sorted().toList());
        manifest.put(OPEN_COUNTED, openCounted);
        manifest.put(MISSES_APART, missesApart);
        manifest.put(RECEIVED, received);
        manifest.put(ATTESTED, attested);
    }
}
