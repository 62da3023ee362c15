package dev.ronde.asset;

import dev.ronde.platform.resource.Messages;
import java.util.Locale;

/** The sentence of an import error, which says what to write instead. */
public final class ErrorText {
    private ErrorText() {}

    /** In the language of the reader; the API and commands speak English. */
    public static String of(CellError error, Messages messages, Locale locale) {
        return messages.text(
                locale, "asset.error." + error.key(), error.arguments().toArray());
    }
}
