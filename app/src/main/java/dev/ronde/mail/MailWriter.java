package dev.ronde.mail;

import dev.ronde.platform.resource.Templates;
import java.util.Locale;
import java.util.Map;

/** Renders the three parts of a mail from {@code templates/mail/<kind>/}: subject, text and HTML of one model. */
public final class MailWriter {
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
        String subject = templates.render("mail/" + kind + "/subject.txt.peb", locale, model);
        String text = templates.render("mail/" + kind + "/body.txt.peb", locale, model);
        String html = templates.render("mail/" + kind + "/body.html.peb", locale, model);
        return new Parts(
                subject.replaceAll("\\s+", " ").strip(),
                text.replaceAll("[ \t]+\n", "\n").replaceAll("\n{3,}", "\n\n").strip() + "\n",
                html.replaceAll("\n\\s*\n+", "\n").strip() + "\n");
    }
}
