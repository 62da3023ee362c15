package dev.ronde.asset;

import java.util.List;
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
    /** An error of which there is one kind. */
    public CellError(long line, @Nullable String column, String code, List<String> arguments) {
        this(line, column, code, code, arguments);
    }
}
