package dev.ronde.asset.file;

import dev.ronde.platform.resource.Messages;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something in an imported file that was not taken.
 *
 * @param line physical line on which the row starts, the header being line 1
 * @param column the column as the file spells it, null where the whole row is meant
 * @param code stable word for programs
 * @param key the key of the message, {@code asset.error.<key>}; the code or what begins with it
 * @param arguments what fills the message
 */
public record CellError(long line, @Nullable String column, String code, String key, List<String> arguments) {
    public CellError(long line, @Nullable String column, String code, List<String> arguments) {
        this(line, column, code, code, arguments);
    }

    /** The sentence that says what to write instead; the API and commands speak English. */
    public String text(Messages messages, Locale locale) {
        return messages.text(locale, "asset.error." + key, arguments.toArray());
    }
}
