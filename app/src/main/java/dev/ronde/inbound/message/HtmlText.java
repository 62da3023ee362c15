package dev.ronde.inbound.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * The words of an HTML mail as plain text: one line for each block, {@link #QUOTED} for what is marked as quoted, a ruled line where a quote
 * begins of which nothing says where it ends, {@code --} before a signature. No style is read; what is struck out or hidden stands between
 * tildes, so that it is never taken for a command.
 */
final class HtmlText implements NodeVisitor {
    /** A line with it stands for a quoted passage; no text that arrives holds this character. */
    static final String QUOTED = "\u0018";

    /** What stands for a picture. */
    enum Pictures {
        NOTHING,
        /** What is said for it. */
        WORDS,
        /** Its number. */
        NUMBERS
    }

    private static final String BOXES = either(
            "[class*=%1$s], [id*=%1$s]",
            "gmail_quote",
            "mail-editor-reference-message",
            "ms-outlook-mobile-reference",
            "olk_src_body_section",
            "yahoo_quoted",
            "ymail_quoted",
            "protonmail_quote",
            "tutanota_quote",
            "zmail_extra");
    private static final String CITED =
            "blockquote[type=cite], blockquote[class*=quote], .moz-cite-prefix, .gmail_attr";
    private static final String BEGINS = "[id*=divrplyfwdmsg], [class*=stopspelling], [class*=ronde-reply-marker],"
            + " div[style~=(?i)border-top: ?solid]";
    private static final String SIGNATURES = "[class*=signature], [id*=signature]";
    private static final String DOUBTFUL = "s, strike, del, [hidden],"
            + " [style~=(?i)line-through|display: ?none|visibility: ?hidden|mso-hide|font-size: ?0(px|pt)?(;|$)]";

    private static final String PICTURE = "ronde-picture-";
    private static final Pattern EMBEDDED = Pattern.compile("cid:([^\"'\\s<>)]{1,250})");

    private final StringBuilder text = new StringBuilder();
    private final List<String> pictures = new ArrayList<>();
    private final Set<Element> cited;
    private final Set<Element> begins;
    private final Set<Element> signatures;
    private final Set<Element> doubtful;
    private final Pictures shown;
    private int quotes;
    private int verbatim;

    private HtmlText(Document page, Pictures shown) {
        this.cited = new HashSet<>(page.select(CITED));
        this.begins = new HashSet<>(page.select(BEGINS));
        this.signatures = new HashSet<>(page.select(SIGNATURES));
        this.doubtful = new HashSet<>(page.select(DOUBTFUL));
        this.shown = shown;
        for (Element box : page.select(BOXES)) {
            List<Element> inside = box.select("blockquote");
            (inside.isEmpty() ? begins : cited).addAll(inside.isEmpty() ? List.of(box) : inside);
        }
    }

    private static String either(String selector, String... names) {
        return List.of(names).stream().map(selector::formatted).collect(Collectors.joining(", "));
    }

    /** The text; empty where there are more tags than are looked at.
     *
     * @param pictures where a text part tells the same, programs differ in what they say for a picture */
    static Optional<String> read(String html, Pictures pictures) {
        return walked(html, pictures).map(walk -> walk.text.toString());
    }

    /** Pictures in quoted text or in a signature that are not also in what the writer wrote. */
    static Set<String> quotedPictures(String html) {
        Set<String> all = EMBEDDED.matcher(html.toLowerCase(Locale.ROOT))
                .results()
                .map(found -> contentId(found.group(1)))
                .collect(Collectors.toSet());
        if (!all.isEmpty()) {
            walked(html, Pictures.NUMBERS)
                    .ifPresent(walk -> QuoteCut.of(PlainText.lines(walk.text.toString())).lines().stream()
                            .takeWhile(line -> !line.strip().equals("--"))
                            .filter(line -> line.matches(PICTURE + "\\d{1,9}"))
                            .map(line -> Integer.parseInt(line.substring(PICTURE.length())))
                            .filter(number -> number < walk.pictures.size())
                            .forEach(number -> all.remove(walk.pictures.get(number))));
        }
        return all;
    }

    private static Optional<HtmlText> walked(String html, Pictures pictures) {
        if (html.chars().filter(unit -> unit == '<').limit(MailLimits.TAGS + 1L).count() > MailLimits.TAGS) {
            return Optional.empty();
        }
        Document page = Jsoup.parse(html);
        page.select("head, script, style, template, iframe, noembed, noframes").remove();
        HtmlText walk = new HtmlText(page, pictures);
        page.traverse(walk);
        return Optional.of(walk);
    }

    private static String contentId(String written) {
        return written.replace("%40", "@");
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode words) {
            append(verbatim > 0 ? words.getWholeText() : words.getWholeText().replace('\n', ' '));
        } else if (node instanceof Element element) {
            opened(element);
        }
    }

    private static boolean block(Element element) {
        return element.isBlock()
                && !element.normalName().equals("td")
                && !element.normalName().equals("th");
    }

    private void opened(Element element) {
        if (block(element)) {
            line();
        }
        if (begins.contains(element)) {
            alone("-----Original Message-----");
        } else if (signatures.contains(element)) {
            alone("-- ");
        }
        if (cited.contains(element)) {
            alone(QUOTED);
            quotes++;
        }
        if (doubtful.contains(element)) {
            append("~~");
        }
        switch (element.normalName()) {
            case "br" -> append("\n");
            case "pre", "textarea" -> verbatim++;
            case "input" -> append(" [ ] ");
            case "td", "th" -> append(" ");
            case "img" -> picture(element);
            default -> {}
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element) {
            if (doubtful.contains(element)) {
                append("~~");
            }
            quotes -= cited.contains(element) ? 1 : 0;
            if (block(element)) {
                line();
            }
            verbatim -=
                    element.normalName().equals("pre") || element.normalName().equals("textarea") ? 1 : 0;
        }
    }

    private void picture(Element image) {
        Matcher embedded = EMBEDDED.matcher(image.attr("src").toLowerCase(Locale.ROOT));
        if (shown == Pictures.WORDS) {
            append(image.attr("alt"));
        } else if (shown == Pictures.NUMBERS && embedded.find()) {
            alone(PICTURE + pictures.size());
            pictures.add(contentId(embedded.group(1)));
        }
    }

    private void alone(String words) {
        line();
        append(words + "\n");
    }

    private void line() {
        if (quotes == 0 && text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private void append(String words) {
        for (int at = 0; at < words.length() && quotes == 0; at++) {
            char unit = words.charAt(at);
            char last = text.length() == 0 ? '\n' : text.charAt(text.length() - 1);
            boolean blank = unit == ' ' || unit == '\t' || unit == '\r';
            if (!blank || (last != ' ' && last != '\n')) {
                text.append(blank ? ' ' : unit);
            }
        }
    }
}
