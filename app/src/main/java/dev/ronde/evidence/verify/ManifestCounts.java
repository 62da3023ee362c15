package dev.ronde.evidence.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What manifest.json says is in the bundle and what is not, against what the index shows.
 *
 * @param manifest the parsed manifest.json
 * @param from first place of the range that the proof is for
 * @param until the place after its last
 * @param disclosed places whose record is in the bundle
 */
record ManifestCounts(Map<String, Object> manifest, long from, long until, long disclosed) {
    /** One sentence for each figure that differs from the count; empty if none does. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        Map<?, ?> counts = manifest.get("counts") instanceof Map<?, ?> map ? map : Map.of();
        Map<?, ?> range = manifest.get("range") instanceof Map<?, ?> map ? map : Map.of();
        long leaves = until - from;
        compare(differences, "the range proof is from", "on", from, range.get("from"));
        compare(differences, "the range proof is until", "", until, range.get("until"));
        compare(differences, "the range has", "leaves", leaves, counts.get("leaves"));
        compare(differences, "the index discloses", "records", disclosed, counts.get("disclosed"));
        compare(differences, "the index withholds", "records", leaves - disclosed, counts.get("withheld"));
        return differences;
    }

    private static void compare(
            List<String> differences, String what, String unit, long counted, @Nullable Object stated) {
        if (!String.valueOf(stated).equals(Long.toString(counted))) {
            differences.add((what + " " + counted + " " + unit).strip() + ", manifest.json says " + stated);
        }
    }
}
