package dev.ronde.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What each check said of what stood before it, in {@code target/check-outcomes.tsv}: check, server, outcome; sorted, each line once. */
public final class OutcomeTable {
    private static final Set<String> LINES = new TreeSet<>();

    private OutcomeTable() {}

    /** Adds one line and writes the table anew. */
    public static synchronized void note(String check, String server, String outcome) {
        if (LINES.add(check + "\t" + server + "\t" + outcome)) {
            Path folder = Path.of(System.getProperty("ronde.buildDirectory", "target"));
            try {
                Files.createDirectories(folder);
                Files.write(folder.resolve("check-outcomes.tsv"), LINES);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
