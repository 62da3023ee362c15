package dev.ronde.mail;

import dev.ronde.platform.resource.Templates;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Renders the three parts of a mail from {@code templates/mail/<kind>/}: subject, text and HTML of one model. */
public final class MailWriter {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern TRAILING = Pattern.compile("[ \t]+\n");
    private static final Pattern EMPTY_LINES = Pattern.compile("\n{3,}");
    private static final Pattern BLANK_LINES = Pattern.compile("\n\\s*\n+");
    private static final Pattern APART = Pattern.compile("(?<=[^\\s>]) (?=[;:?!»][\\s<,.)])");

    private final Templates templates;

    public MailWriter(Templates templates) {
        this.templates = templates;
    }

    /** The rendered parts.
     *
     * @param subject one line
     * @param text the text part, complete, lines ended by {@code \n} */
    public record Parts(String subject, String text, String html) {}

    /** Renders a mail in a language; strict: a word or a value that is missing is an error. */
    public Parts write(String kind, Locale locale, Map<String, Object> model) {
        String subject = subject(kind, locale, model);
        String text = templates.render("mail/" + kind + "/body.txt.peb", locale, model);
        String html = templates.render("mail/" + kind + "/body.html.peb", locale, model);
        return new Parts(
                subject,
                EMPTY_LINES
                                .matcher(TRAILING.matcher(text).replaceAll("\n"))
                                .replaceAll("\n\n")
                                .strip() + "\n",
                kept(locale, BLANK_LINES.matcher(html).replaceAll("\n").strip()) + "\n");
    }

    /** The subject alone, one line. */
    public String subject(String kind, Locale locale, Map<String, Object> model) {
        String subject = templates.render("mail/" + kind + "/subject.txt.peb", locale, model);
        return SPACES.matcher(subject).replaceAll(" ").strip();
    }

    /** French marks stand apart from their word, and no line may begin with one. */
    private static String kept(Locale locale, String html) {
        return locale.getLanguage().equals("fr")
                ? APART.matcher(html).replaceAll("\u00a0").replace("« ", "«\u00a0")
                : html;
    }
}
