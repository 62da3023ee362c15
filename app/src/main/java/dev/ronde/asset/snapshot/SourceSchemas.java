package dev.ronde.asset.snapshot;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.Overlay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The snapshot sources: one file of {@code checks/sources} each, the operator's over the packaged one. Read once. */
public final class SourceSchemas {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(\\.[a-z0-9-]+)*\\.v[0-9]{1,3}");

    private final Overlay checks;
    private final Map<String, Optional<SourceSchema>> read = new ConcurrentHashMap<>();

    public SourceSchemas(Overlay checks) {
        this.checks = checks;
    }

    /** Names of all sources, sorted. */
    public List<String> names() {
        return checks.list("sources", ".yaml").stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - ".yaml".length()))
                .toList();
    }

    /** Reads every file; an {@link IllegalArgumentException} names the first that is broken. For the start and for doctor. */
    public void verify() {
        names().forEach(this::find);
    }

    Optional<SourceSchema> find(String source) {
        return NAME.matcher(source).matches() ? read.computeIfAbsent(source, this::load) : Optional.empty();
    }

    private Optional<SourceSchema> load(String source) {
        return checks.read("sources/" + source + ".yaml").map(yaml -> SourceSchema.read(source, yaml));
    }

    /** The schema; a {@link Problem} 404 that lists what there is. */
    SourceSchema get(String source) {
        return find(source)
                .orElseThrow(() -> Problem.of(
                        404,
                        "unknown_source",
                        "There is no snapshot source of this name. Known: " + String.join(", ", names())
                                + ". Add checks/sources/<source>.yaml for another."));
    }
}
