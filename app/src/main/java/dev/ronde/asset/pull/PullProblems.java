package dev.ronde.asset.pull;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one reading could not read: the first few in words, the rest as a number. */
final class PullProblems {
    private static final int MOST = 10;
    /** Units; ten of them and the number fit the column. */
    private static final int LONGEST = 380;

    private final List<String> first = new ArrayList<>();
    private int more;

    void add(String text) {
        if (first.size() < MOST) {
            first.add(Cut.marked(text, LONGEST));
        } else {
            more++;
        }
    }

    /** All of it as one text, null where there is none. */
    @Nullable
    String text() {
        if (first.isEmpty()) {
            return null;
        }
        return String.join("; ", first) + (more == 0 ? "" : "; and " + more + " more");
    }
}
