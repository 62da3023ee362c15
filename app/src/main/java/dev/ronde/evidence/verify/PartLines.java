package dev.ronde.evidence.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a file as one; of the CSV parts after the first the repeated header is passed over. */
final class PartLines implements AutoCloseable {
    interface Opener {
        BufferedReader open(String path) throws IOException;
    }

    private final Opener opener;
    private final Iterator<String> parts;
    private final boolean csv;
    private @Nullable BufferedReader reader;
    private @Nullable String header;

    PartLines(Opener opener, List<String> parts, boolean csv) {
        this.opener = opener;
        this.parts = parts.iterator();
        this.csv = csv;
    }

    /** Null after the last line of the last part. */
    @Nullable
    String readLine() throws IOException {
        while (true) {
            String line = reader == null ? null : reader.readLine();
            if (line != null) {
                return line;
            }
            close();
            if (!parts.hasNext()) {
                return null;
            }
            BufferedReader opened = opener.open(parts.next());
            reader = opened;
            String first = csv ? opened.readLine() : null;
            boolean repeated = header != null && Objects.equals(header, first);
            header = header == null ? first : header;
            if (first != null && !repeated) {
                return first;
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
