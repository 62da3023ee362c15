package dev.ronde.mail.inbound;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Colours of text and of what it stands on, as 0xRRGGBB. */
final class Ink {
    static final int BLACK = 0;
    static final int WHITE = 0xFFFFFF;
    static final int UNKNOWN = -1;

    private static final Map<String, Integer> NAMES = Stream.of(("black 000000 white ffffff red ff0000 green 008000 "
                            + "blue 0000ff navy 000080 gray 808080 grey 808080 silver c0c0c0 maroon 800000 purple 800080 "
                            + "fuchsia ff00ff magenta ff00ff lime 00ff00 olive 808000 yellow ffff00 teal 008080 aqua 00ffff "
                            + "cyan 00ffff orange ffa500 brown a52a2a pink ffc0cb darkblue 00008b darkred 8b0000 "
                            + "darkgreen 006400 darkgray a9a9a9 darkgrey a9a9a9 dimgray 696969 dimgrey 696969 "
                            + "lightgray d3d3d3 lightgrey d3d3d3 gainsboro dcdcdc whitesmoke f5f5f5 snow fffafa "
                            + "ivory fffff0 ghostwhite f8f8ff windowtext 000000 auto 000000 initial 000000 "
                            + "canvastext 000000 window ffffff canvas ffffff")
                    .split("(?<=[0-9a-f]{6}) "))
            .map(pair -> pair.split(" "))
            .collect(Collectors.toMap(pair -> pair[0], pair -> Integer.parseInt(pair[1], 16)));
    private static final Set<String> SAME = Set.of("inherit", "unset", "revert", "revert-layer", "currentcolor");

    private static final Pattern FUNCTION = Pattern.compile(
            "rgba?\\(\\s*+(\\d{1,3})(?:\\s*+,\\s*+|\\s++)(\\d{1,3})(?:\\s*+,\\s*+|\\s++)(\\d{1,3})\\s*+(?:[,/]\\s*+(\\d?\\.?\\d++)(%)?+\\s*+)?+\\)");
    private static final Pattern PIECE = Pattern.compile("#[0-9a-f]+|[a-z-]+\\([^)]*\\)?|[a-z-]+");
    private static final double FAINT = 0.3;
    /** Below this contrast nobody can tell two colours apart; 1 is equal, 21 is black on white (WCAG 2.1). */
    private static final double CONTRAST = 1.25;

    private static final double[] LINEAR =
            IntStream.range(0, 256).mapToDouble(Ink::linear).toArray();

    private Ink() {}

    /** The colour of text.
     *
     * @return null where it stays what it is */
    static @Nullable Integer of(String written) {
        String value = written.strip();
        if (value.isEmpty() || SAME.contains(value)) {
            return null;
        }
        Matcher function = FUNCTION.matcher(value);
        if (function.matches()) {
            return faint(function) ? UNKNOWN : rgb(function);
        }
        String digits = value.startsWith("#") ? value.substring(1) : value;
        if (digits.matches("[0-9a-f]{8}")) {
            boolean faint = Integer.parseInt(digits.substring(6), 16) < 255 * FAINT;
            return faint ? UNKNOWN : Integer.parseInt(digits.substring(0, 6), 16);
        }
        if (digits.matches("[0-9a-f]{6}")) {
            return Integer.parseInt(digits, 16);
        }
        if (digits.matches("[0-9a-f]{3}")) {
            return Integer.parseInt(digits.replaceAll("(.)", "$1$1"), 16);
        }
        return NAMES.getOrDefault(value, UNKNOWN);
    }

    /** The colour text stands on, the first in the value of {@code background}; a picture has none.
     *
     * @return null where it stays what it is */
    static @Nullable Integer ground(String written) {
        Matcher piece = PIECE.matcher(written.strip());
        while (piece.find()) {
            String value = piece.group();
            Matcher function = FUNCTION.matcher(value);
            if (value.startsWith("#") || NAMES.containsKey(value)) {
                return of(value);
            }
            if (function.matches()) {
                return faint(function) ? null : Integer.valueOf(rgb(function));
            }
            if (value.contains("(") && !value.startsWith("url(")) {
                return UNKNOWN;
            }
        }
        return null;
    }

    private static boolean faint(Matcher function) {
        return function.group(4) != null
                && Double.parseDouble(function.group(4)) / (function.group(5) == null ? 1 : 100) < FAINT;
    }

    private static int rgb(Matcher function) {
        return part(function, 1) << 16 | part(function, 2) << 8 | part(function, 3);
    }

    private static int part(Matcher function, int group) {
        return Math.min(255, Integer.parseInt(function.group(group)));
    }

    /** Also true if a colour is unknown. */
    static boolean lost(int ink, int ground) {
        if (ink == UNKNOWN || ground == UNKNOWN) {
            return true;
        }
        double one = luminance(ink) + 0.05;
        double other = luminance(ground) + 0.05;
        return Math.max(one, other) / Math.min(one, other) < CONTRAST;
    }

    private static double luminance(int colour) {
        return 0.2126 * LINEAR[colour >> 16] + 0.7152 * LINEAR[colour >> 8 & 255] + 0.0722 * LINEAR[colour & 255];
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.03928 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
