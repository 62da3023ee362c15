package dev.ronde.asset.pull;

import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.DocumentException;
import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.document.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the operator's file of sources ({@code RONDE_SOURCES}); any mistake stops the start and names its line. */
public final class PullSources {
    private static final String KEY = "RONDE_SOURCES";
    private static final Duration LEAST = Duration.ofMinutes(1);

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
        List<Fault> faults = new ArrayList<>();
        List<PullSource> sources = new ArrayList<>();
        try {
            Node root = Document.read(Files.readString(file));
            Optional<Fields> top = Fields.over(root, "", faults, "sources");
            top.ifPresent(fields -> fields.require("sources", "[{id: nsg-export, every: PT15M, folder: exports}]"));
            Set<String> ids = new HashSet<>();
            for (Fields fields : top.map(fields -> fields.children("sources")).orElse(List.of())) {
                source(fields).ifPresent(sources::add);
                fields.scalar("id", null)
                        .filter(id -> !ids.add(id))
                        .ifPresent(id -> fields.problem(fields.line(), "the id " + id + " is there twice"));
            }
        } catch (IOException e) {
            throw new SettingsException(KEY + " is " + file + ", which cannot be read. Name a readable YAML file.");
        } catch (DocumentException e) {
            faults.add(e.fault());
        }
        if (!faults.isEmpty()) {
            throw new SettingsException(KEY + ": " + file + ", " + faults.get(0).sentence() + ".");
        }
        return sources;
    }

    /** Empty with a fault. */
    private Optional<PullSource> source(Fields fields) {
        int before = fields.faults().size();
        String id = fields.parsed("id", "nsg-export", PullSources::id).orElse("");
        Duration every = fields.parsed("every", "PT15M", PullSources::every).orElse(LEAST);
        List<String> origins =
                Stream.of("file", "folder", "url").filter(fields::has).toList();
        boolean folder = origins.contains("folder");
        boolean secured = fields.has("token_file") || fields.has("ca_file");
        if (origins.size() != 1) {
            fields.problem(fields.line(), "write exactly one of file, folder, url");
        } else if (secured && !origins.contains("url")) {
            fields.problem(fields.line(), "token_file and ca_file belong to url");
        } else if (folder && (fields.has("asset") || fields.has("source"))) {
            fields.problem(fields.line(), "a folder names asset and source by its paths: <asset>/<source>.json");
        }
        String asset = fields.scalar("asset", folder ? null : "web-01").orElse("");
        String source =
                fields.parsed("source", folder ? null : "host.v1", this::source).orElse("");
        Optional<Path> path = fields.parsed(folder ? "folder" : "file", null, this::path);
        Optional<URI> address = fields.parsed("url", null, PullSources::address);
        Optional<Path> token = fields.parsed("token_file", null, this::path);
        Optional<Path> ca = fields.parsed("ca_file", null, this::path);
        fields.noOthers();
        if (fields.faults().size() > before) {
            return Optional.empty();
        }
        PullSource.Origin origin = address.isPresent()
                ? new PullSource.Address(address.get(), asset, source, token.orElse(null), ca.orElse(null))
                : folder
                        ? new PullSource.Folder(path.orElseThrow())
                        : new PullSource.OneFile(path.orElseThrow(), asset, source);
        return Optional.of(new PullSource(id, every, origin));
    }

    private static String id(String text) {
        if (!text.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw refusal("write kebab-case, such as nsg-export");
        }
        return text;
    }

    private String source(String text) {
        return Reason.oneOf(text, List.copyOf(known));
    }

    private static URI address(String text) {
        try {
            URI uri = URI.create(text);
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw refusal("write an https:// address without a password in it; the token stands in token_file");
    }

    private static Duration every(String text) {
        try {
            Duration every = Duration.parse(text);
            if (every.compareTo(LEAST) >= 0) {
                return every;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw refusal("write a span of at least PT1M, such as PT15M, not '" + text + "'");
    }

    private Path path(String text) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of(text) : folder.resolve(text).normalize();
    }

    private static Reason.Refusal refusal(String english) {
        return Reason.of(Fault.BAD_VALUE, english).refusal();
    }
}
