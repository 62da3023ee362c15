package dev.ronde.platform.db;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Where Ronde's H2 files lie: a file system of H2 over its ordinary one whose files are {@link H2FileChannel}s (decision 072). */
public final class H2FilePath extends FilePathWrapper {
    /** Addresses with this prefix use this path; {@code retry:} reopens the file after a thread was interrupted. */
    static final String ADDRESS = "jdbc:h2:ronde:retry:";

    private static final String SCHEME = "ronde";

    /** H2 creates one for each path. */
    public H2FilePath() {}

    static void register() {
        FilePath.register(new H2FilePath());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new H2FileChannel(getBase().open(mode), toString());
    }
}
