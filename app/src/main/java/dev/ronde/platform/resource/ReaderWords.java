package dev.ronde.platform.resource;

import java.util.Locale;

/** The texts in one reader's language. */
public record ReaderWords(Messages messages, Locale locale) {
    public String text(String key, Object... arguments) {
        return messages.text(locale, key, arguments);
    }
}
