package dev.ronde.catalogue;

import dev.ronde.platform.resource.Overlay;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Files of the operator's folder that look like checks and are never read: somebody believes that they run. */
public final class StrayFiles {
    private static final String SUFFIX = ".yaml";
    private static final List<String> LOOKS_LIKE = List.of(SUFFIX, ".yml");
    /** Folders whose direct files are read. */
    private static final Set<String> READ = Set.of("facts", "frameworks", "sources");
    /** Folders read elsewhere, or used by tests only. */
    private static final Set<String> OTHER = Set.of("texts", "fixtures");

    private StrayFiles() {}

    /** Returns them by path, with the reason and what to do; empty where the operator has no folder. */
    public static Map<String, String> of(Overlay folder) {
        Map<String, String> strays = new TreeMap<>();
        try {
            for (String path : folder.own("")) {
                String lower = path.toLowerCase(Locale.ROOT);
                if (LOOKS_LIKE.stream().anyMatch(lower::endsWith) && !("/" + path).contains("/.")) {
                    look(path, strays);
                }
            }
        } catch (UncheckedIOException e) {
            strays.put(".", "not all of the folder can be looked at: " + e.getMessage());
        }
        return strays;
    }

    private static void look(String path, Map<String, String> strays) {
        String[] steps = path.split("/", -1);
        if (OTHER.contains(steps[0])) {
            return;
        }
        if (steps.length > 2 || (steps.length == 2 && !READ.contains(steps[0]))) {
            strays.put(path, "is not read: checks stand in the folder itself, not in one below it; move it up");
        } else if (!path.endsWith(SUFFIX)) {
            String name = steps[steps.length - 1];
            strays.put(
                    path,
                    "is not read: files end in " + SUFFIX + "; name it " + name.substring(0, name.lastIndexOf('.'))
                            + SUFFIX);
        }
    }
}
