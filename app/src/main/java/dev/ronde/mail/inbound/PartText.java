package dev.ronde.mail.inbound;

import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the writer wrote in one part of a mail and those in it: of a mixture in all of them, one after the other; of alternatives in the first that
 * shows something, and the others must say the same.
 *
 * @param quoted lines to be compared with what was sent, see {@link QuoteCut}
 * @param blank whether the part is empty: that says nothing, while one that only shows nothing says something else than one that does
 * @param twoWays whether it can be read in two ways
 * @param cut whether there is more than is looked at
 * @param sealed whether some of it only its reader's key opens
 */
record PartText(List<String> lines, List<String> quoted, boolean blank, boolean twoWays, boolean cut, boolean sealed) {
    private static final PartText NOTHING = new PartText(List.of(), List.of(), true, false, false, false);
    private static final PartText SEALED = new PartText(List.of(), List.of(), true, false, false, true);
    private static final PartText UNREAD = new PartText(List.of(), List.of(), true, false, true, false);

    private static final Set<String> HTML =
            Set.of("text/html", "text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext");
    private static final Set<String> NOT_READ =
            Set.of("text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/css");

    /** Only the recipient's key opens these (RFC 8551, RFC 3156). */
    private static final Set<String> ENCRYPTED =
            Set.of("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime");

    private static final int COMPARED = 10_000;
    /** What only the text part shows: link targets, a mark for a picture, list numbers. */
    private static final Pattern ADDED = Pattern.compile(
            "<(?:mailto|https?|tel):[^<>]{0,2000}>"
                    + "|\\[(?:cid|image|inline image)\\b[^\\[\\]]{0,300}]|^\\s{0,9}\\d{1,3}[.)]\\s",
            Pattern.CASE_INSENSITIVE);
    /** A question mark at the end of a word changes its meaning. */
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}?~]|\\?(?!\\s|$)");

    /** A cross beside a word takes it back; folding drops it. */
    private static final Pattern SYMBOL = Pattern.compile("\\p{So}");

    PartText {
        lines = List.copyOf(lines);
        quoted = List.copyOf(quoted);
    }

    static PartText of(MimePart message) {
        return new Reader().part(message, false);
    }

    static boolean tagged(MimePart part) {
        return HTML.contains(part.type());
    }

    private static final class Reader {
        private int plain = MailLimits.TEXT;
        private int html = MailLimits.HTML;

        /** @param chosen whether there is another part that shows the same */
        PartText part(MimePart part, boolean chosen) {
            if (ENCRYPTED.contains(part.type())) {
                return SEALED;
            }
            if (part.multipart() && !part.parts().isEmpty()) {
                boolean choice = part.type().equals("multipart/alternative");
                List<PartText> inner = part.parts().stream()
                        .map(one -> part(one, chosen || (choice && part.parts().size() > 1)))
                        .toList();
                return choice ? alternatives(inner) : mixture(inner);
            }
            if (part.attached() || NOT_READ.contains(part.type())) {
                return NOTHING;
            }
            return tagged(part) ? html(part, chosen) : plain(part);
        }

        private PartText plain(MimePart part) {
            String text = part.text(plain);
            boolean cut = fills(part, text, plain);
            plain = Math.max(0, plain - text.length());
            List<String> lines = PlainText.lines(text);
            boolean flowed = part.contentType().parameter("format").orElse("").equalsIgnoreCase("flowed");
            boolean deleteSpace =
                    part.contentType().parameter("delsp").orElse("").equalsIgnoreCase("yes");
            return read(text, flowed ? PlainText.flowed(lines, deleteSpace) : lines, cut);
        }

        private PartText html(MimePart part, boolean chosen) {
            String text = part.text(html);
            boolean cut = fills(part, text, html);
            html = Math.max(0, html - text.length());
            return HtmlText.read(text, chosen ? HtmlText.Pictures.NOTHING : HtmlText.Pictures.WORDS)
                    .map(words -> read(text, PlainText.lines(words), cut))
                    .orElse(UNREAD);
        }

        private static PartText read(String text, List<String> lines, boolean cut) {
            QuoteCut written = QuoteCut.of(lines);
            return new PartText(
                    written.lines(),
                    written.quoted(),
                    text.isBlank(),
                    written.mixed(),
                    cut,
                    PlainText.sealed(written.lines()));
        }

        private boolean fills(MimePart part, String text, int limit) {
            return 4L * text.length() >= limit && part.content(limit).length >= limit;
        }
    }

    private static PartText mixture(List<PartText> parts) {
        return all(parts, parts.stream().flatMap(part -> part.lines().stream()).toList(), false);
    }

    private static PartText alternatives(List<PartText> parts) {
        Optional<PartText> first =
                parts.stream().filter(part -> !part.lines().isEmpty()).findFirst();
        String words = first.map(part -> letters(part.lines)).orElse("");
        boolean differ = !words.isEmpty()
                && parts.stream()
                        .anyMatch(part -> !part.blank() && !letters(part.lines).equals(words));
        // which lines are a signature, often only one of the parts tells
        List<String> lines = parts.stream()
                .filter(part ->
                        part.lines().stream().anyMatch(line -> line.strip().equals("--")))
                .findFirst()
                .or(() -> first)
                .orElse(NOTHING)
                .lines();
        return all(parts, lines, differ);
    }

    private static PartText all(List<PartText> parts, List<String> lines, boolean twoWays) {
        return new PartText(
                lines,
                parts.stream().flatMap(part -> part.quoted().stream()).toList(),
                parts.stream().allMatch(PartText::blank),
                twoWays || parts.stream().anyMatch(PartText::twoWays),
                parts.stream().anyMatch(PartText::cut),
                parts.stream().anyMatch(PartText::sealed));
    }

    /** What stays the same when a mail program converts one part into the other: no lines, marks or links. */
    private static String letters(List<String> lines) {
        StringBuilder letters = new StringBuilder();
        StringBuilder symbols = new StringBuilder();
        for (String line : lines) {
            String bare = ADDED.matcher(Cut.to(line, COMPARED)).replaceAll(" ");
            letters.append(NO_WORD.matcher(Folding.line(bare)).replaceAll(""));
            SYMBOL.matcher(bare).results().forEach(symbol -> symbols.append(symbol.group()));
            if (letters.length() > COMPARED) {
                letters.setLength(COMPARED);
                break;
            }
        }
        return letters.append(symbols).toString();
    }

    static List<MimePart> bodies(MimePart message) {
        List<MimePart> bodies = new ArrayList<>();
        collect(message, bodies);
        return bodies;
    }

    private static void collect(MimePart part, List<MimePart> bodies) {
        if (part.multipart() && !part.parts().isEmpty()) {
            part.parts().forEach(inner -> collect(inner, bodies));
        } else if (!part.attached()) {
            bodies.add(part);
        }
    }
}
