package dev.ronde.inbound.message;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of a plain text part; flowed ones (RFC 3676) are joined again. */
final class PlainText {
    private static final Pattern ARMOR = Pattern.compile("-----BEGIN PGP (SIGNED )?MESSAGE-----.*");

    private PlainText() {}

    /** Whether it contains a block that only the recipient's key opens, or whose frame hides what was written (RFC 9580 6.2, 7). */
    static boolean sealed(List<String> lines) {
        return lines.stream().anyMatch(line -> ARMOR.matcher(line.strip()).matches());
    }

    static List<String> lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').lines().toList();
    }

    /** @param deleteSpace whether the blank that marks a soft break is not part of the text ({@code DelSp=yes}) */
    static List<String> flowed(List<String> lines, boolean deleteSpace) {
        List<String> joined = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        int depth = 0;
        boolean open = false;
        for (String line : lines) {
            int quotes = 0;
            while (quotes < line.length() && line.charAt(quotes) == '>') {
                quotes++;
            }
            String content = line.substring(quotes);
            if (quotes > 0 && content.startsWith(" ")) {
                content = content.substring(1);
            } else if (quotes == 0 && content.startsWith(" ")) {
                content = content.substring(1);
            }
            boolean separator = content.equals("-- ");
            if (open && (quotes != depth || separator)) {
                joined.add(paragraph.toString());
                paragraph.setLength(0);
                open = false;
            }
            if (!open && quotes > 0) {
                paragraph.append(">".repeat(quotes)).append(' ');
            }
            depth = quotes;
            boolean soft = content.endsWith(" ") && !separator;
            paragraph.append(soft && deleteSpace ? content.substring(0, content.length() - 1) : content);
            open = soft;
            if (!soft) {
                joined.add(paragraph.toString());
                paragraph.setLength(0);
            }
        }
        if (open) {
            joined.add(paragraph.toString());
        }
        return joined;
    }
}
