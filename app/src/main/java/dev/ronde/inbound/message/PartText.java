package dev.ronde.inbound.message;

import dev.ronde.inbound.message.BodyText.Clarity;
import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the writer wrote in one part of a mail and those in it: of a mixture in all of them, one after the other; of alternatives in the first that
 * shows something, and the others must say the same.
 *
 * @param blank whether the part is empty: that says nothing, while one that only shows nothing says something else than one that does
 */
record PartText(boolean blank, BodyText text) {
    private static final PartText NOTHING = unread(Clarity.CLEAR);

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

    private static PartText unread(Clarity clarity) {
        return new PartText(true, new BodyText(List.of(), List.of(), clarity));
    }

    private List<String> lines() {
        return text.lines();
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
                return unread(Clarity.SEALED);
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
                    .orElse(unread(Clarity.TOO_LONG));
        }

        private static PartText read(String text, List<String> lines, boolean cut) {
            QuoteCut written = QuoteCut.of(lines);
            Clarity clarity = PlainText.sealed(written.lines())
                    ? Clarity.SEALED
                    : cut ? Clarity.TOO_LONG : written.mixed() ? Clarity.TWO_WAYS : Clarity.CLEAR;
            return new PartText(text.isBlank(), new BodyText(written.lines(), written.quoted(), clarity));
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
        String words = first.map(part -> letters(part.lines())).orElse("");
        boolean differ = !words.isEmpty()
                && parts.stream()
                        .anyMatch(
                                part -> !part.blank() && !letters(part.lines()).equals(words));
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

    private static PartText all(List<PartText> parts, List<String> lines, boolean differ) {
        Clarity clarity = Stream.concat(
                        Stream.of(differ ? Clarity.TWO_WAYS : Clarity.CLEAR),
                        parts.stream().map(part -> part.text.clarity()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new PartText(
                parts.stream().allMatch(PartText::blank),
                new BodyText(
                        lines,
                        parts.stream()
                                .flatMap(part -> part.text.quoted().stream())
                                .toList(),
                        clarity));
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
