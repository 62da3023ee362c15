package dev.ronde.inbound.message;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells what somebody wrote from what they quoted. A quote that is marked line by line and introduced by a line about who wrote it ends with its marks;
 * any other one reaches to the end, and its lines have to be compared with what was sent.
 *
 * @param lines the writer wrote, without empty ones at either end
 * @param quoted lines of which only a comparison tells whether somebody wrote between them; without marks
 * @param mixed whether the writer's lines stand between those of a quote
 */
record QuoteCut(List<String> lines, List<String> quoted, boolean mixed) {
    /** {@code >50 ms} is a measurement, not a quote. */
    private static final Pattern MORE_THAN = Pattern.compile(">=? ?\\d.*");

    QuoteCut {
        lines = List.copyOf(lines);
        quoted = List.copyOf(quoted);
    }

    static QuoteCut of(List<String> all) {
        List<String> lines = all.stream().map(QuoteCut::emptied).toList();
        List<String> own = new ArrayList<>();
        List<String> quoted = new ArrayList<>();
        boolean mixed = false;
        int below = -1;
        int at = 0;
        while (at < lines.size()) {
            int introduced = QuoteIntro.end(lines, at);
            int first = introduced < 0 ? at : next(lines, introduced + 1);
            if (marked(lines, first) && (introduced >= 0 || first == at)) {
                mixed |= below >= 0 && told(own.subList(below, own.size()));
                below = own.size();
                at = first;
                while (at < lines.size() && (lines.get(at).isEmpty() || marked(lines, at))) {
                    if (introduced < 0 && !lines.get(at).equals(HtmlText.QUOTED)) {
                        quoted.add(lines.get(at).replaceFirst("^[> ]+", ""));
                    }
                    at++;
                }
            } else if (introduced >= 0 || QuoteIntro.ofHeaders(lines, at)) {
                mixed |= below >= 0 && told(own.subList(below, own.size()));
                quoted.addAll(lines.subList(Math.max(at, introduced + 1), lines.size()));
                at = lines.size();
            } else {
                own.add(lines.get(at++));
            }
        }
        return new QuoteCut(trimmed(own), quoted, mixed);
    }

    /** HTML mails write an empty line as no-break spaces. */
    private static String emptied(String line) {
        return line.replace('\u00a0', ' ').isBlank() ? "" : line;
    }

    private static int next(List<String> lines, int from) {
        int at = from;
        while (at < lines.size() && lines.get(at).isEmpty()) {
            at++;
        }
        return at;
    }

    private static boolean marked(List<String> lines, int at) {
        if (at >= lines.size()) {
            return false;
        }
        String line = lines.get(at);
        boolean next = at + 1 < lines.size() && lines.get(at + 1).startsWith(">");
        return line.equals(HtmlText.QUOTED)
                || (line.startsWith(">") && (next || !MORE_THAN.matcher(line).matches()));
    }

    private static boolean told(List<String> lines) {
        return lines.stream().anyMatch(line -> !line.isEmpty());
    }

    private static List<String> trimmed(List<String> lines) {
        int from = 0;
        int end = lines.size();
        while (from < end && lines.get(from).isEmpty()) {
            from++;
        }
        while (end > from && lines.get(end - 1).isEmpty()) {
            end--;
        }
        return lines.subList(from, end);
    }
}
