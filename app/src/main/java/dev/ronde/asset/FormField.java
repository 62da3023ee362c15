package dev.ronde.asset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of the asset form as the template shows it.
 *
 * @param name name of the JSON field, also of the input
 * @param input text, email, number, date, select or textarea
 * @param options what a select offers, or what a text suggests
 * @param error what is wrong with the value; null where nothing is
 * @param present the value somebody else saved meanwhile; null where it is the same
 */
public record FormField(
        String name,
        String value,
        String input,
        boolean required,
        List<String> options,
        @Nullable String error,
        @Nullable String present) {
    static String input(AssetField field) {
        return switch (field) {
            case OWNER, BACKUP, MANAGER -> "email";
            case KIND, CRITICALITY, STARTTLS, EXPECTED_CLOSED -> "select";
            case PORT -> "number";
            case PROBE_AUTHORISED_UNTIL, LAST_REVIEW_ON -> "date";
            case NOTES -> "textarea";
            default -> "text";
        };
    }
}
