package dev.ronde.mail.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody wrote in an HTML mail: one walk over the tags that stops at the first mark of a quoted mail. It builds no
 * tree, so that a million nested elements cost no more than their bytes.
 */
final class HtmlText {
    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "tr",
            "li",
            "table",
            "ul",
            "ol",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "pre",
            "hr",
            "center",
            "section",
            "article",
            "header",
            "footer",
            "dt",
            "dd",
            "body");
    private static final Set<String> UNSEEN = Set.of("script", "style", "head", "title", "template", "noscript");
    private static final Set<String> VOID = Set.of("br", "hr", "img", "meta", "link", "input", "base", "col", "wbr");

    private static final Pattern EMBEDDED = Pattern.compile("cid:([^\"'\\s<>)]{1,250})");
    /** Stands in the text for a picture, on a line of its own. */
    private static final String PICTURE = "ronde-picture-";

    /** Stands before and after text that is struck out; folding drops it. */
    static final char STRUCK = '\u001a';

    /** Longest entity, with its two signs. */
    private static final int ENTITY = 12;

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private int at;
    private String skipped = "";
    private int skippedDepth;
    private String struck = "";
    private int struckDepth;
    private boolean cut;
    private final List<String> pictures = new ArrayList<>();
    private final boolean marking;
    private final boolean signatures;

    /** @param marking whether a line stands for each picture
     * @param signatures whether signatures are read too */
    private HtmlText(String html, boolean marking, boolean signatures) {
        this.html = html;
        this.marking = marking;
        this.signatures = signatures;
    }

    /** What was read.
     *
     * @param text before the quote, a line for each block
     * @param cut whether there are more tags than are looked at */
    record Read(String text, boolean cut) {}

    /** The visible text before the quote; what is struck out in it stands between two {@link #STRUCK}.
     *
     * @param signatures whether signatures are read too */
    static Read read(String html, boolean signatures) {
        HtmlText walk = new HtmlText(html, false, signatures);
        walk.run();
        return new Read(walk.text.toString(), walk.cut);
    }

    /** The Content-IDs of the pictures that stand in what was quoted or in a signature, and not in what the writer wrote. */
    static Set<String> quotedPictures(String html) {
        Set<String> all = EMBEDDED.matcher(html.toLowerCase(Locale.ROOT))
                .results()
                .map(found -> contentId(found.group(1)))
                .collect(Collectors.toSet());
        if (!all.isEmpty()) {
            HtmlText walk = new HtmlText(html, true, false);
            walk.run();
            QuoteCut.written(PlainText.lines(walk.text.toString())).stream()
                    .filter(line -> line.matches(PICTURE + "\\d{1,9}"))
                    .map(line -> Integer.parseInt(line.substring(PICTURE.length())))
                    .filter(number -> number < walk.pictures.size())
                    .forEach(number -> all.remove(walk.pictures.get(number)));
        }
        return all;
    }

    private static String contentId(String written) {
        return written.replace("%40", "@");
    }

    private void run() {
        int tags = 0;
        while (at < html.length()) {
            int open = html.indexOf('<', at);
            int end = open < 0 ? html.length() : open;
            if (skipped.isEmpty()) {
                words(at, end);
            }
            if (open < 0) {
                return;
            }
            at = open;
            cut = ++tags > MailLimits.TAGS;
            if (!tag() || cut) {
                return;
            }
        }
    }

    /** Handles the tag at {@code at}; false where the quote begins. */
    private boolean tag() {
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 4);
            at = end < 0 ? html.length() : end + 3;
            return true;
        }
        if (!begins()) {
            if (skipped.isEmpty()) {
                text.append('<');
            }
            at++;
            return true;
        }
        int end = tagEnd();
        boolean closing = at + 1 < html.length() && html.charAt(at + 1) == '/';
        int nameAt = closing ? at + 2 : at + 1;
        int nameEnd = nameAt;
        while (nameEnd < end && Character.isLetterOrDigit(html.charAt(nameEnd))) {
            nameEnd++;
        }
        String name = html.substring(nameAt, nameEnd).toLowerCase(Locale.ROOT);
        String attributes = html.substring(nameEnd, Math.max(nameEnd, end)).toLowerCase(Locale.ROOT);
        at = Math.min(html.length(), end + 1);
        if (!skipped.isEmpty()) {
            leaveSkipped(name, closing, attributes);
            return true;
        }
        return closing ? closed(name) : opened(name, attributes);
    }

    /** Whether a tag begins at {@code at}, rather than a sign that stands for itself. */
    private boolean begins() {
        char next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
        return Character.isLetter(next) || next == '/' || next == '!' || next == '?';
    }

    /** The {@code >} of the tag, outside of quoted attribute values. */
    private int tagEnd() {
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

    private boolean closed(String name) {
        if (name.equals(struck) && --struckDepth == 0) {
            struck = "";
        }
        if (BLOCKS.contains(name)) {
            line();
        }
        return true;
    }

    private boolean opened(String name, String attributes) {
        QuoteMark mark = QuoteMark.of(name, attributes);
        if (mark == QuoteMark.HIDDEN || (mark == QuoteMark.SIGNATURE && !signatures) || UNSEEN.contains(name)) {
            skip(name);
            return true;
        }
        if (mark == QuoteMark.CITATION && text.toString().isBlank()) {
            skip(name);
            return true;
        }
        if (mark == QuoteMark.CITATION || mark == QuoteMark.QUOTE) {
            return false;
        }
        strike(name, attributes);
        if (name.equals("br")) {
            text.append('\n');
        } else if (marking && name.equals("img")) {
            picture(attributes);
        } else if (BLOCKS.contains(name)) {
            line();
        } else if (name.equals("td") || name.equals("th")) {
            text.append(' ');
        }
        return true;
    }

    private void picture(String attributes) {
        Matcher embedded = EMBEDDED.matcher(attributes);
        Optional<String> id = embedded.find() ? Optional.of(contentId(embedded.group(1))) : Optional.empty();
        id.ifPresent(found -> {
            line();
            text.append(PICTURE).append(pictures.size()).append('\n');
            pictures.add(found);
        });
    }

    /** Follows the outermost element that strikes out what is in it. */
    private void strike(String name, String attributes) {
        if (VOID.contains(name) || attributes.endsWith("/")) {
            return;
        }
        if (struck.isEmpty() && Looks.struck(name, attributes)) {
            struck = name;
            struckDepth = 1;
        } else if (name.equals(struck)) {
            struckDepth++;
        }
    }

    private void skip(String name) {
        if (!VOID.contains(name)) {
            skipped = name;
            skippedDepth = 1;
        }
    }

    private void leaveSkipped(String name, boolean closing, String attributes) {
        if (!name.equals(skipped) || attributes.endsWith("/")) {
            return;
        }
        skippedDepth += closing ? -1 : 1;
        if (skippedDepth == 0) {
            skipped = "";
            line();
        }
    }

    private void line() {
        if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private void words(int from, int to) {
        boolean marked = !struck.isEmpty() && !html.substring(from, to).isBlank();
        if (marked) {
            text.append(STRUCK);
        }
        append(html, from, to);
        if (marked) {
            text.append(STRUCK);
        }
    }

    /** Appends text of the page: entities resolved, white space made one blank. */
    private void append(String source, int from, int to) {
        int place = from;
        while (place < to) {
            char unit = source.charAt(place);
            if (unit == '&') {
                int semicolon =
                        source.substring(place, Math.min(to, place + ENTITY)).indexOf(';') + place;
                String named = semicolon > place ? HtmlEntities.resolve(source.substring(place + 1, semicolon)) : "";
                text.append(named.isEmpty() ? "&" : named);
                place = named.isEmpty() ? place + 1 : semicolon + 1;
                continue;
            }
            boolean blank = unit == ' ' || unit == '\n' || unit == '\r' || unit == '\t';
            char last = text.length() == 0 ? '\n' : text.charAt(text.length() - 1);
            if (!blank) {
                text.append(unit);
            } else if (last != ' ' && last != '\n') {
                text.append(' ');
            }
            place++;
        }
    }
}
