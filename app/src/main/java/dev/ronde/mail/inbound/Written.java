package dev.ronde.mail.inbound;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What somebody wrote in a mail, without what they quoted.
 *
 * @param lines at most 8,000 characters
 * @param contradictory whether the text and the HTML part begin with different words
 * @param unread whether nothing was found and there was more than is looked at
 */
public record Written(List<String> lines, boolean contradictory, boolean unread) {
    /** Where nobody wrote anything. */
    static final Written NOTHING = new Written(List.of(), false, false);

    private static final int WRAPPED_FROM = 40;

    /** Copies the lines. */
    public Written {
        lines = List.copyOf(lines);
    }

    /** Reads the bodies of a message. */
    static Written of(byte[] raw, MimePart message) {
        List<MimePart> bodies = new ArrayList<>();
        collect(message, bodies);
        List<String> plain = new ArrayList<>();
        List<String> html = List.of();
        boolean cut = false;
        int budget = MailLimits.TEXT;
        for (MimePart body : bodies) {
            if (body.type().equals("text/html")) {
                HtmlText.Read read = HtmlText.read(html.isEmpty() ? body.text(raw, MailLimits.HTML) : "");
                html = html.isEmpty() ? QuoteCut.written(PlainText.lines(read.text())) : html;
                cut |= read.cut();
            } else if (budget > 0 && (body.type().equals("text/plain") || body.multipart())) {
                List<String> lines = fromPlain(body, body.text(raw, budget));
                budget -= lines.stream().mapToInt(String::length).sum();
                plain.addAll(lines);
            }
        }
        List<String> written = QuoteCut.written(plain);
        if (written.isEmpty()) {
            return new Written(limited(html), false, cut && html.isEmpty());
        }
        return new Written(limited(written), !html.isEmpty() && differ(written.get(0), html.get(0)), false);
    }

    /** The Content-IDs of the pictures of the HTML part that are not the writer's answer. */
    static Set<String> quotedPictures(byte[] raw, MimePart message) {
        List<MimePart> bodies = new ArrayList<>();
        collect(message, bodies);
        return bodies.stream()
                .filter(body -> body.type().equals("text/html"))
                .findFirst()
                .map(body -> HtmlText.quotedPictures(body.text(raw, MailLimits.HTML)))
                .orElse(Set.of());
    }

    /** The parts that are read: of alternatives all, of a mixture those that are not attached. */
    private static void collect(MimePart part, List<MimePart> bodies) {
        if (part.multipart() && !part.parts().isEmpty()) {
            part.parts().forEach(inner -> collect(inner, bodies));
        } else if (!part.attached()) {
            bodies.add(part);
        }
    }

    private static List<String> fromPlain(MimePart body, String text) {
        List<String> lines = PlainText.lines(text);
        boolean flowed = body.contentType().parameter("format").orElse("").equalsIgnoreCase("flowed");
        return flowed
                ? PlainText.flowed(
                        lines, body.contentType().parameter("delsp").orElse("").equalsIgnoreCase("yes"))
                : lines;
    }

    /** The same words may be wrapped differently: of a long line one may be the beginning of the other. */
    private static boolean differ(String plain, String html) {
        String one = letters(plain);
        String other = letters(html);
        boolean wrapped = Math.min(one.length(), other.length()) >= WRAPPED_FROM
                && (one.startsWith(other) || other.startsWith(one));
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other) && !wrapped;
    }

    private static String letters(String line) {
        return Folded.line(line.replaceAll("<mailto:[^>]*>", "")).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static List<String> limited(List<String> lines) {
        List<String> kept = new ArrayList<>();
        int room = MailLimits.COMMENT;
        for (String line : lines) {
            if (room <= 0) {
                break;
            }
            kept.add(Cut.to(line.stripTrailing(), room));
            room -= line.length() + 1;
        }
        return kept;
    }
}
