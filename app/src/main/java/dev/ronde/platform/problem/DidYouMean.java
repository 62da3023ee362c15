package dev.ronde.platform.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the known word somebody most likely meant: the nearest by edit distance (optimal string alignment, so that two swapped
 * letters count once), if it is near at all. Case, spaces and hyphens make no difference.
 */
public final class DidYouMean {
    private static final int FEW = 3;

    private DidYouMean() {}

    /** The nearest known word; of several equally near the first by alphabet; nothing where all are far. */
    public static Optional<String> nearest(String typed, Collection<String> known) {
        String wanted = plain(typed);
        return known.stream()
                .filter(word -> distance(wanted, plain(word)) <= limit(wanted, word))
                .min(Comparator.<String>comparingInt(word -> distance(wanted, plain(word)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The known word that differs by one letter or two swapped ones; the first by alphabet. */
    public static Optional<String> oneSlipFrom(String typed, Collection<String> known) {
        return known.stream()
                .filter(word -> distance(plain(typed), plain(word)) == 1)
                .min(Comparator.naturalOrder());
    }

    /** The question to put after a sentence, such as {@code "; did you mean 'scope'?"}; empty where all words are far. */
    public static String question(String typed, Collection<String> known) {
        return nearest(typed, known)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
    }

    /** Long words may differ in a third of their letters, short ones in half of them. */
    private static int limit(String wanted, String word) {
        int length = Math.min(wanted.length(), word.length());
        return Math.max(Math.min(FEW, length / 2), length / 3);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }

    private static int distance(String left, String right) {
        int[] beforeLast = new int[right.length() + 1];
        int[] last = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            last[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int[] row = new int[right.length() + 1];
            row[0] = line;
            for (int column = 1; column <= right.length(); column++) {
                boolean same = left.charAt(line - 1) == right.charAt(column - 1);
                row[column] = Math.min(last[column - 1] + (same ? 0 : 1), Math.min(last[column], row[column - 1]) + 1);
                if (line > 1
                        && column > 1
                        && left.charAt(line - 1) == right.charAt(column - 2)
                        && left.charAt(line - 2) == right.charAt(column - 1)) {
                    row[column] = Math.min(row[column], beforeLast[column - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[right.length()];
    }
}
