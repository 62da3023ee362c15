package dev.ronde.evidence.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One thing that may not be kept: where it may stand, and whether it really is one.
 *
 * @param name what replaces it, as {@code «redacted:name»}
 * @param pattern a linear pattern (RE2); group 1, where there is one, is the part to replace
 * @param real second look at the part
 * @param unlessBehind what stands right before a part that is none after all; null for nothing
 */
record Rule(
        String name,
        Pattern pattern,
        Predicate<Matcher> real,
        @Nullable Pattern unlessBehind) {
    /** The mark of something taken out, with the piece of a hash that snapshots add. */
    static final Pattern TAKEN_OUT = Pattern.compile("«(?:redacted|dropped):[a-z-]+»(?: #[0-9a-f]{8})?");

    /** How far back {@link #unlessBehind} looks, in characters. */
    private static final int BEHIND = 32;

    Rule(String name, Pattern pattern, Predicate<Matcher> real) {
        this(name, pattern, real, null);
    }

    static Rule of(String name, String regex) {
        return new Rule(name, Pattern.compile(regex), matcher -> true);
    }

    static Rule of(String name, String regex, Predicate<String> real) {
        Pattern pattern = Pattern.compile(regex);
        return new Rule(name, pattern, matcher -> real.test(part(matcher)));
    }

    String apply(String text, Map<String, Integer> counts) {
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        int copied = 0;
        StringBuilder out = null;
        while (from <= text.length() && matcher.find(from)) {
            int group = matcher.groupCount() > 0 && matcher.group(1) != null ? 1 : 0;
            if (real.test(matcher) && isHit(text, matcher.start(group), matcher.end(group))) {
                out = out == null ? new StringBuilder() : out;
                out.append(text, copied, matcher.start(group))
                        .append("«redacted:")
                        .append(name)
                        .append('»');
                copied = matcher.end(group);
                counts.merge(name, 1, Integer::sum);
                from = Math.max(copied, from + 1);
            } else {
                from = next(text, matcher.start(), matcher.end());
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    /** False for a part that is in a hash sum, was taken out before, or is named as something else just before. */
    private boolean isHit(String text, int start, int end) {
        String part = text.substring(start, end);
        return !HashSum.covers(text, start, end)
                && !(part.indexOf('«') >= 0
                        && TAKEN_OUT.matcher(part).replaceAll("").isBlank())
                && (unlessBehind == null
                        || !unlessBehind
                                .matcher(text.substring(Math.max(0, start - BEHIND), start))
                                .find());
    }

    /** Continues after the first word of a miss, since a hit may begin inside it; never word by word in a long run. */
    private static int next(String text, int start, int end) {
        int at = start;
        while (at < end && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return Math.max(at, start + 1);
    }

    private static String part(Matcher matcher) {
        String group = matcher.groupCount() > 0 ? matcher.group(1) : null;
        return group == null ? matcher.group() : group;
    }
}
