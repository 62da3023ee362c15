package dev.ronde.review.builder;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong, beside the field it is about.
 *
 * @param field name of the field, also its id on the page; empty where it is about the whole
 * @param word which of several words it is; empty where there is but one
 * @param label what the page calls the field
 * @param sentence what is wrong, in the reader's language
 */
public record FormFault(String field, String word, String label, String sentence) {

    public static String field(String pointer, Typed typed) {
        String path = pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
        String kind = typed.word("cadence");
        return switch (path) {
            case "cadence.monthly" -> "cadence";
            case "cadence.every" -> "every";
            case "cadence.once" -> "once";
            case "cadence.anchor" -> kind + ".anchor";
            case "cadence.every_months" -> kind + ".months";
            case "cadence.monthly.weekday" -> "weekday";
            case "cadence.monthly.nth" -> "weekday.nth";
            case "cadence.monthly.day" -> "day";
            default -> list(path);
        };
    }

    /** The word of a list that a JSON pointer names; empty for a pointer to something else. */
    public static String word(String pointer, Map<String, Object> tree) {
        @Nullable Object at = tree;
        for (String step : pointer.replaceFirst("^/", "").split("/")) {
            if (at instanceof Map<?, ?> map) {
                at = map.get(step);
            } else if (at instanceof List<?> list && step.matches("\\d{1,6}") && Integer.parseInt(step) < list.size()) {
                at = list.get(Integer.parseInt(step));
            } else {
                return "";
            }
        }
        String path = pointer.replaceFirst("^/", "").replace('/', '.');
        return at instanceof String word && !list(path).equals(path) ? word : "";
    }

    /** The list in which an entry stands, else the path itself. */
    private static String list(String path) {
        String list = path.replaceAll("\\.\\d+$", "");
        return FormField.isList(list) ? list : path;
    }
}
