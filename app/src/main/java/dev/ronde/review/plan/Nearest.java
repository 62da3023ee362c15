package dev.ronde.review.plan;

/** Finds the word somebody meant. */
final class Nearest {

    private static final int FARTHEST = 3;

    private Nearest() {}

    /** " (did you mean 'x'?)" for the known word within three edits, or nothing. */
    static String hint(String word, String... known) {
        String best = "";
        int bestDistance = FARTHEST + 1;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < bestDistance && distance < candidate.length()) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? "" : " (did you mean '" + best + "'?)";
    }

    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                current[column] = Math.min(
                        Math.min(previous[column] + 1, current[column - 1] + 1), previous[column - 1] + change);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
