package dev.ronde.asset.pull;

import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.problem.DidYouMean;
import dev.ronde.platform.yaml.YamlNode;
import dev.ronde.platform.yaml.YamlReader;
import dev.ronde.platform.yaml.YamlSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the operator's file of sources ({@code RONDE_SOURCES}); any mistake stops the start and names its line. */
public final class PullSources {
    private static final String KEY = "RONDE_SOURCES";
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final List<String> FIELDS =
            List.of("id", "every", "file", "folder", "url", "asset", "source", "token_file", "ca_file");

    private final Path file;
    private final Set<String> known;

    private PullSources(Path file, Set<String> known) {
        this.file = file;
        this.known = known;
    }

    /**
     * Returns the sources of the file, empty for none.
     *
     * @param known the names of sources there is a schema for
     * @throws SettingsException for anything that cannot be read
     */
    public static List<PullSource> read(@Nullable String path, Set<String> known) {
        return path == null ? List.of() : new PullSources(Path.of(path), known).read();
    }

    private List<PullSource> read() {
        YamlNode root;
        try {
            root = YamlReader.read(Files.readString(file));
        } catch (IOException e) {
            throw new SettingsException(KEY + " is " + file + ", which cannot be read. Name a readable YAML file.");
        } catch (YamlSyntaxException e) {
            throw wrong(e.line(), e.reason());
        }
        if (!(root instanceof YamlNode.Mapping top)
                || !(top.fields().get("sources") instanceof YamlNode.Sequence list)
                || top.fields().size() != 1) {
            throw wrong(root.line(), "write one list: sources:");
        }
        List<PullSource> sources = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (YamlNode item : list.items()) {
            PullSource source = source(item);
            if (!ids.add(source.id())) {
                throw wrong(item.line(), "the id " + source.id() + " is there twice");
            }
            sources.add(source);
        }
        return sources;
    }

    private PullSource source(YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw wrong(node.line(), "each source has id, every, and file, folder or url");
        }
        Map<String, YamlNode> fields = mapping.fields();
        fields.forEach((name, field) -> {
            if (!FIELDS.contains(name)) {
                throw wrong(field.line(), "unknown key '" + name + "'" + DidYouMean.question(name, FIELDS));
            }
        });
        String id = text(mapping, "id");
        if (!id.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw wrong(mapping.line(), "id is kebab-case, such as nsg-export");
        }
        long origins = List.of("file", "folder", "url").stream()
                .filter(fields::containsKey)
                .count();
        if (origins != 1) {
            throw wrong(mapping.line(), "write exactly one of file, folder, url");
        }
        return new PullSource(id, every(mapping), origin(mapping));
    }

    private PullSource.Origin origin(YamlNode.Mapping mapping) {
        Map<String, YamlNode> fields = mapping.fields();
        boolean secured = fields.containsKey("token_file") || fields.containsKey("ca_file");
        if (secured && !fields.containsKey("url")) {
            throw wrong(mapping.line(), "token_file and ca_file belong to url");
        }
        if (fields.containsKey("folder")) {
            if (fields.containsKey("asset") || fields.containsKey("source")) {
                throw wrong(mapping.line(), "a folder names asset and source by its paths: <asset>/<source>.json");
            }
            return new PullSource.Folder(path(mapping, "folder"));
        }
        String asset = text(mapping, "asset");
        String source = text(mapping, "source");
        if (!known.contains(source)) {
            throw wrong(
                    mapping.line(),
                    "there is no source '" + source + "'" + DidYouMean.question(source, known) + "; there are "
                            + String.join(", ", known));
        }
        if (fields.containsKey("file")) {
            return new PullSource.OneFile(path(mapping, "file"), asset, source);
        }
        return new PullSource.Address(
                address(mapping),
                asset,
                source,
                fields.containsKey("token_file") ? path(mapping, "token_file") : null,
                fields.containsKey("ca_file") ? path(mapping, "ca_file") : null);
    }

    private URI address(YamlNode.Mapping mapping) {
        String text = text(mapping, "url");
        try {
            URI uri = URI.create(text);
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw wrong(
                mapping.line(), "url is an https:// address without a password in it; the token stands in token_file");
    }

    private Duration every(YamlNode.Mapping mapping) {
        String text = text(mapping, "every");
        try {
            Duration every = Duration.parse(text);
            if (every.compareTo(LEAST) >= 0) {
                return every;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw wrong(mapping.line(), "every is a span of at least PT1M, such as PT15M, not '" + text + "'");
    }

    private Path path(YamlNode.Mapping mapping, String name) {
        Path folder = file.toAbsolutePath().getParent();
        Path path = Path.of(text(mapping, name));
        return folder == null ? path : folder.resolve(path).normalize();
    }

    private String text(YamlNode.Mapping mapping, String name) {
        if (mapping.fields().get(name) instanceof YamlNode.Scalar scalar
                && !scalar.text().isBlank()) {
            return scalar.text().strip();
        }
        throw wrong(mapping.line(), "'" + name + "' is required");
    }

    private SettingsException wrong(int line, String what) {
        return new SettingsException(KEY + ": " + file + ", line " + line + ": " + what + ".");
    }
}
