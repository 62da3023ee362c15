package dev.ronde.catalogue;

import dev.ronde.platform.text.Cut;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text that people read may hold. Control, format, private and surrogate characters hide, reorder or break what is shown, and
 * some databases cannot store them at all.
 */
final class ReadableText {
    private static final Pattern HOSTILE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]");
    private static final Pattern LAYOUT = Pattern.compile("[\\n\\t]");

    private ReadableText() {}

    static Optional<String> fault(String text) {
        Matcher hostile = HOSTILE.matcher(text);
        if (!hostile.find()) {
            return Optional.empty();
        }
        return Optional.of(
                hostile.group().equals("\n")
                        ? "a line break; fold the text with >-"
                        : String.format(
                                "the invisible character U+%04X",
                                hostile.group().codePointAt(0)));
    }

    static Optional<String> faultOfLines(String text) {
        return fault(LAYOUT.matcher(text).replaceAll(" "));
    }

    /** Replaces hostile characters and cuts the text to {@code most} characters. */
    static String cleaned(String text, int most) {
        String cut = Cut.marked(text, most + 1);
        return HOSTILE.matcher(LAYOUT.matcher(cut).replaceAll(" ")).replaceAll("\uFFFD");
    }
}
