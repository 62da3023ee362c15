package dev.ronde.platform.resource;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every word a person reads, in English and French, from {@code templates/web/i18n/<feature>_<language>.properties}. A key that is
 * missing is an error, never another language. The locale {@code qps} is the pseudo-locale: each message in ⟦…⟧, for tests.
 */
public final class Messages {
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.FRENCH);
    /** Pseudo-locale that shows untranslated text. */
    public static final Locale PSEUDO = Locale.forLanguageTag("qps");

    private final Map<String, Map<String, String>> byLanguage = new HashMap<>();
    private final Map<Read, MessageFormat> formats = new ConcurrentHashMap<>();

    private record Read(String pattern, Locale locale) {}

    public Messages(Overlay templates) {
        for (Locale locale : LANGUAGES) {
            Map<String, String> texts = new HashMap<>();
            for (String file : templates.list("web/i18n", "_" + locale.getLanguage() + ".properties")) {
                Properties properties = new Properties();
                try {
                    properties.load(new StringReader(templates.text(file).orElse("")));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
            }
            byLanguage.put(locale.getLanguage(), texts);
        }
    }

    /** The text of a key in a language, its {@code {0}} places filled; throws where the key is missing. */
    public String text(Locale locale, String key, Object... arguments) {
        boolean pseudo = locale.getLanguage().equals(PSEUDO.getLanguage());
        String language = pseudo ? "en" : locale.getLanguage();
        String pattern = find(language, key)
                .orElseThrow(() -> new IllegalArgumentException("no text " + key + " in language " + language));
        String text = pattern.indexOf('{') < 0 && pattern.indexOf('\'') < 0
                ? pattern
                : format(pattern, pseudo ? Locale.ENGLISH : locale).format(arguments);
        return pseudo ? "⟦" + text + "⟧" : text;
    }

    /** Parsing a pattern costs far more than filling it; threads get copies, because a format is not thread-safe. */
    private MessageFormat format(String pattern, Locale locale) {
        return (MessageFormat) formats.computeIfAbsent(
                        new Read(pattern, locale), read -> new MessageFormat(read.pattern(), read.locale()))
                .clone();
    }

    public boolean has(String key) {
        return find("en", key).isPresent();
    }

    public SortedSet<String> keys(Locale locale) {
        return new TreeSet<>(
                byLanguage.getOrDefault(locale.getLanguage(), Map.of()).keySet());
    }

    private Optional<String> find(String language, String key) {
        return Optional.ofNullable(byLanguage.getOrDefault(language, Map.of()).get(key));
    }
}
