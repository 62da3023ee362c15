package dev.ronde.testing;

import java.util.Set;
import java.util.TreeSet;

/** What each check said of what stood before it, in {@code target/check-outcomes-fork-N.tsv}: check, server, outcome; sorted, each line once. */
public final class OutcomeTable {
    private static final Set<String> LINES = new TreeSet<>();
    private static final ForkFile FILE = new ForkFile("check-outcomes", "tsv");

    private OutcomeTable() {}

    /** Adds one line and writes the table anew. */
    public static synchronized void note(String check, String server, String outcome) {
        if (LINES.add(check + "\t" + server + "\t" + outcome)) {
            FILE.write(LINES);
        }
    }
}
