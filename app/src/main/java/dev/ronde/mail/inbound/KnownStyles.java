package dev.ronde.mail.inbound;

import dev.ronde.platform.resource.Overlay;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules in the style sheets of our own mails. Some programs keep them when they quote one, where they may say something about the
 * words above the quote as well.
 *
 * @param packaged of the layout that comes with the product, which hides nothing
 * @param own of the operator's templates, which may hide something
 */
public record KnownStyles(Set<String> packaged, Set<String> own) {
    private static final Pattern SPACED = Pattern.compile("[\\s;]+");
    private static final Pattern PEBBLE = Pattern.compile("\\{\\{.*?}}|\\{%.*?%}|\\{#.*?#}", Pattern.DOTALL);
    private static final String LAYOUT = "mail/layout.html.peb";

    public static final KnownStyles PACKAGED = of(Overlay.of("templates", null));

    public KnownStyles {
        packaged = Set.copyOf(packaged);
        own = Set.copyOf(own);
    }

    /** Styles of the templates in force: packaged ones replace an operator's templates that fail. */
    public static KnownStyles of(Overlay templates) {
        Set<String> own = new HashSet<>();
        templates.own("mail").stream()
                .filter(name -> name.endsWith(".peb"))
                .flatMap(name -> text(templates, name).stream())
                .forEach(page -> collect(PEBBLE.matcher(page).replaceAll(""), own));
        Set<String> packaged = new HashSet<>();
        collect(templates.packaged().text(LAYOUT).orElseThrow(), packaged);
        return new KnownStyles(packaged, own);
    }

    /** A template that cannot be read is not in force; the start and {@code ronde doctor} name it. */
    private static Optional<String> text(Overlay templates, String name) {
        try {
            return templates.text(name);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static void collect(String page, Set<String> rules) {
        for (String css : StyleSheet.sheets(page)) {
            StyleSheet.walk(css, (selectors, declarations) -> rules.add(rule(selectors + declarations)));
        }
    }

    /** Strips the layout, so that a rule compares equal however a program sets it. */
    private static String rule(String text) {
        return SPACED.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /** A known rule does nothing, unless it is the operator's own and hides something. */
    StyleSheet.Hint judged(String selectors, String declarations, StyleSheet.Hint hint) {
        String rule = rule(selectors + declarations);
        boolean harmless = packaged.contains(rule) || (own.contains(rule) && !hint.hides());
        return harmless ? StyleSheet.Hint.NONE : hint;
    }
}
