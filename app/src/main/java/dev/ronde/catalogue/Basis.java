package dev.ronde.catalogue;

import dev.ronde.platform.resource.Overlay;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What checks stand on: the operator's protections, ports, frameworks, facts and sources. Translations and fixtures are none of it: nothing
 * is judged by them.
 */
final class Basis {
    private static final List<String> FOLDERS = List.of("facts", "frameworks", "sources");

    private Basis() {}

    /**
     * The SHA-256, in hexadecimal, of names and contents of the operator's own files; the same for every folder that has none. Of a file
     * that cannot be read, its name alone counts.
     *
     * @param files names of those that stand in the folder itself
     * @param suffix how the others end
     */
    static String sha256(Overlay folder, Stream<String> files, String suffix) {
        StringBuilder all = new StringBuilder();
        own(folder, files, suffix)
                .forEach((path, sha256) ->
                        all.append(path).append(' ').append(sha256).append('\n'));
        return CatalogueLoader.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The operator's own files by path, with their SHA-256 in hexadecimal; empty where one cannot be read. */
    static Map<String, String> own(Overlay folder, Stream<String> files, String suffix) {
        Map<String, String> own = new LinkedHashMap<>();
        Stream.concat(files.sorted(), FOLDERS.stream().flatMap(below -> folder.list(below, suffix).stream()))
                .filter(folder::overridden)
                .forEach(path -> own.put(path, content(folder, path)));
        return own;
    }

    private static String content(Overlay folder, String path) {
        try {
            return folder.sha256(path).orElse("");
        } catch (UncheckedIOException e) {
            return "";
        }
    }
}
