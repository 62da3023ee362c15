package dev.ronde.mail.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What somebody wrote in an HTML mail: one walk over the tags that leaves out what is marked as quoted. It builds no
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
    /** Elements that contain no tags and are not shown. */
    private static final Set<String> RAW = Set.of("script", "style", "title", "iframe", "noembed", "noframes");
    /** Elements that contain no tags and are shown. */
    private static final Set<String> TYPED = Set.of("textarea", "xmp");

    private static final int LOOKED_BACK = 800;

    private static final Set<String> VOID = Set.of("br", "hr", "img", "meta", "link", "input", "base", "col", "wbr");

    private static final Pattern EMBEDDED = Pattern.compile("cid:([^\"'\\s<>)]{1,250})");
    private static final String PICTURE = "ronde-picture-";

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private final StyleSheet sheet;
    private final OpenTags open = new OpenTags();
    private int at;
    private boolean cut;
    private final List<String> pictures = new ArrayList<>();
    private final boolean marking;
    private final boolean signatures;
    private final boolean described;

    /** @param marking whether a line stands for each picture
     * @param signatures whether signatures are read too
     * @param described whether pictures are read as what is said for them */
    private HtmlText(String html, KnownStyles known, boolean marking, boolean signatures, boolean described) {
        this.html = html;
        this.sheet = StyleSheet.of(html, known::judged);
        this.marking = marking;
        this.signatures = signatures;
        this.described = described;
    }

    /** What was read.
     *
     * @param text a line for each block, and for each quote
     * @param cut whether there are more tags than are looked at */
    record Read(String text, boolean cut) {}

    /** The visible text without what is marked as quoted; what is struck out in it stands between two {@link Marks#STRUCK}, what may be unseen behind {@link Marks#UNSURE}.
     *
     * @param signatures whether signatures are read too
     * @param described whether pictures are read as what is said for them: where a text part tells the same, programs differ in that */
    static Read read(String html, KnownStyles known, boolean signatures, boolean described) {
        HtmlText walk = new HtmlText(html, known, false, signatures, described);
        walk.run();
        return new Read(walk.text.toString(), walk.cut);
    }

    /** Pictures in quoted text or in a signature that are not also in what the writer wrote. */
    static Set<String> quotedPictures(String html, KnownStyles known) {
        Set<String> all = EMBEDDED.matcher(html.toLowerCase(Locale.ROOT))
                .results()
                .map(found -> contentId(found.group(1)))
                .collect(Collectors.toSet());
        if (!all.isEmpty()) {
            HtmlText walk = new HtmlText(html, known, true, false, false);
            walk.run();
            QuoteCut.of(PlainText.lines(walk.text.toString())).lines().stream()
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
            int next = html.indexOf('<', at);
            words(at, next < 0 ? html.length() : next);
            if (next < 0) {
                return;
            }
            at = next;
            cut = ++tags > MailLimits.TAGS;
            if (cut) {
                return;
            }
            tag();
            if (open.doubted() && !open.quoted()) {
                text.append(Marks.UNSURE);
            }
        }
    }

    private void tag() {
        if (html.startsWith("<!--", at)) {
            at = commentEnd();
            return;
        }
        if (!begins()) {
            words(at, at + 1);
            at++;
            return;
        }
        HtmlTag tag = HtmlTag.at(html, at);
        at = tag.end();
        if (tag.closing()) {
            closed(tag.name());
        } else {
            opened(tag);
        }
    }

    private int commentEnd() {
        if (html.startsWith(">", at + 4) || html.startsWith("->", at + 4)) {
            return html.indexOf('>', at) + 1;
        }
        int end = html.indexOf("-->", at + 4);
        int other = html.indexOf("--!>", at + 4);
        if (other >= 0 && (end < 0 || other < end)) {
            return other + 4;
        }
        return end < 0 ? html.length() : end + 3;
    }

    private boolean begins() {
        char next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
        return Character.isLetter(next) || next == '/' || next == '!' || next == '?';
    }

    private void closed(String name) {
        boolean boxed = open.sight().box() != Visibility.HIDDEN;
        boolean quoted = open.quoted();
        boolean unread = open.end(name) || quoted;
        if (!open.quoted() && open.sight().box() != Visibility.HIDDEN && (unread || (boxed && BLOCKS.contains(name)))) {
            line();
        }
    }

    private void opened(HtmlTag tag) {
        String name = tag.name();
        boolean block = BLOCKS.contains(name);
        open.before(name, block);
        TextStyle here = open.sight();
        if (RAW.contains(name) || TYPED.contains(name)) {
            raw(tag);
            return;
        }
        QuoteMark mark = here.box() == Visibility.HIDDEN ? QuoteMark.NONE : mark(tag);
        boolean unread = name.equals("template") || (mark == QuoteMark.SIGNATURE && !signatures);
        TextStyle inside = unread ? here.unread() : here.in(tag, sheet);
        boolean shown = inside.box() != Visibility.HIDDEN && !open.quoted();
        if (shown) {
            apart(tag, block);
            quote(mark);
        }
        if (VOID.contains(name)) {
            return;
        }
        if (mark == QuoteMark.CITATION || mark == QuoteMark.BOX) {
            open.quote(name, inside, mark == QuoteMark.BOX);
        } else {
            open.push(name, inside, unread);
        }
    }

    /** An indented passage counts as quoted inside a quote, or below a line that says who wrote it. */
    private QuoteMark mark(HtmlTag tag) {
        QuoteMark mark = QuoteMark.of(tag.name(), tag.written());
        if (mark != QuoteMark.INDENT) {
            return mark;
        }
        int from = Math.max(0, text.length() - LOOKED_BACK);
        return open.quoted()
                        || QuoteIntro.attributed(text.substring(from).lines().toList())
                ? QuoteMark.CITATION
                : QuoteMark.NONE;
    }

    private void quote(QuoteMark mark) {
        char sign = mark == QuoteMark.QUOTE ? Marks.BEGINS : Marks.QUOTED;
        if (mark == QuoteMark.CITATION || mark == QuoteMark.BOX || mark == QuoteMark.QUOTE) {
            line();
            text.append(sign).append('\n');
        }
    }

    private void raw(HtmlTag tag) {
        int from = at;
        at = rawEnd(tag.name());
        int end = html.lastIndexOf("</", at);
        if (TYPED.contains(tag.name()) && !open.quoted() && open.sight().seen() != Visibility.HIDDEN) {
            String typed = HtmlEntities.text(html.substring(from, end < from ? html.length() : end));
            if (!typed.isBlank()) {
                line();
                text.append(Marks.UNSURE).append(typed).append('\n');
            }
        }
    }

    private void apart(HtmlTag tag, boolean block) {
        if (tag.name().equals("br")) {
            text.append('\n');
        } else if (marking && tag.name().equals("img")) {
            picture(tag.written());
        } else if (described && tag.name().equals("img")) {
            append(tag.attributes().getOrDefault("alt", ""));
        } else if (tag.name().equals("input")) {
            field(tag.attributes());
        } else if (block) {
            line();
        } else if (tag.name().equals("td") || tag.name().equals("th")) {
            text.append(' ');
        }
    }

    private void field(Map<String, String> attributes) {
        String type = attributes.getOrDefault("type", "text");
        if (type.equals("checkbox") || type.equals("radio")) {
            text.append(attributes.containsKey("checked") ? '☑' : '☐');
        } else if (!type.equals("hidden")) {
            append(attributes.getOrDefault("value", ""));
        }
    }

    private int rawEnd(String name) {
        int end = at;
        do {
            end = html.indexOf("</", end);
            if (end < 0) {
                return html.length();
            }
            end += 2;
        } while (!html.regionMatches(true, end, name, 0, name.length()));
        return HtmlTag.at(html, end - 2).end();
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

    private void line() {
        if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private void words(int from, int to) {
        TextStyle sight = open.sight();
        Visibility seen = from < to && !open.quoted() ? sight.seen() : Visibility.HIDDEN;
        if (seen == Visibility.HIDDEN) {
            return;
        }
        String words = HtmlEntities.text(html.substring(from, to));
        boolean blank = (seen == Visibility.UNSURE || sight.struck())
                && Folding.line(words).isEmpty();
        if (!blank && seen == Visibility.UNSURE) {
            text.append(Marks.UNSURE);
        }
        if (!blank && sight.struck()) {
            text.append(Marks.STRUCK);
        }
        append(words);
        if (!blank && sight.struck()) {
            text.append(Marks.STRUCK);
        }
    }

    private void append(String words) {
        for (int place = 0; place < words.length(); place++) {
            char unit = words.charAt(place);
            boolean blank = unit == ' ' || unit == '\n' || unit == '\r' || unit == '\t';
            char last = text.length() == 0 ? '\n' : text.charAt(text.length() - 1);
            if (!blank) {
                text.append(unit);
            } else if (last != ' ' && last != '\n') {
                text.append(' ');
            }
        }
    }
}
