package dev.ronde.mail;

import dev.ronde.platform.resource.Templates;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renders the three parts of a mail from {@code templates/mail/<kind>/}: subject, text and HTML of one model. */
public final class MailWriter {
    private static final Logger log = LoggerFactory.getLogger(MailWriter.class);
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern TEXT = Pattern.compile("(?<=>)[^<]+(?=<)");

    private static final Pattern WHOLE =
            Pattern.compile("(?<![/\\w=-])(\\d{4}-\\d{2}-\\d{2}|REV-\\d{1,15}|W-\\d{1,15})\\b");
    private static final String MARKS = ";:?!»";
    private static final String ENDS = "<,.)";

    private final Templates templates;
    private final Map<String, String> unused = new ConcurrentHashMap<>();

    public MailWriter(Templates templates) {
        this.templates = templates;
    }

    /**
     * The rendered parts.
     *
     * @param text the text part, complete, lines ended by {@code \n}
     */
    public record Parts(String subject, String text, String html) {}

    /** Renders a mail in a language; strict: a word or a value that is missing is an error. Where that is so with templates of the
     * operator's own, the mail is written with the packaged ones: a typo must not keep back what people must know. */
    public Parts write(String kind, Locale locale, Map<String, Object> model) {
        unused.remove(kind);
        return withOwn(kind, used -> {
            String subject = subject(used, kind, locale, model);
            String text = used.render("mail/" + kind + "/body.txt.peb", locale, model);
            String html = used.render("mail/" + kind + "/body.html.peb", locale, model);
            return new Parts(subject, paragraphs(text), together(kept(locale, filled(html))));
        });
    }

    /** Kinds of mails that were last written with the packaged templates, because those of the operator's own failed, and why. */
    public Map<String, String> unused() {
        return new TreeMap<>(unused);
    }

    private <T> T withOwn(String kind, Function<Templates, T> work) {
        try {
            return work.apply(templates);
        } catch (RuntimeException e) {
            Templates packaged = templates.packaged().orElseThrow(() -> e);
            log.warn("mail/{} is written with the packaged templates, your own fail: {}", kind, e.getMessage());
            T written = work.apply(packaged);
            unused.put(kind, String.valueOf(e.getMessage()));
            return written;
        }
    }

    private static String paragraphs(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int empty = 0;
        for (String line : text.split("\n", -1)) {
            int end = line.length();
            while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
                end--;
            }
            empty = end == 0 ? empty + 1 : 0;
            if (empty < 2) {
                kept.append(line, 0, end).append('\n');
            }
        }
        return kept.toString().strip() + "\n";
    }

    /** Drops empty lines. */
    private static String filled(String html) {
        StringBuilder kept = new StringBuilder(html.length());
        for (String line : html.split("\n", -1)) {
            if (!line.isBlank()) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString().strip() + "\n";
    }

    public String subject(String kind, Locale locale, Map<String, Object> model) {
        return withOwn(kind, used -> subject(used, kind, locale, model));
    }

    private static String subject(Templates used, String kind, Locale locale, Map<String, Object> model) {
        String subject = used.render("mail/" + kind + "/subject.txt.peb", locale, model);
        return SPACES.matcher(subject).replaceAll(" ").strip();
    }

    /** Keeps dates and review refs on one line: mail programs break them at each hyphen. */
    private static String together(String html) {
        int body = html.indexOf("<body");
        if (body < 0) {
            return html;
        }
        StringBuilder out = new StringBuilder(html.length() + 512).append(html, 0, body);
        Matcher text = TEXT.matcher(html).region(body, html.length());
        int from = body;
        while (text.find()) {
            out.append(html, from, text.start());
            out.append(WHOLE.matcher(text.group()).replaceAll("<span class=\"whole\">$0</span>"));
            from = text.end();
        }
        return out.append(html, from, html.length()).toString();
    }

    /** French punctuation is set apart from its word but must not begin a line. */
    private static String kept(Locale locale, String html) {
        if (!locale.getLanguage().equals("fr")) {
            return html;
        }
        StringBuilder kept = new StringBuilder(html);
        for (int at = html.indexOf(' ', 1); at > 0 && at + 2 < html.length(); at = html.indexOf(' ', at + 1)) {
            char before = html.charAt(at - 1);
            boolean mark = MARKS.indexOf(html.charAt(at + 1)) >= 0
                    && (Character.isWhitespace(html.charAt(at + 2)) || ENDS.indexOf(html.charAt(at + 2)) >= 0)
                    && !Character.isWhitespace(before)
                    && before != '>';
            if (mark || before == '«') {
                kept.setCharAt(at, '\u00a0');
            }
        }
        return kept.toString();
    }
}
