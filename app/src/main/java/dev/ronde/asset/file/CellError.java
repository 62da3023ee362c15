package dev.ronde.asset.file;

import dev.ronde.asset.field.AssetWords.Refusal;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.table.Table;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something in an imported file that was not taken.
 *
 * @param line physical line on which the row starts, the header being line 1
 * @param column the column as the file spells it, null where the whole row is meant
 */
public record CellError(long line, @Nullable String column, Refusal why) {
    public CellError(long line, @Nullable String column, String code, List<String> arguments) {
        this(line, column, new Refusal(code, arguments));
    }

    /** The columns of a list of errors, in one language. */
    public static Table<CellError> table(Messages messages, Locale locale) {
        return Table.<CellError>empty()
                .with("line", CellError::line)
                .with("column", CellError::column)
                .with("code", CellError::code)
                .with("message", error -> error.why().text(messages, locale));
    }

    public String code() {
        return why.code();
    }
}
