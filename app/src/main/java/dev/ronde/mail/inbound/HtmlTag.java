package dev.ronde.mail.inbound;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag as it is written.
 *
 * @param name in lower case
 * @param closing whether it ends an element
 * @param written what follows the name, in lower case
 * @param end the place after it
 */
record HtmlTag(String name, boolean closing, String written, int end) {
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([^\\s=/>\"']++)(?:\\s{0,9}+=\\s{0,9}+(\"[^\"]*+\"?|'[^']*+'?|[^\\s>]++))?+");

    static HtmlTag at(String html, int at) {
        int end = end(html, at);
        boolean closing = at + 1 < html.length() && html.charAt(at + 1) == '/';
        int nameAt = closing ? at + 2 : at + 1;
        int nameEnd = nameAt;
        while (nameEnd < end && Character.isLetterOrDigit(html.charAt(nameEnd))) {
            nameEnd++;
        }
        return new HtmlTag(
                html.substring(nameAt, nameEnd).toLowerCase(Locale.ROOT),
                closing,
                html.substring(nameEnd, Math.max(nameEnd, end)).toLowerCase(Locale.ROOT),
                Math.min(html.length(), end + 1));
    }

    private static int end(String html, int at) {
        char quote = 0;
        for (int place = at + 1; place < html.length(); place++) {
            char unit = html.charAt(place);
            if (quote != 0) {
                quote = unit == quote ? 0 : quote;
            } else if (unit == '>') {
                return place;
            } else if ((unit == '"' || unit == '\'') && html.charAt(place - 1) == '=') {
                quote = unit;
            }
        }
        return html.length();
    }

    /** Attributes in lower case, entities resolved; the first of two with one name counts. */
    Map<String, String> attributes() {
        if (written.isBlank()) {
            return Map.of();
        }
        Map<String, String> attributes = new HashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(written);
        while (attribute.find()) {
            String value = attribute.group(2) == null ? "" : attribute.group(2);
            boolean quoted = value.startsWith("\"") || value.startsWith("'");
            boolean closed = quoted && value.length() > 1 && value.endsWith(value.substring(0, 1));
            attributes.putIfAbsent(
                    attribute.group(1),
                    HtmlEntities.text(quoted ? value.substring(1, value.length() - (closed ? 1 : 0)) : value));
        }
        return attributes;
    }
}
