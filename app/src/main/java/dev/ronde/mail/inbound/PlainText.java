package dev.ronde.mail.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The lines of a plain text part; flowed ones (RFC 3676) are joined again. */
final class PlainText {
    private static final String SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String SIGNATURE_END = "-----END PGP SIGNATURE-----";

    private static final Pattern HEADER = Pattern.compile("(Hash|Charset|Version|Comment|MessageID): .{0,200}");

    private static final String SEALED = "-----BEGIN PGP MESSAGE-----";

    private PlainText() {}

    /** Whether it contains a block that only the recipient's key opens (RFC 9580 6.2). */
    static boolean sealed(List<String> lines) {
        return lines.stream().anyMatch(line -> line.strip().startsWith(SEALED));
    }

    static List<String> lines(String text) {
        List<String> lines =
                text.replace("\r\n", "\n").replace('\r', '\n').lines().toList();
        return lines.contains(SIGNED) ? withoutArmor(lines) : lines;
    }

    /** The clear-signed text (RFC 9580 7) without frame, headers, signature and escapes. */
    private static List<String> withoutArmor(List<String> lines) {
        List<String> kept = new ArrayList<>();
        boolean headers = false;
        boolean signed = false;
        boolean signature = false;
        for (String line : lines) {
            if (line.equals(SIGNED)) {
                headers = true;
            } else if (line.equals(SIGNATURE)) {
                signature = true;
                signed = false;
            } else if (headers && (line.isEmpty() || HEADER.matcher(line).matches())) {
                headers = !line.isEmpty();
                signed = !headers;
            } else if (signature) {
                signature = !line.equals(SIGNATURE_END);
            } else {
                signed |= headers;
                headers = false;
                kept.add(signed && line.startsWith("- ") ? line.substring(2) : line);
            }
        }
        return kept;
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
