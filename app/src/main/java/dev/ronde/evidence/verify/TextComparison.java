package dev.ronde.evidence.verify;

import dev.ronde.evidence.RecordTypes;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.report.BundleTexts;
import dev.ronde.evidence.report.Exceptions;
import dev.ronde.platform.resource.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What only the product can say of a bundle: which record types it does not know, and whether the texts are those it makes from the records. */
final class TextComparison {
    private static final String FAILURE = "FAIL 21";
    private static final String TEXTS = "README.txt, VERIFY.md, the papers in reports/, oscal/ and tools/";

    private final TreeSet<String> unknownTypes = new TreeSet<>();
    private Map<String, Object> manifest = Map.of();
    private @Nullable Exceptions exceptions;

    void begin(Map<String, String> people, Map<String, Object> manifestOfBundle) {
        manifest = manifestOfBundle;
        exceptions = new Exceptions(ExportScope.ofJson(manifest.get("scope")));
    }

    void add(Map.Entry<Long, Map<String, Object>> place, Map<String, String> texts) {
        Leaf leaf = new Leaf(place.getKey(), place.getValue(), texts);
        if (!RecordTypes.KNOWN.contains(leaf.type())) {
            unknownTypes.add(leaf.type());
        }
        if (exceptions != null) {
            exceptions.add(leaf);
        }
    }

    /** Makes the texts again unless another version did; missing inputs fail, or an edited report would pass. */
    Map<String, List<String>> end(Path folder) {
        Map<String, List<String>> found = new TreeMap<>();
        if (!unknownTypes.isEmpty()) {
            found.put("WARN 19", List.of("unknown record types " + unknownTypes));
        }
        BundleTexts made = new BundleTexts();
        Map<?, ?> product = manifest.get("product") instanceof Map<?, ?> map ? map : Map.of();
        String version = String.valueOf(product.get("version"));
        boolean sameVersion = version.equals(Version.text());
        boolean sameSource = made.source().equals(manifest.get(BundleTexts.MEMBER));
        if (sameVersion && sameSource && exceptions != null) {
            List<String> different = different(folder, made, exceptions);
            if (!different.isEmpty()) {
                found.put(FAILURE, different);
            }
        } else if (sameVersion || sameSource) {
            found.put(
                    FAILURE,
                    List.of("manifest.json names Ronde " + version + ", but under texts not what that version makes "
                            + TEXTS + " from: they or manifest.json were edited, or another build calls itself Ronde "
                            + version));
        } else {
            found.put(
                    "WARN 21",
                    List.of("NOT COMPARED: " + TEXTS + " are, by what manifest.json says, of Ronde " + version
                            + ", this is Ronde " + Version.text() + ". Do not rely on them before Ronde " + version
                            + " has verified the bundle as well; the tables and totals were compared"));
        }
        return found;
    }

    private List<String> different(Path folder, BundleTexts made, Exceptions exceptions) {
        try (MadeAgain again = new MadeAgain()) {
            String vkey = Files.readString(folder.resolve("keys/log.vkey"), StandardCharsets.UTF_8)
                    .strip();
            List<String> different = new ArrayList<>();
            for (String path : made.write(manifest, vkey, exceptions, folder, again.folder())) {
                if (!again.same(path, folder)) {
                    different.add(path + " does not follow from the records");
                }
            }
            return different;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
