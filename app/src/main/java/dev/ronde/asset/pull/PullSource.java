package dev.ronde.asset.pull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A place snapshots are fetched from.
 *
 * @param id kebab-case, unique in its file
 * @param every how often it is read
 */
public record PullSource(String id, Duration every, Origin origin) {
    public sealed interface Origin {
        String text();
    }

    /** One file about one asset; the time it was changed is when it was collected. */
    public record OneFile(Path path, String asset, String source) implements Origin {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /** A folder of {@code <ref of the asset>/<source>.json}. */
    public record Folder(Path path) implements Origin {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /**
     * An HTTPS address about one asset.
     *
     * @param tokenFile file that holds the bearer token; read for each request, so that it can be renewed
     * @param caFile certificates in PEM to trust instead of the system's
     */
    public record Address(
            URI uri,
            String asset,
            String source,
            @Nullable Path tokenFile,
            @Nullable Path caFile) implements Origin {
        @Override
        public String text() {
            return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
        }
    }
}
