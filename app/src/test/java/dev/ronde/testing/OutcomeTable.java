package dev.ronde.testing;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What each check said of what stood before it, in {@code target/check-outcomes-fork-N.tsv}: check, server, as what it stood there,
 * the test that looked, outcome; sorted, each line once.
 */
public final class OutcomeTable {
    private static final Set<String> LINES = new TreeSet<>();
    private static final Pattern LAMBDA = Pattern.compile("^lambda\\$(.+)\\$\\d+$");
    private static final ForkFile FILE = new ForkFile("check-outcomes", "tsv");

    private OutcomeTable() {}

    /** Adds one line and writes the table anew. */
    public static synchronized void note(String check, String server, Stance stance, String outcome) {
        if (LINES.add(String.join("\t", check, server, stance.word(), test(), outcome))) {
            FILE.write(LINES);
        }
    }

    /** Returns the outermost method of a test class on the stack, which is the test itself; a lambda's is the one it stands in. */
    private static String test() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(OutcomeTable::isOfATest)
                        .reduce((inner, outer) -> outer)
                        .map(frame -> LAMBDA.matcher(frame.getMethodName()).replaceFirst("$1"))
                        .orElse("-"));
    }

    private static boolean isOfATest(StackWalker.StackFrame frame) {
        return frame.getClassName().startsWith("dev.ronde.")
                && frame.getClassName().endsWith("Test");
    }
}
