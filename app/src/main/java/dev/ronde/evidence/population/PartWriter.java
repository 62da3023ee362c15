package dev.ronde.evidence.population;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes one row a line to a file of a bundle and goes on in {@code <path>.part0002} once a part is full, so that every part
 * can be opened with the usual tools. The parts of a CSV file each begin with the header.
 */
public final class PartWriter extends Writer {
    /** Rows of a part, the header not counted, unless manifest.json says otherwise. */
    public static final long ROWS = 1_000_000;

    private final String path;
    private final Population.Files files;
    private final long limit;
    private final boolean csv;
    private final StringBuilder header = new StringBuilder();
    private Writer out;
    private boolean inHeader;
    private boolean quoted;
    private long rows;
    private int part = 1;

    private PartWriter(String path, Population.Files files, long limit, boolean csv) throws IOException {
        if (limit < 1) {
            throw new IllegalArgumentException("a part needs at least one row, not " + limit);
        }
        this.path = path;
        this.files = files;
        this.limit = limit;
        this.csv = csv;
        this.inHeader = csv;
        this.out = files.open(path);
    }

    /** A table: its first line is the header; a line break inside quotes ends no row. */
    public static PartWriter csv(String path, Population.Files files, long limit) throws IOException {
        return new PartWriter(path, files, limit, true);
    }

    public static PartWriter jsonl(String path, Population.Files files, long limit) throws IOException {
        return new PartWriter(path, files, limit, false);
    }

    /** The first part has number 1. */
    public static String path(String path, long part) {
        return part == 1 ? path : String.format(Locale.ROOT, "%s.part%04d", path, part);
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (rows == limit) {
                out.write(text, from, i - from);
                from = i;
                next();
            }
            follow(text[i]);
        }
        out.write(text, from, offset + length - from);
    }

    private void follow(char c) {
        if (inHeader) {
            header.append(c);
        }
        if (csv && c == '"') {
            quoted = !quoted;
        } else if (c == '\n' && !quoted) {
            rows += inHeader ? 0 : 1;
            inHeader = false;
        }
    }

    private void next() throws IOException {
        out.close();
        part++;
        rows = 0;
        out = files.open(path(path, part));
        out.append(header);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
