package dev.ronde.asset.snapshot;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.resource.Overlay;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshot sources: one file of {@code checks/sources} each, the operator's over the packaged one. Read once. */
public final class SourceSchemas {
    private static final Logger log = LoggerFactory.getLogger(SourceSchemas.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(\\.[a-z0-9-]+)*\\.v[0-9]{1,3}");

    private final Overlay checks;
    private final Map<String, Optional<SourceSchema>> read = new ConcurrentHashMap<>();

    private SourceSchemas(Overlay checks) {
        this.checks = checks;
    }

    /** Over the files of {@code checks/sources}; the log says at once which of the operator's are broken, and the rest goes on. */
    public static SourceSchemas open(Overlay checks) {
        SourceSchemas schemas = new SourceSchemas(checks);
        schemas.problems().forEach(log::error);
        return schemas;
    }

    public List<String> names() {
        return checks.list("sources", ".yaml").stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - ".yaml".length()))
                .toList();
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (String source : names()) {
            if (checks.overridden(path(source))) {
                try {
                    find(source);
                } catch (Problem broken) {
                    problems.add(broken.getMessage());
                }
            }
        }
        return problems;
    }

    Optional<SourceSchema> find(String source) {
        return NAME.matcher(source).matches() ? read.computeIfAbsent(source, this::load) : Optional.empty();
    }

    private Optional<SourceSchema> load(String source) {
        try {
            return checks.read(path(source)).map(yaml -> SourceSchema.read(source, yaml));
        } catch (IllegalArgumentException | UncheckedIOException broken) {
            throw Problem.of(
                    503,
                    "source_broken",
                    "The file " + path(source)
                            + " of this server is broken, so nothing can be pushed from this source: "
                            + String.valueOf(broken.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private static String path(String source) {
        return "sources/" + source + ".yaml";
    }

    SourceSchema get(String source) {
        return find(source)
                .orElseThrow(() -> Problem.of(
                        404,
                        "unknown_source",
                        "There is no snapshot source of this name. Known: " + String.join(", ", names())
                                + ". Add checks/sources/<source>.yaml for another."));
    }
}
