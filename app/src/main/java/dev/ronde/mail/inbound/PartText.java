package dev.ronde.mail.inbound;

import dev.ronde.mail.inbound.Against.Why;
import dev.ronde.platform.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the writer wrote in one part of a mail and those in it: of a mixture in all of them, one after the other; of alternatives in the first that
 * shows something, and the others must say the same.
 *
 * @param lines with their marks of what is struck out or may be unseen
 * @param signed the same with what is marked as a signature; mail programs do that in one part and not always in the other
 * @param quoted lines of a mail of ours that is quoted without marks, see {@link QuoteCut}
 * @param aside lines that are quoted from nobody knows where, see {@link QuoteCut}
 * @param blank whether the part is empty: that says nothing, while one that only shows nothing says something else than one that does
 * @param against why it can be read in two ways; absent where it cannot
 * @param cut whether there is more than is looked at
 * @param sealed whether some of it only its reader's key opens
 */
record PartText(
        List<String> lines,
        List<String> signed,
        List<String> quoted,
        List<String> aside,
        boolean blank,
        @Nullable Against against,
        boolean cut,
        boolean sealed) {
    private static final PartText NOTHING =
            new PartText(List.of(), List.of(), List.of(), List.of(), true, null, false, false);
    private static final Set<String> HTML =
            Set.of("text/html", "text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext");
    private static final Set<String> NOT_READ =
            Set.of("text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/css");

    /** Only the recipient's key opens these (RFC 8551, RFC 3156). */
    private static final Set<String> SEALED =
            Set.of("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime");

    private static final PartText UNREAD =
            new PartText(List.of(), List.of(), List.of(), List.of(), true, null, true, true);
    /** Some programs send all they seal as a file; it may also be a real file. */
    private static final PartText ENCLOSED =
            new PartText(List.of(), List.of(), List.of(), List.of(), true, null, false, true);

    private static final int COMPARED = 10_000;
    /** What only the text part shows: link targets, a mark for a picture, list numbers. */
    private static final Pattern ADDED = Pattern.compile(
            "<(?:mailto|https?|tel):[^<>]{0,2000}>"
                    + "|\\[(?:cid|image|inline image)\\b[^\\[\\]]{0,300}]|^\\s{0,9}\\d{1,3}[.)]\\s",
            Pattern.CASE_INSENSITIVE);
    /** A question mark at the end of a word changes its meaning. */
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}?]|\\?(?!\\s|$)");

    PartText {
        lines = List.copyOf(lines);
        signed = List.copyOf(signed);
        quoted = List.copyOf(quoted);
        aside = List.copyOf(aside);
    }

    static PartText of(byte[] raw, MimePart message, KnownStyles known) {
        return new Reader(raw, known).part(message, false);
    }

    static boolean tagged(MimePart part) {
        return HTML.contains(part.type());
    }

    private static final class Reader {
        private final byte[] raw;
        private final KnownStyles known;
        private int plain = MailLimits.TEXT;
        private int html = MailLimits.HTML;

        Reader(byte[] raw, KnownStyles known) {
            this.raw = raw;
            this.known = known;
        }

        /** @param chosen whether there is another part that shows the same */
        PartText part(MimePart part, boolean chosen) {
            if (SEALED.contains(part.type())) {
                return part.attached() ? ENCLOSED : UNREAD;
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
            String text = part.text(raw, plain);
            boolean cut = fills(part, text, plain);
            plain = Math.max(0, plain - text.length());
            List<String> lines = PlainText.lines(text);
            boolean flowed = part.contentType().parameter("format").orElse("").equalsIgnoreCase("flowed");
            boolean deleteSpace =
                    part.contentType().parameter("delsp").orElse("").equalsIgnoreCase("yes");
            boolean sealed = PlainText.sealed(lines);
            List<String> open = sealed ? PlainText.withoutSealed(lines) : lines;
            QuoteCut written = QuoteCut.of(flowed ? PlainText.flowed(open, deleteSpace) : open);
            Against struck = found(Why.STRUCK, written.lines(), Marks::strikes);
            return new PartText(
                    written.lines(),
                    written.lines(),
                    written.quoted(),
                    written.aside(),
                    text.isBlank(),
                    Against.first(struck, written.against()),
                    cut || sealed,
                    sealed);
        }

        private boolean fills(MimePart part, String text, int limit) {
            return 4L * text.length() >= limit && part.content(raw, limit).length >= limit;
        }

        private PartText html(MimePart part, boolean chosen) {
            String text = part.text(raw, html);
            boolean full = fills(part, text, html);
            html = Math.max(0, html - text.length());
            HtmlText.Read read = HtmlText.read(text, known, false, !chosen);
            List<String> lines = PlainText.lines(read.text());
            boolean sealed = PlainText.sealed(lines);
            QuoteCut shown = QuoteCut.of(PlainText.withoutSealed(lines));
            QuoteCut signed = QuoteCut.of(PlainText.withoutSealed(
                    PlainText.lines(HtmlText.read(text, known, true, !chosen).text())));
            Against struck = found(Why.STRUCK, shown.lines(), line -> Marks.strikes(line) || Marks.struck(line));
            Against unseen = found(Why.UNSEEN, shown.lines(), Marks::in);
            List<String> signature = new ArrayList<>(signed.lines());
            signature.removeAll(shown.lines());
            Against below = Retraction.first(signature)
                    .map(line -> Against.of(Why.BELOW, List.of(line)))
                    .orElse(null);
            Against against = Against.first(Against.first(struck, unseen), Against.first(shown.against(), below));
            return new PartText(
                    shown.lines(),
                    signed.lines(),
                    shown.quoted(),
                    shown.aside(),
                    text.isBlank(),
                    against,
                    full || read.cut() || sealed,
                    sealed);
        }
    }

    private static PartText mixture(List<PartText> parts) {
        return new PartText(
                parts.stream().flatMap(part -> part.lines().stream()).toList(),
                parts.stream().flatMap(part -> part.signed().stream()).toList(),
                parts.stream().flatMap(part -> part.quoted().stream()).toList(),
                parts.stream().flatMap(part -> part.aside().stream()).toList(),
                parts.stream().allMatch(PartText::blank),
                doubt(parts),
                parts.stream().anyMatch(PartText::cut),
                parts.stream().anyMatch(PartText::sealed));
    }

    private static @Nullable Against doubt(List<PartText> parts) {
        return parts.stream()
                .flatMap(part -> Optional.ofNullable(part.against()).stream())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Against found(Why why, List<String> lines, Predicate<String> speaks) {
        return lines.stream()
                .filter(speaks)
                .findFirst()
                .map(line -> Against.of(why, List.of(line)))
                .orElse(null);
    }

    private static PartText alternatives(List<PartText> parts) {
        PartText first = parts.stream()
                .filter(part -> !part.lines().isEmpty())
                .findFirst()
                .orElse(NOTHING);
        // what a part marks is seen only there
        PartText shown = parts.stream()
                .filter(part -> part.lines().stream().anyMatch(Marks::in))
                .findFirst()
                .orElse(first);
        Against differs = parts.stream()
                .filter(part -> !part.blank() && first.differs(part))
                .findFirst()
                .map(part -> first.unlike(part))
                .orElse(null);
        return new PartText(
                shown.lines(),
                shown.signed(),
                shown.quoted(),
                shown.aside(),
                parts.stream().allMatch(PartText::blank),
                Against.first(doubt(parts), differs),
                parts.stream().anyMatch(PartText::cut),
                parts.stream().anyMatch(PartText::sealed));
    }

    private boolean differs(PartText other) {
        String one = letters(lines);
        return !one.isEmpty() && !one.equals(letters(other.lines)) && !one.equals(letters(other.signed));
    }

    private Against unlike(PartText other) {
        List<String> more = lacking(other.lines, lines);
        return Against.of(Why.PARTS, more.isEmpty() ? lacking(lines, other.lines) : more);
    }

    private static List<String> lacking(List<String> lines, List<String> from) {
        Set<String> known = from.stream().map(Folding::line).collect(Collectors.toSet());
        return lines.stream()
                .filter(line -> !known.contains(Folding.line(Cut.to(line, COMPARED))))
                .toList();
    }

    /** What stays the same when a mail program converts one part into the other: no lines, marks or links. */
    private static String letters(List<String> lines) {
        StringBuilder letters = new StringBuilder();
        for (String line : lines) {
            String bare = ADDED.matcher(Cut.to(line, COMPARED)).replaceAll(" ");
            letters.append(NO_WORD.matcher(Folding.line(bare)).replaceAll(""));
            if (letters.length() > COMPARED) {
                return letters.substring(0, COMPARED);
            }
        }
        return letters.toString();
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
