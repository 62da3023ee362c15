package dev.ronde.asset.pull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Reads what lies at a place: no redirect is followed, no link leaves a folder, and no more is read than a push may bring. */
final class Fetching {
    private static final Duration TOTAL = Duration.ofSeconds(15);
    private static final int MOST_FILES = 5_000;
    private static final String JSON = ".json";

    private Fetching() {}

    interface Taking {
        /** Whether this version of the place was taken before, so that it is not read again. */
        boolean before(String place, Instant collectedAt);

        void found(Fetched fetched);

        /** The place was written while it was read, so nobody knows what it says. */
        void unsettled(String place);

        void problem(String text);
    }

    /** Hands over what is new; throws {@link PullFailed} if nothing there can be read. */
    static void fetch(PullSource.Origin origin, Taking taking) throws PullFailed, InterruptedException {
        try {
            if (origin instanceof PullSource.OneFile file) {
                one(file.path(), file.asset(), file.source(), taking);
            } else if (origin instanceof PullSource.Folder folder) {
                folder(folder.path(), taking);
            } else {
                taking.found(Asking.ask((PullSource.Address) origin, TOTAL));
            }
        } catch (SSLException e) {
            throw new PullFailed("the certificate of the address is not trusted, or TLS failed");
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause() == null ? e : e.getCause());
        }
    }

    private static PullFailed unreadable(Throwable failure) {
        return new PullFailed("it cannot be read (" + failure.getClass().getSimpleName() + ")");
    }

    private static void folder(Path root, Taking taking) throws IOException, PullFailed {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root, 2)) {
            files = walk.filter(path -> path.getNameCount() == root.getNameCount() + 2)
                    .filter(path -> path.toString().endsWith(JSON))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
        }
        if (files.size() > MOST_FILES) {
            throw new PullFailed("the folder holds more than " + MOST_FILES + " files; make several sources of it");
        }
        for (Path path : files) {
            inside(root.relativize(path), path, taking);
        }
    }

    private static void inside(Path inside, Path path, Taking taking) {
        String name = inside.getName(1).toString();
        String asset = inside.getName(0).toString();
        String source = name.substring(0, name.length() - JSON.length());
        try {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new PullFailed("it is a link or no file; only files are read");
            }
            one(path, asset, source, taking);
        } catch (PullFailed e) {
            taking.problem(Fetched.place(asset, source) + ": " + e.getMessage());
        } catch (IOException e) {
            taking.problem(Fetched.place(asset, source) + ": " + unreadable(e).getMessage());
        }
    }

    private static void one(Path path, String asset, String source, Taking taking) throws IOException, PullFailed {
        if (!Files.isRegularFile(path)) {
            throw new PullFailed("there is no file " + path.getFileName());
        }
        Looks before = looks(path);
        Instant changedAt = before.changedAt().toInstant().truncatedTo(ChronoUnit.MICROS);
        if (taking.before(Fetched.place(asset, source), changedAt)) {
            return;
        }
        byte[] body;
        try (InputStream in = Files.newInputStream(path)) {
            body = Fetched.limited(in);
        }
        if (!looks(path).equals(before)) {
            taking.unsettled(Fetched.place(asset, source));
            return;
        }
        taking.found(new Fetched(asset, source, body, changedAt, true));
    }

    private record Looks(long bytes, FileTime changedAt) {}

    private static Looks looks(Path path) throws IOException {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return new Looks(now.size(), now.lastModifiedTime());
    }
}
