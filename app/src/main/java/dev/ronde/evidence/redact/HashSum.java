package dev.ronde.evidence.redact;

import java.util.Set;

/** Hash sums, as evidence names what it looked at by them: one in some hundred holds digits that would pass for a card. */
final class HashSum {
    /** Hex digits of MD5, SHA-1, SHA-256, SHA-384 and SHA-512. */
    private static final Set<Integer> LENGTHS = Set.of(32, 40, 64, 96, 128);

    private static final int LONGEST = 128;

    private HashSum() {}

    /** Whether the part lies inside a lower-case hex hash and is not the whole of it. */
    static boolean covers(String text, int start, int end) {
        int first = start;
        while (first > 0 && start - first < LONGEST && isHex(text.charAt(first - 1))) {
            first--;
        }
        int last = end;
        while (last < text.length() && last - end < LONGEST && isHex(text.charAt(last))) {
            last++;
        }
        return last - first > end - start
                && LENGTHS.contains(last - first)
                && text.substring(start, end).chars().allMatch(character -> isHex((char) character))
                && !isWord(text, first - 1)
                && !isWord(text, last);
    }

    private static boolean isHex(char character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    private static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
}
