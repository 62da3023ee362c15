package dev.ronde.mail.inbound;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What somebody wrote in a mail, without what they quoted.
 *
 * @param lines at most 8,000 characters
 * @param contradictory whether the text and the HTML part show different words, words are struck out, or a reader may not see them
 * @param unread whether nothing was found and there was more than is looked at
 */
public record Written(List<String> lines, boolean contradictory, boolean unread) {
    /** Where nobody wrote anything. */
    static final Written NOTHING = new Written(List.of(), false, false);

    /** Letters of an answer that are compared. */
    private static final int COMPARED = 4_000;
    /** What only the text part shows: where links lead, that there is a picture, numbers of a list. */
    private static final Pattern ADDED = Pattern.compile(
            "<(?:mailto|https?|tel):[^<>]{0,2000}>"
                    + "|\\[(?:cid|image|inline image)\\b[^\\[\\]]{0,300}]|^\\s{0,9}\\d{1,3}[.)]\\s",
            Pattern.CASE_INSENSITIVE);
    /** A question mark at the end of a word turns its meaning. */
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}?]|\\?(?!\\s|$)");

    /** Copies the lines. */
    public Written {
        lines = List.copyOf(lines);
    }

    /** Reads the bodies of a message. */
    static Written of(byte[] raw, MimePart message) {
        List<MimePart> bodies = new ArrayList<>();
        collect(message, bodies);
        List<String> plain = new ArrayList<>();
        String html = "";
        int budget = MailLimits.TEXT;
        for (MimePart body : bodies) {
            if (body.type().equals("text/html")) {
                html = html + body.text(raw, Math.max(0, MailLimits.HTML - html.length()));
            } else if (budget > 0 && (body.type().equals("text/plain") || body.multipart())) {
                List<String> lines = fromPlain(body, body.text(raw, budget));
                budget -= lines.stream().mapToInt(String::length).sum();
                plain.addAll(lines);
            }
        }
        HtmlText.Read read = HtmlText.read(html, false);
        QuoteCut shownCut = QuoteCut.of(PlainText.lines(read.text()));
        QuoteCut writtenCut = QuoteCut.of(plain);
        List<String> shown = shownCut.lines();
        List<String> written = writtenCut.lines();
        if (shown.stream().anyMatch(Written::doubtful)) {
            return new Written(limited(shown.stream().map(Written::marked).toList()), true, false);
        }
        boolean struck = shownCut.doubtful()
                || writtenCut.doubtful()
                || written.stream().anyMatch(Strikes::in)
                || shown.stream().anyMatch(Strikes::in);
        if (written.isEmpty()) {
            return new Written(limited(shown), struck, read.cut() && shown.isEmpty());
        }
        return new Written(limited(written), struck || differ(written, shown, html), false);
    }

    private static boolean doubtful(String line) {
        return line.indexOf(HtmlText.STRUCK) >= 0 || line.indexOf(HtmlText.UNSURE) >= 0;
    }

    /** Marks what is struck out as people do where they write without a pen. */
    private static String marked(String line) {
        return line.replace(String.valueOf(HtmlText.STRUCK), "~~").replace(String.valueOf(HtmlText.UNSURE), "");
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

    /** Whether the two parts show different words; mail programs mark a signature in the one and not always in the other. A part that shows
     * nothing says something else than one that does; a part that is not there says nothing. */
    private static boolean differ(List<String> plain, List<String> shown, String html) {
        String one = letters(plain);
        if (html.isBlank() || one.isEmpty() || one.equals(letters(shown))) {
            return false;
        }
        List<String> signed =
                QuoteCut.of(PlainText.lines(HtmlText.read(html, true).text())).lines();
        return !one.equals(letters(signed));
    }

    /** What is the same however a mail program turns the one part into the other: not its lines, its marks, its links. */
    private static String letters(List<String> lines) {
        StringBuilder letters = new StringBuilder();
        for (String line : lines) {
            String bare = ADDED.matcher(Cut.to(line, COMPARED)).replaceAll(" ");
            letters.append(NO_WORD.matcher(Folded.line(bare)).replaceAll(""));
            if (letters.length() > COMPARED) {
                return letters.substring(0, COMPARED);
            }
        }
        return letters.toString();
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
