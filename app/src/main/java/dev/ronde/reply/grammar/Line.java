package dev.ronde.reply.grammar;

import dev.ronde.mail.inbound.Folding;
import dev.ronde.platform.text.Cut;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of an answer with what stands beside and below its word. */
final class Line {
    static final int LONGEST = 500;

    static final Pattern SEPARATOR = Pattern.compile("[:,;.!\\-\\u2010-\\u2015]");

    private Line() {}

    /** The folded comment after the separator; empty where none is needed, absent where the line is no command. */
    static Optional<String> afterSeparator(String after) {
        String bare = after.strip();
        if (bare.isEmpty()) {
            return Optional.of("");
        }
        boolean spacedDash = after.startsWith(" -") && bare.startsWith("-");
        if (":,;.!".indexOf(bare.charAt(0)) < 0 && !spacedDash && !after.startsWith("-")) {
            return Optional.empty();
        }
        return bare.startsWith("-") && !spacedDash && !after.startsWith("- ")
                ? Optional.empty()
                : Optional.of(bare.replaceFirst("^[:,;.!-]+", "").strip());
    }

    /** The comment in the person's own spelling: what stands after the first separator of the line. */
    static String afterWord(String line, String folded) {
        Matcher separator = SEPARATOR.matcher(line);
        while (separator.find()) {
            String tail = line.substring(separator.end()).strip();
            if (fold(tail).equals(folded)) {
                return tail;
            }
        }
        return folded;
    }

    static String rest(List<String> lines, int first, int end) {
        return String.join("\n", lines.subList(first + 1, end)).strip();
    }

    static String whole(String line, String rest) {
        return (line.strip() + "\n" + rest).strip();
    }

    static String shortened(String line) {
        return Cut.to(line, LONGEST);
    }

    static String fold(String line) {
        return Folding.line(Cut.to(line, 2 * LONGEST));
    }
}
